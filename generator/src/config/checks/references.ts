import type { TemplatePart } from '../../model/index.js';
import { enumerate, finding, quote, suggest } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import { parseTemplate } from '../formats/index.js';
import type { Check, Subject } from './check.js';
import type { PlacedTemplate } from './flatten.js';

const rules = {
  unknownRequest: {
    code: 'unknown-request',
    severity: 'error',
    summary: 'A merge field names a request of the integration.',
    reason: 'There is no answer that the value could come from.',
    fix: 'Write the name of an earlier request.',
  },
  laterRequest: {
    code: 'later-request',
    severity: 'error',
    summary: 'A merge field names an earlier request.',
    reason: 'Requests are made in order: the answer of this one is not there yet.',
    fix: 'Move the other request before this one.',
  },
  unknownOutput: {
    code: 'unknown-output',
    severity: 'error',
    summary: 'A merge field names an output of its request.',
    reason: 'Nothing says where in the answer the value stands.',
    fix: "Add the output to the other request's `response.outputs`.",
  },
  unknownInput: {
    code: 'unknown-input',
    severity: 'error',
    summary: 'A merge field names an input of the integration.',
    reason: 'No caller passes the value in.',
    fix: 'Add it to `inputs`.',
  },
  unusedInput: {
    code: 'unused-input',
    severity: 'warning',
    summary: 'Every input is used.',
    reason: 'Callers would pass in a value that goes nowhere.',
    fix: 'Use it in a request, or remove it.',
  },
  noRecord: {
    code: 'no-record',
    severity: 'error',
    summary: 'Fields are read and written only when there is a record.',
    reason: 'The integration has neither a trigger nor an object, so there is no record that has the field.',
    fix: 'Add `object: <API name>`, so that the action is called with a record, or use `{!input.name}`.',
  },
  duplicateOutput: {
    code: 'duplicate-output',
    severity: 'error',
    summary: 'The outputs of an action have different names.',
    reason: 'The caller of the action sees the outputs of all requests side by side.',
    fix: 'Rename one of them.',
  },
  reservedVariable: {
    code: 'reserved-variable',
    severity: 'error',
    summary: "Inputs and outputs of an action leave the action's own names alone.",
    reason: 'The generated action has a value of this name already.',
    fix: 'Choose another name.',
  },
  duplicateInput: {
    code: 'duplicate-input',
    severity: 'error',
    summary: 'Inputs differ in more than case.',
    reason: 'Apex and flows do not tell upper and lower case apart.',
    fix: 'Rename one of them.',
  },
} as const satisfies Record<string, Rule>;

const ACTION_OUTPUTS = new Set(['success', 'statuscode', 'category', 'message', 'queued', 'body']);
const ACTION_INPUTS = new Set(['recordid', 'integration']);

/** Checks that every merge field has a value to show. */
export const referenceCheck: Check = {
  rules,
  needs: ['requests', 'inputs', 'trigger', 'object', 'queue'],
  *run(subject) {
    const { config, requests } = subject;
    for (const { index, templates } of requests) {
      for (const template of templates) {
        for (const part of template.template) yield* partFindings(subject, part, template, index);
      }
    }
    const orderBy = config.queue.orderBy;
    if (orderBy !== undefined) {
      const placed = { path: ['queue', 'orderBy'], text: orderBy, template: parseTemplate(orderBy) };
      for (const part of placed.template) if (part.kind !== 'output') yield* partFindings(subject, part, placed, 0);
    }
    yield* fieldFindings(subject);
    yield* inputFindings(subject);
    if (config.trigger === undefined) yield* outputFindings(subject);
  },
};

function* partFindings(
  subject: Subject,
  part: TemplatePart,
  { path, template, text }: PlacedTemplate,
  index: number,
): Iterable<Finding> {
  const { config, requests } = subject;
  switch (part.kind) {
    case 'text':
      return;
    case 'field':
      if (config.trigger === undefined && config.object === undefined) {
        yield finding(path, rules.noRecord, `{!${part.path}} has no record to read.`, { token: `{!${part.path}}` });
      }
      return;
    case 'input': {
      const known = Object.keys(config.inputs);
      if (known.includes(part.name)) return;
      yield finding(path, rules.unknownInput, `There is no input ${quote(part.name)}.`, {
        suggestion: suggest(part.name, known),
        token: `{!input.${part.name}}`,
      });
      return;
    }
    case 'output': {
      const token = text.includes('{!') && template.length > 0 ? `{!requests.${part.request}.${part.output}}` : '';
      const source = requests.find(({ name }) => name === part.request);
      if (source === undefined) {
        const earlier = requests.slice(0, index).map(({ name }) => name);
        const fix =
          earlier.length === 0
            ? 'This is the first request: no answer is there yet.'
            : `Earlier requests: ${enumerate(earlier)}.`;
        yield finding(path, rules.unknownRequest, `There is no request ${quote(part.request)}.`, {
          suggestion: suggest(part.request, earlier),
          token,
          fix,
        });
      } else if (source.index >= index) {
        const which = source.index === index ? 'is this request itself' : 'comes later';
        yield finding(path, rules.laterRequest, `The request ${quote(part.request)} ${which}.`, { token });
      } else if (!Object.hasOwn(source.config.response.outputs, part.output)) {
        yield finding(
          path,
          rules.unknownOutput,
          `The request ${quote(part.request)} has no output ${quote(part.output)}.`,
          {
            suggestion: suggest(part.output, Object.keys(source.config.response.outputs)),
            token,
          },
        );
      }
    }
  }
}

function* fieldFindings({ config, requests }: Subject): Iterable<Finding> {
  if (config.trigger !== undefined || config.object !== undefined) return;
  for (const { index, config: request } of requests) {
    for (const field of Object.keys(request.response.fields)) {
      const path = ['requests', index, 'response', 'fields', field];
      yield finding(path, rules.noRecord, `The answer is written to ${quote(field)}, but there is no record.`, {
        atKey: true,
        fix: 'Add `object: <API name>`, so that the action is called with a record, or use `response.outputs`.',
      });
    }
  }
}

function* inputFindings({ config, requests }: Subject): Iterable<Finding> {
  const orderBy = config.queue.orderBy === undefined ? [] : parseTemplate(config.queue.orderBy);
  const parts = [...requests.flatMap(({ templates }) => templates.flatMap(({ template }) => template)), ...orderBy];
  const used = new Set(parts.flatMap((part) => (part.kind === 'input' ? [part.name] : [])));
  const seen = new Set<string>();
  for (const name of Object.keys(config.inputs)) {
    const path = ['inputs', name];
    const lower = name.toLowerCase();
    if (!used.has(name) && config.trigger === undefined) {
      yield finding(path, rules.unusedInput, `The input ${quote(name)} is used nowhere.`, { atKey: true });
    }
    if (seen.has(lower))
      yield finding(path, rules.duplicateInput, `A second input is called ${quote(name)}.`, { atKey: true });
    if (ACTION_INPUTS.has(lower))
      yield finding(path, rules.reservedVariable, `The action has an input ${quote(name)} of its own.`, {
        atKey: true,
      });
    seen.add(lower);
  }
}

function* outputFindings({ requests }: Subject): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { index, config } of requests) {
    for (const name of Object.keys(config.response.outputs)) {
      const path = ['requests', index, 'response', 'outputs', name];
      const lower = name.toLowerCase();
      if (seen.has(lower))
        yield finding(path, rules.duplicateOutput, `A second output is called ${quote(name)}.`, { atKey: true });
      if (ACTION_OUTPUTS.has(lower))
        yield finding(path, rules.reservedVariable, `The action has an output ${quote(name)} of its own.`, {
          atKey: true,
        });
      seen.add(lower);
    }
  }
}

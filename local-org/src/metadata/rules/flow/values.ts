import { mentions, splitMention } from '../../flow/mentions.js';
import { flowModel, partTitle, type FlowModel } from '../../flow/model.js';
import { integrity } from '../../flow/references.js';
import { flowValue } from '../../flow/values.js';
import { formulaError, uncalculatedFunction } from '../../formula/check.js';
import { child, childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';

const types = ['Flow'];

/** Output elements that contradict automatic storing, in the platform's order. */
const MANUAL_OUTPUTS: readonly string[] = [
  'outputParameters',
  'outputAssignments',
  'outputReference',
  'assignRecordIdToReference',
];

/** Resources that an assignment cannot change. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'choices',
  'constants',
  'dynamicChoiceSets',
  'formulas',
  'textTemplates',
]);

const invalid = (text: string): string => integrity(`The element has an invalid reference to "${text}".`);

function* variableProblems(variable: XmlElement): Generator<Finding> {
  const type = textOf(variable, 'dataType');
  if (type === 'SObject' && textOf(variable, 'objectType') === undefined) {
    yield { at: variable, message: 'Required field is missing: objectType' };
  }
  if (type === 'Apex' && textOf(variable, 'apexClass') === undefined) {
    yield { at: variable, message: 'Required field is missing: apexClass' };
  }
}

/** Whether a flow starts for records that cannot have a previous version. */
function onlyCreates({ start }: FlowModel): boolean {
  return start !== undefined && textOf(start, 'recordTriggerType') === 'Create';
}

/** Rules of a flow's resources and of references to them. */
export const valueRules: readonly Rule[] = [
  {
    // PLATFORM 2.5: every reference starts with an element, a resource or a global of the flow.
    id: 'flow-references-resolve',
    types,
    *check({ root }, { symbols }) {
      const model = flowModel(root);
      for (const part of root.children) {
        if (part.local === 'processMetadataValues') continue;
        for (const { at, text } of mentions(part)) {
          const { first, rest } = splitMention(text);
          const value = flowValue(model, first, symbols);
          if (value === undefined) yield { at, message: invalid(text) };
          else if (value.kind === 'scalar' && rest !== '') yield { at, message: invalid(text) };
          else if (value.kind === 'parts' && rest !== '') {
            const [name] = rest.split('.');
            const known = value.names.some((candidate) => candidate.toLowerCase() === name?.toLowerCase());
            if (!known) yield { at, message: invalid(text) };
          }
        }
      }
    },
  },
  {
    // PLATFORM 2.5: the record before the change exists only where a change is possible.
    id: 'flow-prior-record-needs-update',
    types,
    *check({ root }) {
      const model = flowModel(root);
      if (!onlyCreates(model)) return;
      for (const { at, text } of mentions(root)) {
        if (splitMention(text).first.toLowerCase() === '$record__prior') {
          yield {
            at,
            message: integrity("$Record__Prior can't be used in a flow that runs only when a record is created."),
          };
        }
      }
    },
  },
  {
    // PLATFORM 2.5: storeOutputAutomatically is not combined with outputReference or outputParameters.
    id: 'flow-automatic-output-alone',
    types,
    *check({ root }) {
      for (const { element } of flowModel(root).nodes.values()) {
        if (!isTrue(element, 'storeOutputAutomatically')) continue;
        for (const name of MANUAL_OUTPUTS) {
          const at = child(element, name);
          if (at === undefined) continue;
          const message = `You can't use the ${name} field with the storeOutputAutomatically field. Remove the value for the ${name} field and try again.`;
          yield { at, message: integrity(message) };
        }
      }
    },
  },
  {
    // MD:Flow FlowVariable: a record variable names its object, an Apex one its class.
    id: 'flow-variable-types',
    types,
    *check({ root }) {
      for (const variable of childrenOf(root, 'variables')) yield* variableProblems(variable);
    },
  },
  {
    // MD:Flow FlowAssignmentItem: constants, formulas, templates and choices cannot be assigned to.
    id: 'flow-assigns-to-variables',
    types,
    *check({ root }) {
      const { values } = flowModel(root);
      for (const assignment of childrenOf(root, 'assignments')) {
        for (const item of childrenOf(assignment, 'assignmentItems')) {
          const name = textOf(item, 'assignToReference');
          const target = name === undefined ? undefined : values.get(splitMention(name).first.toLowerCase());
          if (target === undefined || !READ_ONLY.has(target.kind)) continue;
          yield {
            at: child(item, 'assignToReference') ?? item,
            message: integrity(`${partTitle(target)} - A value can't be assigned to ${name ?? ''}.`),
          };
        }
      }
    },
  },
  {
    // PLATFORM 2.5: orgs take any formula text in a flow and fail when it runs; the local org refuses it
    // beforehand, and so it does with functions that it cannot calculate.
    id: 'flow-formulas',
    types,
    *check({ root }) {
      const formulas = childrenOf(root, 'formulas').map((formula) => child(formula, 'expression'));
      const start = child(root, 'start');
      const filter = start === undefined ? undefined : child(start, 'filterFormula');
      for (const at of [...formulas, filter]) {
        if (at === undefined) continue;
        const message = formulaError(at.text);
        if (message !== undefined) yield { at, message: integrity(`The formula expression is invalid: ${message}`) };
        const uncalculated = uncalculatedFunction(at.text);
        if (uncalculated !== undefined)
          yield { at, message: `The formula function ${uncalculated} is not supported by the local org` };
      }
    },
  },
];

import type { ActionInput, Integration } from '../../model/index.js';
import { refuse } from '../refuse.js';
import type { Doc } from '../../apex-layout/index.js';
import { apexString, docText } from './literal.js';
import { actionName, pascalCase } from './names.js';
import { apexTemplate } from './render.js';
import { annotation, assign, call, indented, methodBody } from './syntax.js';
import { contextKey } from './values.js';

interface InputMember {
  readonly name: string;
  readonly apexType: string;
  readonly doc: readonly string[];
  readonly annotation: string;
}

/** An output of an answer as the action gives it to the flow: always text, because a flow variable has one type. */
export interface ActionOutput {
  readonly name: string;
  readonly key: string;
  /** Name of the request whose answer holds it. */
  readonly request: string;
}

interface OutputMember {
  readonly name: string;
  readonly annotation: string;
}

interface ActionValues {
  readonly doc: readonly string[];
  readonly className: string;
  readonly annotation: string;
  readonly integration: string;
  readonly object: string | undefined;
  /** Whether the request has nothing to say but why it is made. */
  readonly reason: boolean;
  readonly inputs: readonly InputMember[];
  readonly outputs: readonly OutputMember[];
  readonly context: string;
  readonly result: string;
}

const render = apexTemplate<ActionValues>('action.cls.hbs');
const COMMENT_WIDTH = 110;
const LABEL_LIMIT = 80;
const DESCRIPTION_LIMIT = 255;

const TYPES: { readonly [Type in ActionInput['type']]: string } = {
  text: 'String',
  number: 'Decimal',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'Datetime',
};

/** Members that every action has; an output of the same name gets the name of its request in front. */
const OWN_OUTPUTS: ReadonlySet<string> = new Set(['success', 'statuscode', 'category', 'message', 'queued']);
const RECORD_ID = 'recordid';

/**
 * Whether the action takes neither record nor inputs. Apex refuses an action whose request has no variable, so its request has
 * an optional `reason`.
 */
export function takesReason({ inputs, object }: Integration): boolean {
  return object === undefined && inputs.length === 0;
}

/** The typed action that flows call for an integration without a trigger. */
export function actionClass(integration: Integration): string {
  const { apiName, description, inputs, label, object } = integration;
  const clash = object === undefined ? undefined : inputs.find(({ name }) => name.toLowerCase() === RECORD_ID);
  if (clash !== undefined) {
    refuse(
      integration,
      `the input ${clash.name} has the name of the record that the action takes.`,
      'Give the input another name.',
    );
  }
  const outputs = actionOutputs(integration);
  const className = actionName(apiName);
  const purpose = description === '' ? `Makes the calls of ${label}.` : description;
  return render({
    doc: docText(`@description Action for flows: ${purpose}`, COMMENT_WIDTH),
    className,
    annotation: indented(
      1,
      annotation('InvocableMethod', [
        ['label', apexString(label.slice(0, LABEL_LIMIT))],
        ['description', apexString(purpose.slice(0, DESCRIPTION_LIMIT))],
        ['category', "'Callout'"],
        ['callout', 'true'],
      ]),
    ),
    integration: apexString(apiName),
    object,
    reason: takesReason(integration),
    inputs: inputs.map(inputMember),
    outputs: outputs.map(({ name, request }) => ({
      name,
      annotation: variable(name, `Value ${name} of the answer to ${request}.`),
    })),
    context: methodBody([
      `CalloutContext context = new CalloutContext(${object === undefined ? 'null' : 'request.recordId'});`,
      ...inputs.map(({ name }) => [call('context.putInput', apexString(name), `request.${name}`), ';']),
      ...(takesReason(integration) ? logReason(className) : []),
      'return context;',
    ]),
    result: methodBody([
      'Result result = new Result();',
      ...['success', 'statusCode', 'category', 'message', 'queued'].map((name) =>
        assign(`result.${name}`, `sent.${name}`),
      ),
      ...outputs.map(({ name, key }) => assign(`result.${name}`, call('sent.output', apexString(key)))),
      'return result;',
    ]),
  });
}

function logReason(className: string): readonly Doc[] {
  return ['if (String.isNotBlank(request.reason)) {', `    CalloutLog.info('${className}.call', request.reason);`, '}'];
}

function inputMember({ name, type, description, required }: ActionInput): InputMember {
  return {
    name,
    apexType: TYPES[type],
    doc: docText(`@description ${description === '' ? name : description}`, COMMENT_WIDTH),
    annotation: variable(name, description, required),
  };
}

function variable(name: string, description: string, required = false): string {
  return indented(
    2,
    annotation('InvocableVariable', [
      ['label', apexString(name)],
      ...(description === '' ? [] : [['description', apexString(description.slice(0, DESCRIPTION_LIMIT))] as const]),
      ...(required ? [['required', 'true'] as const] : []),
    ]),
  );
}

/** The declared outputs of all requests, with names that do not clash. */
export function actionOutputs({ requests }: Integration): readonly ActionOutput[] {
  const all = requests.flatMap((step) => step.outputs.map((output) => ({ step: step.name, name: output.name })));
  return all.map(({ step, name }) => {
    const isTaken =
      OWN_OUTPUTS.has(name.toLowerCase()) ||
      all.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length > 1;
    const pascal = pascalCase(step);
    return {
      name: isTaken
        ? `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}${name.charAt(0).toUpperCase()}${name.slice(1)}`
        : name,
      key: contextKey({ kind: 'output', request: step, output: name }),
      request: step,
    };
  });
}

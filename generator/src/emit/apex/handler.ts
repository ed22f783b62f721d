import type { Contract, Integration, RequestStep } from '../../model/index.js';
import { refuse } from '../refuse.js';
import { bodyStatements } from './body.js';
import type { Doc } from '../../apex-layout/index.js';
import { apexString, docText } from './literal.js';
import { handlerName, pascalCase } from './names.js';
import { recordFields } from './references.js';
import { apexTemplate } from './render.js';
import { assign, call, listLiteral, methodBody, query, returns } from './syntax.js';
import { contextKey, endpointOf, textOf } from './values.js';

interface Method {
  readonly name: string;
  readonly request: string;
  readonly body: string;
}

interface HandlerValues {
  readonly doc: readonly string[];
  readonly className: string;
  readonly object: string | undefined;
  readonly records: string | undefined;
  readonly orderKey: string | undefined;
  readonly steps: string;
  readonly idempotencyHeader: string;
  readonly build: string;
  readonly read: string | undefined;
  readonly builders: readonly Method[];
  readonly readers: readonly Method[];
}

const render = apexTemplate<HandlerValues>('handler.cls.hbs');
const COMMENT_WIDTH = 115;

/** The class that builds and reads the requests of an integration. */
export function handlerClass(integration: Integration, contracts: readonly Contract[]): string {
  const { apiName, description, label, requests } = integration;
  const object = integration.trigger?.object ?? integration.object;
  const builders = requests.map((step) => ({
    name: `build${pascalCase(step.name)}`,
    request: step.name,
    body: methodBody(builder(integration, step, contracts)),
  }));
  const readers = requests.map((step) => ({ step, statements: reader(integration, step) }));
  const reading = readers.flatMap(({ step, statements }, at) =>
    statements.length === 0
      ? []
      : [{ at, name: `read${pascalCase(step.name)}`, request: step.name, body: methodBody(statements) }],
  );
  const purpose = description === '' ? '.' : `: ${description}`;
  return render({
    doc: docText(`@description Builds and reads the requests of ${label}${purpose}`, COMMENT_WIDTH),
    className: handlerName(apiName),
    object,
    records: object === undefined ? undefined : recordsBody(integration, object),
    orderKey: orderKey(integration),
    steps: methodBody([
      [
        'return ',
        listLiteral(
          'List<String>',
          requests.map(({ name }) => apexString(name)),
        ),
        ';',
      ],
    ]),
    idempotencyHeader: methodBody(
      perStep(
        requests.map(({ idempotencyHeader }) => `return ${header(idempotencyHeader)};`),
        'return null;',
      ),
    ),
    build: methodBody(
      perStep(
        builders.map(({ name }) => `return ${name}(context);`),
        'throw unknownStep(step);',
      ),
    ),
    read:
      reading.length === 0
        ? undefined
        : methodBody([
            'CalloutAnswer answer = new CalloutAnswer(response);',
            ...switchOnStep(
              reading.map(({ at, name }) => [at, `${name}(answer, context);`]),
              undefined,
            ),
          ]),
    builders,
    readers: reading,
  });
}

function header(name: string | undefined): string {
  return name === undefined ? 'null' : apexString(name);
}

function recordsBody(integration: Integration, object: string): string {
  return methodBody([
    [
      'return ',
      query(recordFields(integration), [`FROM ${object}`, 'WHERE Id IN :recordIds', 'WITH SYSTEM_MODE']),
      ';',
    ],
  ]);
}

/** The order key when it is not simply the record's id, which is the default of every handler. */
function orderKey({ queue }: Integration): string | undefined {
  const [only, ...others] = queue.orderBy;
  if (only === undefined) return undefined;
  if (others.length === 0 && only.kind === 'field' && only.path.toLowerCase() === 'id') return undefined;
  return methodBody([returns(textOf(queue.orderBy))]);
}

/** One statement per step; a single one needs no switch. */
function perStep(statements: readonly string[], otherwise: string): readonly Doc[] {
  const [only, ...others] = statements;
  if (only !== undefined && others.every((statement) => statement === only)) return [only];
  return switchOnStep(
    statements.map((statement, at) => [at, statement]),
    otherwise,
  );
}

function switchOnStep(cases: readonly (readonly [number, string])[], otherwise: string | undefined): readonly Doc[] {
  return [
    'switch on step {',
    ...cases.flatMap(([at, statement]) => [`    when ${String(at)} {`, `        ${statement}`, '    }']),
    ...(otherwise === undefined ? [] : ['    when else {', `        ${otherwise}`, '    }']),
    '}',
  ];
}

function builder(integration: Integration, step: RequestStep, contracts: readonly Contract[]): readonly Doc[] {
  const method = apexString(step.method);
  const endpoint = endpointOf(integration.apiName, step.path);
  const start: readonly Doc[] =
    step.query.length === 0
      ? [assign('HttpRequest request', call('newRequest', method, endpoint))]
      : [
          assign('CalloutUrl url', call('new CalloutUrl', endpoint)),
          ...step.query.map(({ name, value }) => [call('url.add', apexString(name), textOf(value)), ';']),
          assign('HttpRequest request', call('newRequest', method, 'url.toString()')),
        ];
  return [
    ...start,
    ...step.headers.map(({ name, value }) => [call('setHeader', 'request', apexString(name), textOf(value)), ';']),
    ...bodyStatements(integration, step, contracts),
    'return request;',
  ];
}

function reader(integration: Integration, { name, responseFields, outputs }: RequestStep): readonly Doc[] {
  const related = responseFields.find(({ field }) => field.includes('.'));
  if (related !== undefined) {
    refuse(
      integration,
      `the answer of ${name} cannot be written to ${related.field}, a field of another record.`,
      'Use a field of the record itself.',
    );
  }
  return [
    ...responseFields.map(({ field, path }) => [call('context.updateField', apexString(field), at(path)), ';']),
    ...outputs.map((output) => {
      const key = contextKey({ kind: 'output', request: name, output: output.name });
      return [call('context.putOutput', apexString(key), at(output.path)), ';'];
    }),
  ];
}

function at(path: readonly string[]): Doc {
  return call('answer.at', apexString(path.join('.')));
}

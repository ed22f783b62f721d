import { contractTarget } from '../../contracts/index.js';
import type { BodyField, Contract, Integration, RequestStep, ValueSource } from '../../model/index.js';
import { actionOutputs, takesReason } from './action.js';
import { answerText, sampleAnswer } from './answers.js';
import type { Doc } from '../../apex-layout/index.js';
import { apexString } from './literal.js';
import { actionName, handlerName, pascalCase, testName } from './names.js';
import { apexTemplate } from './render.js';
import { sampleText, samplesOf, urlEncoded, type Samples } from './samples.js';
import { assign, call, methodBody } from './syntax.js';
import { triggerTest, type TriggerTest } from './trigger-test.js';
import { contextKey } from './values.js';

interface TestMethod {
  readonly name: string;
  readonly body: string;
}

interface TestValues {
  readonly className: string;
  readonly label: string;
  readonly integration: string;
  readonly handler: string;
  readonly context: string;
  readonly tests: readonly TestMethod[];
  readonly readsRecords: boolean;
  readonly severalSteps: boolean;
  readonly deliver: string;
  readonly refuse: string;
  readonly trigger: TriggerTest | undefined;
  readonly action: { readonly name: string; readonly succeeds: string; readonly request: string } | undefined;
}

const render = apexTemplate<TestValues>('test.cls.hbs');

/** The Apex tests of an integration: each request and answer, a delivery, its failure, and what starts it. */
export function testClass(integration: Integration, contracts: readonly Contract[]): string {
  const { apiName, label, requests, trigger } = integration;
  const samples = samplesOf(integration, contracts);
  return render({
    className: testName(apiName),
    label: label.replace(/\s+/g, ' ').replace(/\*\//g, ''),
    integration: apexString(apiName),
    handler: handlerName(apiName),
    context: methodBody([
      'CalloutContext context = new CalloutContext(null);',
      ...[...samples].map(([key, text]) => [call('context.put', apexString(key), apexString(text)), ';']),
      'return context;',
    ]),
    tests: requests.flatMap((step, at) => [
      {
        name: `builds${pascalCase(step.name)}`,
        body: methodBody(buildTest(integration, step, at, samples, contracts)),
      },
      ...readTest(step, at),
    ]),
    readsRecords: (trigger?.object ?? integration.object) !== undefined,
    severalSteps: requests.length > 1,
    deliver: methodBody(deliverTest(requests)),
    refuse: REFUSE_TEST,
    trigger: triggerTest(integration),
    action: trigger === undefined ? actionTest(integration) : undefined,
  });
}

function equal(expected: Doc, actual: Doc, message: string): Doc {
  return [call('Assert.areEqual', expected, actual, apexString(message)), ';'];
}

function buildTest(
  { apiName }: Integration,
  step: RequestStep,
  at: number,
  samples: Samples,
  contracts: readonly Contract[],
): readonly Doc[] {
  const query = step.query.map(({ name, value }) => `${urlEncoded(name)}=${urlEncoded(sampleText(value, samples))}`);
  const path = sampleText(step.path, samples, urlEncoded);
  const separator = path.includes('?') ? '&' : '?';
  const endpoint = `callout:${apiName}${path}${query.length === 0 ? '' : separator + query.join('&')}`;
  return [
    assign('HttpRequest request', call('HANDLER.build', String(at), 'sample()')),
    equal(apexString(step.method), 'request.getMethod()', 'method'),
    equal(apexString(endpoint), 'request.getEndpoint()', 'endpoint'),
    ...step.headers.flatMap(({ name, value }) => {
      const text = sampleText(value, samples).trim();
      return text === '' ? [] : [equal(apexString(text), call('request.getHeader', apexString(name)), name)];
    }),
    ...bodyAssertions(step, samples, contracts),
  ];
}

function bodyAssertions(step: RequestStep, samples: Samples, contracts: readonly Contract[]): readonly Doc[] {
  const { body } = step;
  if (body.kind === 'none')
    return [[call('Assert.isTrue', 'String.isBlank(request.getBody())', apexString('no body')), ';']];
  const contract =
    body.kind === 'contract'
      ? contracts.find(
          ({ ref }) => ref.file === body.contract.file && ref.interfaceName === body.contract.interfaceName,
        )
      : undefined;
  return body.fields.flatMap((field) => {
    const path = field.target.join('.');
    const actual = call('CalloutTestKit.textAt', 'request', apexString(path));
    const expected = sourceText(field.source, samples);
    if (expected === undefined) return [];
    if (contract !== undefined && isReformatted(field, contract)) {
      return [[call('Assert.isNotNull', actual, apexString(path)), ';']];
    }
    return [equal(apexString(expected), actual, path)];
  });
}

/** Times, bytes and floating point numbers are written in more than one way. */
function isReformatted({ target, source }: BodyField, contract: Contract): boolean {
  const found = contractTarget(contract, target);
  if (found.kind !== 'found' || found.leaf.value.kind === 'enum') return false;
  const { scalar } = found.leaf.value;
  return ['Datetime', 'Blob', 'Double'].includes(scalar) || (source.kind === 'literal' && scalar !== 'String');
}

function sourceText(source: ValueSource, samples: Samples): string | undefined {
  switch (source.kind) {
    case 'template':
      return sampleText(source.template, samples);
    case 'literal':
      return source.value === null || (typeof source.value === 'number' && !Number.isSafeInteger(source.value))
        ? undefined
        : String(source.value);
    default:
      return samples.get(contextKey(source));
  }
}

function readTest(step: RequestStep, at: number): readonly TestMethod[] {
  const { name, responseFields, outputs } = step;
  if (responseFields.length + outputs.length === 0) return [];
  const paths = [...responseFields, ...outputs].map(({ path }) => path);
  const isLeaf = (path: readonly string[]): boolean =>
    paths.every((other) => other.length <= path.length || path.some((key, position) => other[position] !== key));
  const body: readonly Doc[] = [
    'CalloutContext context = sample();',
    [
      call(
        'HANDLER.read',
        String(at),
        call('CalloutTestKit.response', '200', apexString(sampleAnswer(step))),
        'context',
      ),
      ';',
    ],
    ...responseFields
      .filter(({ path }) => isLeaf(path))
      .map(({ field, path }) =>
        equal(apexString(answerText(path)), call('context.updates().get', apexString(field)), field),
      ),
    ...outputs
      .filter(({ path }) => isLeaf(path))
      .map((output) => {
        const key = contextKey({ kind: 'output', request: name, output: output.name });
        return equal(apexString(answerText(output.path)), call('context.text', apexString(key)), output.name);
      }),
  ];
  return [{ name: `reads${pascalCase(name)}`, body: methodBody(body) }];
}

const STATUS = 'row.Status__c';

function receiver(requests: readonly RequestStep[]): readonly Doc[] {
  return [
    'CalloutTestKit.Receiver receiver = CalloutTestKit.receiver();',
    ...requests.map((step) => [call('receiver.answer', "''", '200', apexString(sampleAnswer(step))), ';']),
  ];
}

function deliverTest(requests: readonly RequestStep[]): readonly Doc[] {
  return [
    ...receiver(requests),
    assign('CalloutQueue__c row', call('CalloutTestKit.deliver', 'CalloutTestKit.policy(INTEGRATION)', 'sample()')),
    equal("'Succeeded'", STATUS, 'status'),
    equal(String(requests.length), 'receiver.requests.size()', 'one request for each step'),
    ...requests.flatMap(({ idempotencyHeader }, at) => {
      if (idempotencyHeader === undefined) return [];
      const key = at === 0 ? 'row.Idempotency_Key__c' : `row.Idempotency_Key__c + '-${String(at)}'`;
      return [
        equal(
          key,
          call(`receiver.requests[${String(at)}].getHeader`, apexString(idempotencyHeader)),
          `key of request ${String(at)}`,
        ),
      ];
    }),
  ];
}

/** The same for every integration. */
const REFUSE_TEST = methodBody([
  "CalloutTestKit.receiver().answer('', 503, 'Service Unavailable');",
  assign('CalloutQueue__c row', call('CalloutTestKit.deliver', 'CalloutTestKit.policy(INTEGRATION)', 'sample()')),
  equal("'Pending'", STATUS, 'status'),
  equal('1', 'row.Attempts__c', 'attempts'),
  "Assert.isTrue(row.Retry__c, 'the row waits for another attempt');",
]);

const VALUES = {
  text: "'Sample 1'",
  number: '4.5',
  boolean: 'true',
  date: 'Date.newInstance(2026, 1, 31)',
  datetime: 'Datetime.newInstanceGmt(2026, 1, 31)',
} as const;

function actionTest(integration: Integration): NonNullable<TestValues['action']> {
  const { apiName, inputs, requests } = integration;
  const outputs = actionOutputs(integration);
  const leaves = new Map(
    requests.flatMap((step) =>
      step.outputs.map(
        (output) =>
          [contextKey({ kind: 'output', request: step.name, output: output.name }), answerText(output.path)] as const,
      ),
    ),
  );
  const name = actionName(apiName);
  return {
    name,
    request: methodBody([
      `${name}.Request request = new ${name}.Request();`,
      ...(integration.object === undefined
        ? []
        : [assign('request.recordId', call('CalloutTestKit.insertNew', `${integration.object}.SObjectType`))]),
      ...inputs.map((input) => assign(`request.${input.name}`, VALUES[input.type])),
      ...(takesReason(integration) ? [assign('request.reason', "'Test'")] : []),
      'return request;',
    ]),
    succeeds: methodBody([
      ...receiver(requests),
      'CalloutTestKit.policy(INTEGRATION);',
      `List<${name}.Request> requests = new List<${name}.Request>{ request() };`,
      'Test.startTest();',
      `${name}.Result result = ${name}.call(requests)[0];`,
      'Test.stopTest();',
      "Assert.isTrue(result.success, 'success: ' + result.message);",
      "Assert.isFalse(result.queued, 'nothing is left for the queue');",
      equal('200', 'result.statusCode', 'status code'),
      ...outputs.map((output) => equal(apexString(leaves.get(output.key) ?? ''), `result.${output.name}`, output.name)),
    ]),
  };
}

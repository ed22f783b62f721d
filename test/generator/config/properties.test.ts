import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { explain } from '../../../generator/src/config/index.js';
import type { Integration } from '../../../generator/src/model/index.js';
import { loadFiles, loadText } from './support.js';

interface Data {
  [key: string]: unknown;
}

/** An integration that uses every place where a person may write text. */
function everything(): Data {
  return {
    label: 'Sample',
    description: 'Sample',
    endpoint: {
      url: 'https://api.example.com',
      headers: { 'X-Static': 'a', 'X-Formula': { formula: '{!$Organization.Id}' } },
    },
    auth: {
      type: 'jwtBearer',
      tokenUrl: 'https://login.example.com',
      certificate: 'Cert',
      issuer: 'a',
      subject: 'b',
      audience: 'c',
      scopes: ['a'],
      principalName: 'Integration',
      expiredSession: [{ status: 500, bodyContains: 'INVALID' }],
      refreshProbe: '/limits',
    },
    trigger: {
      object: 'Account',
      conditions: [{ field: 'Name', value: 'a' }],
      changedFields: ['Name'],
      flowName: 'Sample_Flow',
    },
    requests: [
      {
        name: 'first',
        path: '/a/{!Id}',
        query: { q: '{!Name}' },
        headers: { 'X-Request': '{!Phone}' },
        body: { a: '{!Name}', b: { c: 'text' } },
        idempotencyHeader: 'Idempotency-Key',
        response: { fields: { Number__c: 'a.b' }, outputs: { id: 'a.b' } },
      },
    ],
    queue: { orderBy: '{!Id}' },
    monitoring: {
      deadLetterAlerts: { email: ['a@b.example'] },
      circuitAlerts: { notification: { type: 'Alert', recipients: ['a@b.example'] } },
    },
  };
}

type Place = readonly (string | number)[];

/** The places of all texts, and those of all keys that a person chooses. */
const PLACES: readonly Place[] = placesOf(everything(), []);
const NAMED_MAPS: readonly Place[] = [
  ['endpoint', 'headers'],
  ['requests', 0, 'query'],
  ['requests', 0, 'headers'],
  ['requests', 0, 'body'],
  ['requests', 0, 'body', 'b'],
  ['requests', 0, 'response', 'fields'],
  ['requests', 0, 'response', 'outputs'],
];

function placesOf(value: unknown, place: Place): readonly Place[] {
  if (typeof value === 'string') return [place];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    placesOf(member, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Sets the value at a place, or adds a key there. */
function change(data: Data, place: Place, edit: (holder: object, key: string | number) => void): Data {
  let holder: unknown = data;
  for (const step of place.slice(0, -1)) holder = Reflect.get(Object(holder), step);
  const key = place.at(-1);
  if (typeof holder !== 'object' || holder === null || key === undefined) throw new Error('No such place.');
  edit(holder, key);
  return data;
}

/** Texts that people write, and texts that try to break out. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      '{',
      '!',
      '}',
      "'",
      '"',
      '\\',
      '.',
      '/',
      'a',
      ' ',
      '\n',
      '$',
      '<',
      '&',
      '*',
      '-',
      ':',
      '#',
      '?',
      '\u0000',
      '\u2028',
    ),
    maxLength: 12,
  }),
  fc.constantFrom(
    "'; DELETE",
    ']]>',
    '--><x>',
    '{!$Credential.A.B}',
    '*/',
    '{!input.x}',
    '{!requests.first.id}',
    '\\{!',
    '../..',
    '%2e%2e',
    'a\r\nB: c',
    '\ud800',
    '__proto__',
    'constructor',
  ),
);

// What XML cannot hold; everything that gets into the model may end in metadata.
// eslint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;
const FIELD = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){0,5}$/;
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const JSON_KEY = /^[A-Za-z0-9_$@:-]+$/;
// eslint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;

function expectSafe(integration: Integration): void {
  const visit = (value: unknown): void => {
    if (typeof value === 'string') expect(value).to.not.match(ILLEGAL);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(integration);
  const { endpoint, auth, trigger, requests, label, description, queue } = integration;
  for (const line of [label, description, ...endpoint.headers.map(({ value }) => value)])
    expect(line).to.match(ONE_LINE);
  for (const { name } of endpoint.headers) expect(name).to.match(TOKEN);
  expect(endpoint.url).to.match(/^https:\/\/[A-Za-z0-9\-._~:/[\]@!$&()*+,;=%]+$/);
  expect(auth.principal.name).to.match(IDENTIFIER);
  expect(trigger?.object).to.match(IDENTIFIER);
  expect(trigger?.flowName).to.match(IDENTIFIER);
  for (const field of [
    ...(trigger?.changedFields ?? []),
    ...(trigger?.conditions ?? []).map((condition) => condition.field),
  ])
    expect(field).to.match(FIELD);
  const templates = [
    queue.orderBy,
    ...requests.flatMap(({ path, query, headers }) => [path, ...[...query, ...headers].map(({ value }) => value)]),
  ];
  for (const part of templates.flat()) {
    if (part.kind === 'text') expect(part.text).to.match(ONE_LINE);
    if (part.kind === 'field') expect(part.path).to.match(FIELD);
    if (part.kind === 'output') expect(part.output).to.match(IDENTIFIER);
  }
  for (const request of requests) {
    expect(request.name).to.match(/^[a-z][a-z0-9-]*$/);
    for (const part of request.path)
      if (part.kind === 'text') expect(part.text).to.match(/^[A-Za-z0-9\-._~:/@!$&()*+,;=%]+$/);
    for (const { name } of request.headers) expect(name).to.match(TOKEN);
    for (const { field, path } of request.responseFields) {
      expect(field).to.match(FIELD);
      for (const key of path) expect(key).to.match(JSON_KEY);
    }
    for (const { name } of request.outputs) expect(name).to.match(IDENTIFIER);
    const fields = request.body.kind === 'none' ? [] : request.body.fields;
    for (const { target, source } of fields) {
      for (const key of target) expect(key).to.match(JSON_KEY);
      if (source.kind === 'field') expect(source.path).to.match(FIELD);
    }
  }
}

async function expectHarmless(data: Data): Promise<void> {
  const { diagnostics, integrations } = await loadText(stringify(data, { lineWidth: 0 }));
  for (const { position, message, reason, fix } of diagnostics) {
    expect(position.line).to.be.greaterThan(0);
    expect(position.column).to.be.greaterThan(0);
    for (const shown of [message, reason, fix]) expect(shown).to.match(ONE_LINE);
  }
  const broken = diagnostics.some(({ severity }) => severity === 'error');
  expect(integrations).to.have.lengthOf(broken ? 0 : 1);
  for (const integration of integrations) expectSafe(integration);
}

describe('config: whatever a person writes', () => {
  it('is valid in the example that the other tests change', async () => {
    expect((await loadText(stringify(everything()))).diagnostics).to.deep.equal([]);
    expect(PLACES.length).to.be.greaterThan(25);
  });

  it('as a value anywhere is refused or harmless', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PLACES), text, (place, value) =>
        expectHarmless(change(everything(), place, (holder, key) => Reflect.set(holder, key, value))),
      ),
      { numRuns: 150 },
    );
  });

  it('as a key anywhere is refused or harmless', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMED_MAPS), text, (place, key) =>
        expectHarmless(
          change(everything(), [...place, key], (holder) =>
            Object.defineProperty(holder, key, { value: 'a', enumerable: true, configurable: true, writable: true }),
          ),
        ),
      ),
      { numRuns: 80 },
    );
  });

  it('as data of any shape is refused or harmless', async () => {
    const value = fc.anything({
      withNullPrototype: false,
      maxDepth: 3,
      values: [text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)],
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PLACES, ...PLACES.map((place) => place.slice(0, -1)).filter((place) => place.length > 0)),
        value,
        (place, member) =>
          expectHarmless(change(everything(), place, (holder, key) => Reflect.set(holder, key, member))),
      ),
      { numRuns: 80 },
    );
  });

  it('as the text of a file never throws', async () => {
    const yamlish = fc.string({
      unit: fc.constantFrom(
        'a',
        'b',
        ':',
        ' ',
        '\n',
        '-',
        '[',
        ']',
        '{',
        '}',
        "'",
        '"',
        '|',
        '>',
        '&',
        '*',
        '!',
        '?',
        '%',
        '#',
        '\t',
        ',',
        '\\',
        '@',
        '0',
        '---\n',
        'url',
        'endpoint',
      ),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(yamlish, fc.string({ unit: 'binary' })), async (content) => {
        const { diagnostics, integrations } = await loadText(content);
        expect(integrations).to.deep.equal([]);
        expect(diagnostics).to.not.be.empty;
      }),
      { numRuns: 150 },
    );
  });

  it('as bytes of a file never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const { diagnostics } = await loadText(bytes);
        expect(diagnostics.every(({ position }) => position.line > 0 && position.column > 0)).to.equal(true);
      }),
      { numRuns: 80 },
    );
  });

  it('survives being explained and read again', async () => {
    const piece = fc.constantFrom(
      '{!Name}',
      '{!Owner.Email}',
      '\\{!',
      '{',
      '}',
      'text ',
      "'",
      '"',
      '\\',
      ': ',
      '# ',
      '\u00e9',
      '1',
    );
    const template = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
    const literal = fc.oneof(template, fc.integer(), fc.boolean(), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(
        template,
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), literal, { minKeys: 1, maxKeys: 4 }),
        async (query, body) => {
          const data = change(everything(), ['requests', 0, 'query', 'q'], (holder, key) =>
            Reflect.set(holder, key, query),
          );
          const { integrations } = await loadText(
            stringify(change(data, ['requests', 0, 'body'], (holder, key) => Reflect.set(holder, key, body))),
          );
          const [integration] = integrations;
          if (integration === undefined) throw new Error('The example was refused.');
          const again = await loadFiles({ [integration.source]: explain(integration) });
          expect(again.integrations).to.deep.equal([integration]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

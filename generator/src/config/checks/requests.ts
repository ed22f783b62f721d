import { finding, isSecretName, quote } from '../../diagnostics/index.js';
import type { Finding, Path, Rule } from '../../diagnostics/index.js';
import type { Check, Subject } from './check.js';
import { EMPTY_MAP } from './flatten.js';
import type { FlatRequest } from './flatten.js';

const rules = {
  duplicateRequest: {
    code: 'duplicate-request',
    severity: 'error',
    summary: 'Each request of an integration has its own name.',
    reason: 'Later requests find an output by the name of its request.',
    fix: 'Rename one of them.',
  },
  bodyWithGet: {
    code: 'body-with-get',
    severity: 'error',
    summary: 'GET has no body.',
    reason: 'Apex turns a GET with a body into a POST.',
    fix: 'Move the values to `query`, or write `method: POST`.',
  },
  contractWithoutBody: {
    code: 'contract-without-body',
    severity: 'error',
    summary: 'A contract has a body that fills it.',
    reason: 'The contract says which members the body has, not where their values come from.',
    fix: 'Add `body` with a value for each member.',
  },
  nothingInBody: {
    code: 'empty-object',
    severity: 'error',
    summary: 'A map in a body has keys.',
    reason: 'Nothing would be sent for it.',
    fix: 'Add keys, or remove it.',
  },
  bodyConflict: {
    code: 'body-conflict',
    severity: 'error',
    summary: 'Each JSON key of a body has one value.',
    reason: 'A dotted key and a nested map mean the same place. One of the two values would be lost.',
    fix: 'Keep one of them.',
  },
  duplicateHeader: {
    code: 'duplicate-header',
    severity: 'error',
    summary: 'Each header is set once.',
    reason: 'Case does not count in header names. Which of the two values is sent would be chance.',
    fix: 'Remove one of them.',
  },
  notIdempotent: {
    code: 'not-idempotent',
    severity: 'warning',
    summary: 'POST and PATCH carry an idempotency key.',
    reason:
      'When the answer is lost in a timeout, the call is repeated and the other system does the same thing twice.',
    fix: 'Add `idempotencyHeader: Idempotency-Key` if the other system knows it, or `idempotent: true` if a repetition does no harm.',
  },
  secretInConfig: {
    code: 'secret-in-config',
    severity: 'error',
    summary: 'No secret stands in the configuration.',
    reason: 'The configuration is under version control: whoever can read the repository would know the secret.',
    fix: 'Use `auth`, and enter the secret in the org after the deployment.',
  },
  readOnlyField: {
    code: 'read-only-field',
    severity: 'error',
    summary: 'Answers are written to fields that can be written.',
    reason: 'Salesforce sets this field itself and refuses the update.',
    fix: 'Write to a field of your own.',
  },
} as const satisfies Record<string, Rule>;

const ALWAYS_IDEMPOTENT = new Set(['GET', 'PUT', 'DELETE']);
const READ_ONLY = new Set(
  'id createddate createdbyid lastmodifieddate lastmodifiedbyid systemmodstamp isdeleted lastvieweddate lastreferenceddate lastactivitydate'.split(
    ' ',
  ),
);

/** Checks each request by itself, and its headers together with those of the endpoint. */
export const requestChecks: readonly Check[] = [
  {
    rules,
    needs: ['requests'],
    run: ({ requests }) => [
      ...nameFindings(requests),
      ...requests.flatMap((request) => [...bodyFindings(request), ...fieldFindings(request)]),
    ],
  },
  {
    rules,
    needs: ['requests', 'retry'],
    run: (subject) => subject.requests.flatMap((request) => [...repeatFindings(subject, request)]),
  },
  { rules, needs: ['requests', 'endpoint', 'auth'], run: headerFindings },
];

function* fieldFindings({ index, config }: FlatRequest): Iterable<Finding> {
  for (const field of Object.keys(config.response.fields)) {
    if (!READ_ONLY.has(field.toLowerCase())) continue;
    const path = ['requests', index, 'response', 'fields', field];
    yield finding(path, rules.readOnlyField, `${quote(field)} cannot be written.`, { atKey: true });
  }
}

function* nameFindings(requests: readonly FlatRequest[]): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { name, index } of requests) {
    if (seen.has(name))
      yield finding(['requests', index, 'name'], rules.duplicateRequest, `A second request is called ${quote(name)}.`);
    seen.add(name);
  }
}

function* bodyFindings({ index, config, method, body }: FlatRequest): Iterable<Finding> {
  const at: Path = ['requests', index];
  if (config.body !== undefined && method === 'GET')
    yield finding([...at, 'body'], rules.bodyWithGet, 'A GET has a body.', { atKey: true });
  if (config.contract !== undefined && config.body === undefined) {
    yield finding([...at, 'contract'], rules.contractWithoutBody, 'The contract has no body.');
  }
  if (config.body !== undefined && body.length === 0)
    yield finding([...at, 'body'], rules.nothingInBody, 'The body has no keys.', { atKey: true });
  const leaves = new Set<string>();
  const inner = new Set<string>();
  for (const { target, path, value } of body) {
    if (value === EMPTY_MAP)
      yield finding(path, rules.nothingInBody, `${quote(target.join('.'))} has no keys.`, { atKey: true });
    const key = target.join('.');
    const prefixes = target.slice(0, -1).map((_step, depth) => target.slice(0, depth + 1).join('.'));
    if (leaves.has(key) || inner.has(key) || prefixes.some((prefix) => leaves.has(prefix))) {
      yield finding(path, rules.bodyConflict, `The JSON key ${quote(key)} already has a value.`, { atKey: true });
    }
    leaves.add(key);
    for (const prefix of prefixes) inner.add(prefix);
  }
}

function* repeatFindings({ config: { retry } }: Subject, { index, config, method }: FlatRequest): Iterable<Finding> {
  const safe = config.idempotent ?? ALWAYS_IDEMPOTENT.has(method);
  if (safe || config.idempotencyHeader !== undefined || retry.attempts === 1) return;
  const at = config.method === undefined ? ['requests', index, 'path'] : ['requests', index, 'method'];
  yield finding(at, rules.notIdempotent, `A repeated ${method} may do its work twice.`);
}

interface PlacedHeader {
  readonly name: string;
  readonly path: Path;
  /** The text that stands in the file; undefined for a value that is made at run time. */
  readonly constant: string | undefined;
}

function* headerFindings({ config: { endpoint, auth }, requests }: Subject): Iterable<Finding> {
  const shared: PlacedHeader[] = Object.entries(endpoint.headers).map(([name, value]) => ({
    name,
    path: ['endpoint', 'headers', name],
    constant: typeof value === 'string' ? value : undefined,
  }));
  const credential: PlacedHeader[] =
    auth.type === 'customHeader' ? [{ name: auth.header, path: ['auth', 'header'], constant: undefined }] : [];
  yield* headerListFindings([...credential, ...shared], 0);
  for (const { index, config } of requests) {
    const own: PlacedHeader[] = Object.entries(config.headers).map(([name, text]) => ({
      name,
      path: ['requests', index, 'headers', name],
      constant: text.includes('{!') ? undefined : text,
    }));
    const key: PlacedHeader[] =
      config.idempotencyHeader === undefined
        ? []
        : [{ name: config.idempotencyHeader, path: ['requests', index, 'idempotencyHeader'], constant: undefined }];
    yield* headerListFindings([...credential, ...shared, ...own, ...key], credential.length + shared.length);
  }
}

/** Reports the headers from `known` on; those before were reported already. */
function* headerListFindings(headers: readonly PlacedHeader[], known: number): Iterable<Finding> {
  const seen = new Set<string>();
  for (const [position, { name, path, constant }] of headers.entries()) {
    const lower = name.toLowerCase();
    const details = { atKey: path.at(-1) === name };
    if (position >= known && seen.has(lower))
      yield finding(path, rules.duplicateHeader, `The header ${quote(name)} is set already.`, details);
    if (position >= known && constant !== undefined && constant !== '' && isSecretName(name)) {
      yield finding(
        path,
        rules.secretInConfig,
        `The header ${quote(name)} has a constant value, which looks like a secret.`,
        details,
      );
    }
    seen.add(lower);
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Small deterministic generator (mulberry32): the same seed gives the same configuration on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEED = 20260101;
/** Contracts are shared: a project has far fewer payload shapes than integrations. */
const CONTRACT_COUNT = 10;
const OBJECTS = ['Account', 'Contact', 'Opportunity', 'Lead', 'Case'];

/** Writes a configuration with `count` integrations of mixed kinds into `folder`. */
export function writeConfig(folder: string, count: number): void {
  const next = random(SEED);
  for (const name of ['integrations', 'contracts', 'environments']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, 'environments', 'local.yaml'),
    'default: true\nintegrationUser: integration@callout.example\n',
  );
  for (let at = 0; at < CONTRACT_COUNT; at += 1)
    writeFileSync(join(folder, 'contracts', `payload-${at}.ts`), contract(at));
  for (let at = 0; at < count; at += 1) {
    const name = `bench-${String(at).padStart(4, '0')}`;
    writeFileSync(join(folder, 'integrations', `${name}.yaml`), integration(name, at, next));
  }
}

function contract(at: number): string {
  return `/** Payload number ${at}. */
export interface BenchPayload${at} {
  /** Key of the record. */
  externalId: string;
  name: string;
  phone?: string;
  website: string | null;
  address?: { street?: string; city?: string };
}
`;
}

type Next = () => number;

/** Every second integration uses a contract; the others take turns between a field map and an action without a trigger. */
function integration(name: string, at: number, next: Next): string {
  if (at % 4 === 3) return action(name, next);
  return at % 2 === 0
    ? triggered(name, next, contractBody(pick([...Array(CONTRACT_COUNT).keys()], next)))
    : triggered(name, next, FIELD_BODY);
}

function head(name: string, next: Next): string {
  return `label: ${name}
description: Synthetic integration ${name}.
endpoint:
  url: https://${name}.example.com/api/v${1 + Math.floor(next() * 3)}
  timeout: ${10 + Math.floor(next() * 50)}s
`;
}

function triggered(name: string, next: Next, body: string): string {
  const object = pick(OBJECTS, next);
  return `${head(name, next)}auth:
  type: clientCredentials
  tokenUrl: https://login.${name}.example.com/oauth2/token
  scopes: [write]
trigger:
  object: ${object}
  when: ${pick(['create', 'update'], next)}
  flowName: ${name.replaceAll('-', '_')}_flow
requests:
  - name: send
    method: POST
    path: /records
    idempotencyHeader: Idempotency-Key
${body}retry:
  attempts: ${3 + Math.floor(next() * 5)}
`;
}

const FIELD_BODY = `    body:
      id: '{!Id}'
      name: '{!Name}'
      nested:
        created: '{!CreatedDate}'
`;

function contractBody(at: number): string {
  return `    contract: payload-${at}.ts#BenchPayload${at}
    body:
      externalId: '{!Id}'
      name: '{!Name}'
      address:
        city: '{!Id}'
`;
}

function action(name: string, next: Next): string {
  return `${head(name, next)}auth:
  type: customHeader
  header: X-API-Key
inputs:
  amount:
    type: number
    required: true
requests:
  - name: ask
    method: POST
    path: /ask
    idempotencyHeader: Idempotency-Key
    body:
      amount: '{!input.amount}'
    response:
      outputs:
        score: result.score
`;
}

function pick<T>(items: readonly T[], next: Next): T {
  const item = items[Math.floor(next() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

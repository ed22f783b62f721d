import type { OrgStore } from '../../store/index.js';
import { ApiError, notSupported } from '../api-error.js';
import type { QueryApi, QueryEngine, QueryRecord, QueryResult } from './engine.js';

type Rows = (store: OrgStore) => readonly QueryRecord[];

/** Objects that the SF CLI asks for while it logs in and lists orgs. */
const SYSTEM_OBJECTS: Readonly<Record<string, Rows>> = {
  Organization: ({ org }) => [
    {
      Id: org.id,
      Name: org.name,
      InstanceName: 'LOCAL',
      // A sandbox would make the SF CLI track sources, which needs more than the local org has.
      IsSandbox: false,
      TrialExpirationDate: null,
      NamespacePrefix: null,
      OrganizationType: 'Developer Edition',
      CreatedDate: org.createdDate,
    },
  ],
  User: ({ state }) =>
    state.users.map(({ id, username, name, active }) => ({
      Id: id,
      Username: username,
      Name: name,
      Email: username,
      IsActive: active,
    })),
};

/** Objects of development hubs and production orgs: the platform gives the same answer in an org that is neither. */
const ABSENT_OBJECTS: ReadonlySet<string> = new Set([
  'scratchorginfo',
  'activescratchorg',
  'sandboxprocess',
  'sandboxinfo',
]);

const QUERY =
  /^\s*SELECT\s+(?<fields>[\w\s,]+?)\s+FROM\s+(?<object>\w+)(?:\s+WHERE\s+(?<where>.+?))?(?:\s+LIMIT\s+(?<limit>\d+))?\s*$/is;
const FROM = /\bFROM\s+(\w+)/i;
const CONDITION = /^\(?\s*(?<field>\w+)\s*=\s*(?:'(?<text>(?:[^'\\]|\\.)*)'|(?<flag>true|false))\s*\)?$/i;

/** Answers the few queries that the SF CLI needs before there is any data; all others are refused by name. */
export class SystemQueries implements QueryEngine {
  readonly #store: OrgStore;

  public constructor(store: OrgStore) {
    this.#store = store;
  }

  public query(soql: string, api: QueryApi): QueryResult {
    const object = FROM.exec(soql)?.[1];
    if (object === undefined) throw new ApiError(400, 'MALFORMED_QUERY', 'The query has no FROM clause.');
    if (ABSENT_OBJECTS.has(object.toLowerCase()))
      throw new ApiError(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`);
    const [name, rows] =
      Object.entries(SYSTEM_OBJECTS).find(([known]) => known.toLowerCase() === object.toLowerCase()) ?? [];
    if (name === undefined || rows === undefined || api === 'tooling')
      throw notSupported(`${api === 'tooling' ? 'tooling ' : ''}queries on ${object}`);
    const parts = QUERY.exec(soql)?.groups;
    if (parts === undefined)
      throw notSupported(
        `this form of query on ${name}: only SELECT fields, WHERE field = value joined by AND, and LIMIT`,
      );
    const matching = rows(this.#store).filter(conditions(name, parts.where));
    const limit = parts.limit === undefined ? matching.length : Number(parts.limit);
    const fields = (parts.fields ?? '').split(',').map((field) => field.trim());
    return { object: name, records: matching.slice(0, limit).map((row) => pick(name, row, fields)) };
  }
}

function conditions(object: string, where: string | undefined): (row: QueryRecord) => boolean {
  const tests = (where === undefined ? [] : where.split(/\s+AND\s+/i)).map((text) => {
    const parts = CONDITION.exec(text.trim())?.groups;
    if (parts?.field === undefined) throw notSupported(`the condition "${text.trim()}"`);
    const { field, text: value, flag } = parts;
    const wanted = flag === undefined ? (value ?? '').replace(/\\(.)/g, '$1').toLowerCase() : flag.toLowerCase();
    return (row: QueryRecord): boolean => String(row[fieldName(object, row, field)]).toLowerCase() === wanted;
  });
  return (row) => tests.every((test) => test(row));
}

function pick(object: string, row: QueryRecord, fields: readonly string[]): QueryRecord {
  return Object.fromEntries(
    fields.map((field) => fieldName(object, row, field)).map((name) => [name, row[name] ?? null]),
  );
}

function fieldName(object: string, row: QueryRecord, field: string): string {
  const name = Object.keys(row).find((known) => known.toLowerCase() === field.toLowerCase());
  if (name === undefined) throw new ApiError(400, 'INVALID_FIELD', `No such column '${field}' on entity '${object}'.`);
  return name;
}

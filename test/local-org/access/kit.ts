import { accessOf, type UserAccess } from '../../../local-org/src/access/index.js';
import {
  ApexDate,
  sobjectOf,
  type FieldValue,
  type ObjectSchema,
  type SObject,
} from '../../../local-org/src/data/index.js';
import { parseSoql } from '../../../local-org/src/apex/index.js';
import { ApexThrowable, exceptionText, performDml, runClientQuery } from '../../../local-org/src/apex/runtime/index.js';
import { createEngine, runAnonymous, type ApexEngine } from '../../../local-org/src/apex/test-runner/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { debugLines } from '../../support/debug-lines.js';
import { apex } from '../apex-run/run.js';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function component(type: string, fullName: string, inner: string): Component {
  const content = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} ${XMLNS}>${inner}</${type}>`;
  return { type, fullName, fileName: `${fullName}.xml`, content, metaXml: undefined };
}

const tags = (values: Readonly<Record<string, string | boolean>>): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${String(value)}</${name}>`)
    .join('');

/** A custom object; `fields` as `Name__c: Type` with further tags after the type, as `Lookup <referenceTo>Account</referenceTo>`. */
export function customObject(
  fullName: string,
  fields: Readonly<Record<string, string>> = {},
  sharingModel = 'ReadWrite',
): Component {
  const texts = Object.entries(fields).map(([name, text]) => {
    const [type = '', ...more] = text.split(' ');
    return `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${more.join(' ')}</fields>`;
  });
  const label = fullName.replace(/__\w+$/, '');
  return component(
    'CustomObject',
    fullName,
    `<label>${label}</label><pluralLabel>${label}s</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><sharingModel>${sharingModel}</sharingModel>${texts.join('')}`,
  );
}

/** What a permission set grants: rights on objects as letters (`RCEDVM`), fields as `read` or `edit`, and names of the rest. */
export interface Grants {
  readonly objects?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, 'read' | 'edit'>>;
  readonly userPermissions?: readonly string[];
  readonly customPermissions?: readonly string[];
  readonly classes?: readonly string[];
  readonly types?: readonly string[];
  readonly settings?: readonly string[];
  readonly principals?: readonly string[];
}

/** A permission set in metadata. */
export function permissionSet(fullName: string, grants: Grants): Component {
  const rows = (element: string, key: string, names: readonly string[] = []): string =>
    names.map((name) => `<${element}>${tags({ enabled: true, [key]: name })}</${element}>`).join('');
  const objects = Object.entries(grants.objects ?? {}).map(([object, letters]) => {
    const has = (letter: string): boolean => letters.includes(letter);
    return `<objectPermissions>${tags({ allowCreate: has('C'), allowDelete: has('D'), allowEdit: has('E'), allowRead: has('R'), modifyAllRecords: has('M'), object, viewAllRecords: has('V') })}</objectPermissions>`;
  });
  const fields = Object.entries(grants.fields ?? {}).map(
    ([field, right]) =>
      `<fieldPermissions>${tags({ editable: right === 'edit', field, readable: true })}</fieldPermissions>`,
  );
  return component(
    'PermissionSet',
    fullName,
    [
      `<label>${fullName}</label>`,
      ...objects,
      ...fields,
      rows('userPermissions', 'name', grants.userPermissions),
      rows('customPermissions', 'name', grants.customPermissions),
      rows('classAccesses', 'apexClass', grants.classes),
      rows('customMetadataTypeAccesses', 'name', grants.types),
      rows('customSettingAccesses', 'name', grants.settings),
      rows('externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', grants.principals),
    ].join(''),
  );
}

export const customPermission = (fullName: string): Component =>
  component('CustomPermission', fullName, `<label>${fullName}</label>`);

export const permissionSetGroup = (fullName: string, ...sets: readonly string[]): Component =>
  component(
    'PermissionSetGroup',
    fullName,
    `<label>${fullName}</label>${sets.map((set) => `<permissionSets>${set}</permissionSets>`).join('')}`,
  );

export const externalCredential = (fullName: string, principal: string): Component =>
  component(
    'ExternalCredential',
    fullName,
    `<authenticationProtocol>Custom</authenticationProtocol><externalCredentialParameters><parameterGroup>${principal}</parameterGroup><parameterName>${principal}</parameterName><parameterType>NamedPrincipal</parameterType><sequenceNumber>1</sequenceNumber></externalCredentialParameters><label>${fullName}</label>`,
  );

export interface UserOptions {
  readonly profile?: string;
  readonly roleId?: string;
  readonly sets?: readonly string[];
}

type Values = Readonly<Record<string, FieldValue>>;

/** An org in which users of any kind can run Apex. */
export class AccessOrg {
  readonly engine: ApexEngine;
  private readonly lines: string[] = [];
  private users = 0;

  constructor(...parts: readonly (Component | string)[]) {
    const components = parts.map((part) => (typeof part === 'string' ? apex(part) : part));
    const built = createEngine({ components, traces: debugLines((text) => this.lines.push(text)) });
    if (!built.ok)
      throw new Error(built.errors.map((error) => `${error.fileName}:${error.line} ${error.message}`).join('\n'));
    this.engine = built.engine;
  }

  get admin(): string {
    return this.engine.runtime.options.identity.adminId;
  }

  object(name: string): ObjectSchema {
    return this.engine.runtime.object(name);
  }

  access(userId: string): UserAccess {
    return accessOf(this.engine.runtime.data.store, userId);
  }

  /** Inserts one record as the administrator, in system mode. */
  insert(object: string, values: Values): string {
    return this.write('insert', this.record(object, values));
  }

  update(object: string, values: Values): void {
    this.write('update', this.record(object, values));
  }

  private record(object: string, values: Values): SObject {
    return sobjectOf(this.object(object), values);
  }

  private write(operation: 'insert' | 'update', record: SObject): string {
    const { runtime } = this.engine;
    const [outcome] = runtime.transact('ANONYMOUS', 'sync', this.admin, undefined, () =>
      performDml(runtime, operation, [record], { allOrNone: true, externalId: null, userMode: false }),
    );
    if (outcome?.success !== true || outcome.id === null) throw new Error(JSON.stringify(outcome?.errors));
    return outcome.id;
  }

  today(): FieldValue {
    return ApexDate.parseIso('2026-11-23') ?? null;
  }

  /** Id of the only record with this value. */
  idOf(object: string, field: string, value: string): string {
    const table = this.engine.runtime.data.store.table(this.object(object));
    const row = [...table.all()].find((candidate) => candidate.values[field] === value);
    if (row === undefined) throw new Error(`${object} has no ${field} ${value}.`);
    return row.id;
  }

  /** A new user; without options with the profile that gives least. */
  user({ profile = 'Minimum Access - Salesforce', roleId, sets = [] }: UserOptions = {}): string {
    const name = `user${++this.users}`;
    const id = this.insert('User', {
      Alias: name,
      Email: `${name}@example.com`,
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      LastName: name,
      LocaleSidKey: 'en_US',
      ProfileId: this.idOf('Profile', 'Name', profile),
      TimeZoneSidKey: 'GMT',
      UserRoleId: roleId ?? null,
      Username: `${name}@access.example.com`,
    });
    for (const set of sets) this.assign(id, set);
    return id;
  }

  assign(userId: string, permissionSetName: string): void {
    this.insert('PermissionSetAssignment', {
      AssigneeId: userId,
      PermissionSetId: this.idOf('PermissionSet', 'Name', permissionSetName),
    });
  }

  /** Rows that a client's query gives a user. */
  clientRows(userId: string, soql: string): readonly SObject[] {
    const parsed = parseSoql(soql);
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    const { runtime } = this.engine;
    const result = runtime.transact('REST', 'sync', userId, undefined, () => runClientQuery(runtime, parsed.value));
    return result.kind === 'rows' ? result.rows : [];
  }

  /** Runs an anonymous block as a user and returns what it debugged; an exception that it does not catch is the last line. */
  run(userId: string, block: string): readonly string[] {
    this.lines.length = 0;
    try {
      const result = runAnonymous(this.engine, block, userId);
      if (!result.ok)
        throw new Error(result.compileErrors.map((error) => `${error.line}: ${error.message}`).join('\n'));
    } catch (error) {
      if (!(error instanceof ApexThrowable)) throw error;
      this.lines.push(exceptionText(error));
    }
    return [...this.lines];
  }
}

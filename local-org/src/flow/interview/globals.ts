import { ApexDatetime, SObject } from '../../data/index.js';
import { Unsupported } from '../../apex/runtime/index.js';
import { FlowFault } from '../fault.js';
import { convertTo, type FlowValue } from '../values/index.js';
import type { Interview } from './interview.js';
import { memberOf } from './members.js';

/** Instants in flows have no fractions of a second that a field would lose. */
const instant = (ms: number): ApexDatetime => new ApexDatetime(Math.floor(ms / 1000) * 1000);

type Reader = (interview: Interview) => FlowValue;

/** Members of `$Flow` (PLATFORM 2.4 for the fault message). */
const FLOW: Readonly<Record<string, Reader>> = {
  currentdatetime: ({ org }) => instant(org.runtime.now),
  currentdate: (interview) =>
    convertTo('Date', instant(interview.org.runtime.now), interview.zone, '$Flow.CurrentDate'),
  currentrecord: (interview) => interview.record?.id ?? interview.stored('recordId') ?? null,
  faultmessage: ({ faultMessage }) => faultMessage,
  interviewguid: ({ guid }) => guid,
  interviewstarttime: ({ startedAt }) => instant(startedAt),
};

const CONSTANTS: Readonly<Record<string, FlowValue>> = { true: true, false: false, emptystring: '' };

function rowOf(interview: Interview, id: unknown): FlowValue {
  const { data } = interview.org.runtime;
  const found = typeof id === 'string' ? data.store.rowOfId(id) : undefined;
  return found === undefined ? null : data.recordOf(found.object, found.row);
}

const userField = (interview: Interview, name: string): unknown => {
  const user = rowOf(interview, interview.org.runtime.tx.userId);
  return user instanceof SObject ? user.get(name) : null;
};

/** Globals that are records. */
const RECORDS: Readonly<Record<string, Reader>> = {
  $record: ({ record }) => record ?? null,
  $record__prior: ({ prior }) => prior ?? null,
  $user: (interview) => rowOf(interview, interview.org.runtime.tx.userId),
  $profile: (interview) => rowOf(interview, userField(interview, 'ProfileId')),
  $userrole: (interview) => rowOf(interview, userField(interview, 'UserRoleId')),
  $organization: (interview) => rowOf(interview, interview.org.runtime.options.identity.organizationId),
};

/** `$CustomMetadata.Type__mdt.Record.Field__c` */
function customMetadata(interview: Interview, names: readonly string[]): FlowValue {
  const { runtime } = interview.org;
  const [type = '', record = '', ...rest] = names;
  const object = runtime.schema.object(type);
  const name = object?.fields.get('developername');
  if (object === undefined || name === undefined)
    throw new FlowFault(`The custom metadata type ${type} doesn't exist.`);
  const table = runtime.data.store.table(object);
  const [id] = table.indexOf(name).find(record);
  return membersOf(interview, rowOf(interview, id), rest);
}

/** `$Setup.Settings__c.Field__c`: of the user, else of the profile, else of the org (Apex Developer Guide: Custom Settings). */
function setup(interview: Interview, names: readonly string[]): FlowValue {
  const { runtime } = interview.org;
  const [setting = '', ...rest] = names;
  const object = runtime.schema.object(setting);
  const owner = object?.fields.get('setupownerid');
  if (object === undefined || owner === undefined) throw new FlowFault(`The custom setting ${setting} doesn't exist.`);
  const table = runtime.data.store.table(object);
  const owners = [runtime.tx.userId, userField(interview, 'ProfileId'), runtime.options.identity.organizationId];
  for (const holder of owners) {
    const [id] = typeof holder === 'string' ? table.indexOf(owner).find(holder) : [];
    if (id === undefined) continue;
    const value = membersOf(interview, rowOf(interview, id), rest);
    if (value !== null) return value;
  }
  return null;
}

function permission(interview: Interview, names: readonly string[]): FlowValue {
  const check = interview.org.runtime.library.function('System.FeatureManagement.checkPermission(String)');
  return Reflect.apply(check, undefined, [names.join('.')]) === true;
}

function label(interview: Interview, names: readonly string[]): FlowValue {
  const text = interview.org.runtime.options.label(names.join('.'));
  if (text === undefined) throw new FlowFault(`The label ${names.join('.')} doesn't exist.`);
  return text;
}

const NAMED: Readonly<Record<string, (interview: Interview, names: readonly string[]) => FlowValue>> = {
  $custommetadata: customMetadata,
  $label: label,
  $permission: permission,
  $setup: setup,
};

const membersOf = (interview: Interview, value: FlowValue, names: readonly string[]): FlowValue =>
  names.reduce<FlowValue>((at, name) => memberOf(interview.org.runtime, at, name), value);

/** Value of a global; undefined when the name is none. @throws Unsupported for globals that the local org does not have */
export function globalValue(interview: Interview, first: string, rest: readonly string[]): FlowValue | undefined {
  const name = first.toLowerCase();
  if (!name.startsWith('$')) return undefined;
  const [member = '', ...further] = rest;
  if (name === '$flow') {
    const read = FLOW[member.toLowerCase()];
    if (read === undefined) throw new Unsupported(`$Flow.${member}`);
    return membersOf(interview, read(interview), further);
  }
  if (name === '$globalconstant') return CONSTANTS[member.toLowerCase()] ?? null;
  const record = RECORDS[name];
  if (record !== undefined) return membersOf(interview, record(interview), rest);
  const named = NAMED[name];
  if (named === undefined) throw new Unsupported(`The global ${first} in a flow`);
  return named(interview, rest);
}

import { ApexDate, rowValues, statusFacts, type FieldValue, type RecordError, type SObject } from '../../data/index.js';
import {
  ApexList,
  dmlException,
  performDml,
  PropertyObject,
  type ApexRuntime,
  type DmlFailure,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { required } from './arguments.js';
import { bean } from './bean.js';
import { errorList } from './results.js';

type Values = Record<string, FieldValue>;

const address = (prefix: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude'].map((part) => [part, prefix + part]),
  );

/** Where the fields of a lead go (Salesforce Help, "Lead Conversion Field Mapping"). */
const TO_ACCOUNT: Readonly<Record<string, string>> = {
  Company: 'Name',
  Phone: 'Phone',
  Fax: 'Fax',
  Website: 'Website',
  Industry: 'Industry',
  AnnualRevenue: 'AnnualRevenue',
  NumberOfEmployees: 'NumberOfEmployees',
  Rating: 'Rating',
  LeadSource: 'AccountSource',
  ...address('Billing'),
};
const TO_CONTACT: Readonly<Record<string, string>> = {
  Salutation: 'Salutation',
  FirstName: 'FirstName',
  LastName: 'LastName',
  Title: 'Title',
  Email: 'Email',
  Phone: 'Phone',
  MobilePhone: 'MobilePhone',
  Fax: 'Fax',
  LeadSource: 'LeadSource',
  Description: 'Description',
  DoNotCall: 'DoNotCall',
  HasOptedOutOfEmail: 'HasOptedOutOfEmail',
  HasOptedOutOfFax: 'HasOptedOutOfFax',
  ...address('Mailing'),
};

/** Why a lead is not converted: what a save said of one of its records. */
class ConversionFailure extends Error {
  constructor(readonly errors: readonly RecordError[]) {
    super('not converted');
  }
}

function refuse(statusCode: string, message: string): never {
  throw new ConversionFailure([{ statusCode, message, fields: [] }]);
}

function save(runtime: ApexRuntime, operation: 'insert' | 'update', record: SObject): string {
  const [outcome] = performDml(runtime, operation, [record], { allOrNone: true, externalId: null, userMode: false });
  if (outcome?.success !== true) throw new ConversionFailure(outcome?.errors ?? []);
  return outcome.id ?? '';
}

/** One lead on its way to an account, a contact and an opportunity. */
class Conversion {
  private readonly lead: Readonly<Values>;
  private readonly ownerId: FieldValue;

  constructor(
    private readonly runtime: ApexRuntime,
    private readonly request: PropertyObject,
    private readonly leadId: string,
  ) {
    const found = runtime.data.store.rowOfId(leadId);
    if (found?.object.name !== 'Lead' || found.row.deleted) refuse('INVALID_ID_FIELD', `invalid lead id: ${leadId}`);
    this.lead = found.row.values;
    this.ownerId = this.given('ownerId') ?? this.lead['OwnerId'] ?? null;
  }

  private given(name: string): string | null {
    const value = this.request.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  }

  private mapped(fields: Readonly<Record<string, string>>): Values {
    const values: Values = { OwnerId: this.ownerId };
    for (const [from, to] of Object.entries(fields)) {
      const value = this.lead[from] ?? null;
      if (value !== null) values[to] = value;
    }
    return values;
  }

  run(): Readonly<Record<string, string | null>> {
    const status = this.given('convertedStatus');
    if (this.lead['IsConverted'] === true) refuse('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    if (statusFacts('LeadStatus', status)?.['IsConverted'] !== true)
      refuse('INVALID_STATUS', `invalid convertedStatus: ${String(status)}`);
    const accountId = this.given('accountId') ?? this.insert('Account', this.mapped(TO_ACCOUNT));
    const contactId =
      this.given('contactId') ?? this.insert('Contact', { ...this.mapped(TO_CONTACT), AccountId: accountId });
    const opportunityId =
      this.request.get('doNotCreateOpportunity') === true ? null : this.opportunity(accountId, contactId);
    save(
      this.runtime,
      'update',
      this.runtime.record('Lead', {
        Id: this.leadId,
        Status: status,
        OwnerId: this.ownerId,
        IsConverted: true,
        ConvertedDate: ApexDate.parseIso(new Date(this.runtime.now).toISOString().slice(0, 10)) ?? null,
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId,
      }),
    );
    this.moveActivities(contactId, opportunityId ?? accountId);
    return { accountId, contactId, opportunityId };
  }

  private insert(object: string, values: Values): string {
    return save(this.runtime, 'insert', this.runtime.record(object, values));
  }

  /** The deal is closed at the end of the quarter; who was the lead is its primary contact. */
  private opportunity(accountId: string, contactId: string): string {
    const opportunityId =
      this.given('opportunityId') ??
      this.insert('Opportunity', {
        Name: this.given('opportunityName') ?? this.lead['Company'] ?? null,
        AccountId: accountId,
        OwnerId: this.ownerId,
        LeadSource: this.lead['LeadSource'] ?? null,
        StageName: 'Prospecting',
        CloseDate: endOfQuarter(this.runtime.now),
      });
    this.insert('OpportunityContactRole', { OpportunityId: opportunityId, ContactId: contactId, IsPrimary: true });
    return opportunityId;
  }

  private moveActivities(contactId: string, whatId: string): void {
    const { store, schema } = this.runtime.data;
    for (const name of ['Task', 'Event']) {
      const object = schema.object(name);
      const who = object?.fields.get('whoid');
      if (object === undefined || who === undefined || !store.hasRows(name)) continue;
      for (const id of [...store.table(object).indexOf(who).find(this.leadId)]) {
        const row = store.table(object).get(id);
        const moved: readonly (readonly [string, FieldValue])[] = [
          ['WhoId', contactId],
          ['WhatId', whatId],
        ];
        if (row !== undefined)
          store.put(object, { ...row, values: rowValues([...Object.entries(row.values), ...moved]) });
      }
    }
  }
}

function endOfQuarter(now: number): ApexDate | null {
  const today = new Date(now);
  const next = Math.floor(today.getUTCMonth() / 3) * 3 + 3;
  return ApexDate.parseIso(new Date(Date.UTC(today.getUTCFullYear(), next, 0)).toISOString().slice(0, 10)) ?? null;
}

/** Converts one lead, all or nothing of it. */
function convert(runtime: ApexRuntime, request: PropertyObject): PropertyObject {
  const given = request.get('leadId');
  const leadId = required(typeof given === 'string' ? given : null);
  const before = runtime.data.store.savepoint();
  try {
    const ids = new Conversion(runtime, request, leadId).run();
    return bean(runtime, 'Database.LeadConvertResult', { leadId, success: true, ...ids });
  } catch (error) {
    if (!(error instanceof ConversionFailure)) throw error;
    runtime.data.store.rollbackTo(before);
    return bean(runtime, 'Database.LeadConvertResult', {
      leadId,
      success: false,
      errors: errorList(runtime, error.errors),
    });
  }
}

function failuresOf(results: readonly PropertyObject[]): readonly DmlFailure[] {
  return results.flatMap((result, index): DmlFailure[] => {
    const errors = result.get('errors');
    return (errors instanceof ApexList ? errors.items : []).flatMap((error) =>
      error instanceof PropertyObject
        ? [
            {
              index,
              id: String(result.get('leadId')),
              statusCode: String(error.get('statusCode')),
              message: String(error.get('message')),
              fields: [],
            },
          ]
        : [],
    );
  });
}

/** `Database.convertLead(conversion or conversions, allOrNone)` (Apex Reference Guide, "LeadConvert"). */
export const convertLeadMethod =
  (runtime: ApexRuntime, allOrNoneOf: (args: readonly unknown[]) => boolean) =>
  (given: PropertyObject | ApexList | null, ...rest: readonly unknown[]): unknown => {
    const requests = given instanceof ApexList ? given.items : [required(given)];
    const before = runtime.data.store.savepoint();
    const results = requests.map((request) =>
      convert(runtime, required(request instanceof PropertyObject ? request : null)),
    );
    const failures = failuresOf(results);
    if (allOrNoneOf(rest) && failures.length > 0) {
      runtime.data.store.rollbackTo(before);
      throw dmlException('ConvertLead', failures);
    }
    return given instanceof ApexList
      ? new ApexList(platform('Database.LeadConvertResult'), results)
      : (results[0] ?? null);
  };

import {
  DmlEngine,
  executeQuery,
  FormulaEngine,
  readObjectDefinition,
  SchemaRegistry,
  sobjectOf,
  Store,
  type DmlOperation,
  type DmlOutcome,
  type FieldValue,
  type SObject,
  type TriggerBatch,
} from '../../../local-org/src/data/index.js';
import { parseSoql } from '../../../local-org/src/apex/syntax/index.js';
import type { FieldValueType, StandardField, StandardObject } from '../../../local-org/src/model/index.js';

const field = (
  name: string,
  valueType: FieldValueType = 'String',
  referenceTo: readonly string[] = [],
  relationshipName?: string,
): [string, StandardField] => [name.toLowerCase(), { name, valueType, referenceTo, relationshipName }];
const standardObject = (
  name: string,
  fields: readonly [string, StandardField][],
  childRelationships: StandardObject['childRelationships'] = [],
): StandardObject => ({
  name,
  fields: new Map(fields),
  childRelationships,
});

const STANDARD: ReadonlyMap<string, StandardObject> = new Map([
  [
    'account',
    standardObject(
      'Account',
      [
        field('Id', 'Id'),
        field('Name'),
        field('Industry'),
        field('AnnualRevenue', 'Decimal'),
        field('NumberOfEmployees', 'Integer'),
        field('ParentId', 'Id', ['Account'], 'Parent'),
        field('OwnerId', 'Id', ['User'], 'Owner'),
      ],
      [{ name: 'Contacts', object: 'Contact', field: 'AccountId' }],
    ),
  ],
  [
    'contact',
    standardObject('Contact', [
      field('Id', 'Id'),
      field('Name'),
      field('FirstName'),
      field('LastName'),
      field('Email'),
      field('Birthdate', 'Date'),
      field('AccountId', 'Id', ['Account'], 'Account'),
    ]),
  ],
  ['user', standardObject('User', [field('Id', 'Id'), field('Name'), field('Username'), field('LastName')])],
]);

const USER_ID = '005000000000001AAA';
export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

export interface TestOrg {
  readonly store: Store;
  /** What the triggers were called with, as `before insert Account x2`. */
  readonly calls: string[];
  onTrigger: (batch: TriggerBatch) => void;
  dml(
    operation: DmlOperation,
    records: readonly SObject[],
    allOrNone?: boolean,
    externalId?: string,
  ): readonly DmlOutcome[];
  make(object: string, values: Readonly<Record<string, FieldValue>>): SObject;
  query(soql: string, binds?: Readonly<Record<string, FieldValue | readonly FieldValue[]>>): readonly SObject[];
  count(soql: string): number;
  insert(object: string, ...rows: Readonly<Record<string, FieldValue>>[]): readonly string[];
}

/** A small org: Account, Contact, User and the given custom objects (name to CustomObject XML). */
export function testOrg(custom: Readonly<Record<string, string>> = {}): TestOrg {
  const definitions = Object.entries(custom).map(([name, xml]) => readObjectDefinition(name, xml));
  const schema = new SchemaRegistry((name) => STANDARD.get(name.toLowerCase()), definitions);
  const store = new Store(schema);
  for (const name of ['Account', 'Contact', 'User', ...Object.keys(custom)]) schema.object(name);
  const session = { now: () => NOW, userId: () => USER_ID, organizationId: () => '00D000000000001AAA' };
  const formulas = new FormulaEngine(schema, () => store, session);
  const user = schema.object('User');
  if (user !== undefined) store.put(user, { id: USER_ID, values: { Id: USER_ID, Name: 'Runner' }, deleted: false });
  store.commit();
  const org: TestOrg = {
    store,
    calls: [],
    onTrigger: () => undefined,
    dml: (operation, records, allOrNone = true, externalId) =>
      engine.execute({
        operation,
        records,
        allOrNone,
        externalId: externalId === undefined ? undefined : records[0]?.field(externalId),
      }),
    make: (object, values) => {
      const found = schema.object(object);
      if (found === undefined) throw new Error(`no object ${object}`);
      return sobjectOf(found, values);
    },
    query: (soql, binds = {}) => {
      const result = run(soql, binds);
      if (result.kind !== 'rows') throw new Error('not rows');
      return result.rows;
    },
    count: (soql) => {
      const result = run(soql, {});
      if (result.kind !== 'count') throw new Error('not a count');
      return result.count;
    },
    insert: (object, ...rows) =>
      org
        .dml(
          'insert',
          rows.map((row) => org.make(object, row)),
        )
        .map((outcome) => {
          if (outcome.id === null) throw new Error(outcome.errors.map((error) => error.message).join('; '));
          return outcome.id;
        }),
  };
  const engine = new DmlEngine(() => store, formulas, session, {
    beforeSaveFlows: () => undefined,
    afterSaveFlows: () => undefined,
    triggers: (batch) => {
      org.calls.push(
        `${batch.timing} ${batch.operation} ${batch.object.name} x${(batch.newRecords ?? batch.oldRecords)?.length ?? 0}`,
      );
      org.onTrigger(batch);
    },
  });
  function run(
    soql: string,
    binds: Readonly<Record<string, FieldValue | readonly FieldValue[]>>,
  ): ReturnType<typeof executeQuery> {
    const parsed = parseSoql(soql);
    if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join('; '));
    return executeQuery(
      {
        store,
        now: NOW,
        timeZone: 'GMT',
        userId: USER_ID,
        unboundFields: true,
        formulas,
        access: undefined,
        bind: (expression) => (expression.kind === 'name' ? (binds[expression.name] ?? null) : null),
      },
      parsed.value,
    );
  }
  return org;
}

const customField = (name: string, type: string, rest = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${rest}</fields>`;

/** A custom object with one field of most kinds. */
export const ORDER = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <label>Order</label><pluralLabel>Orders</pluralLabel>
  <nameField><label>Order Number</label><type>AutoNumber</type><displayFormat>O-{0000}</displayFormat></nameField>
  ${customField('Key__c', 'Text', '<length>20</length><unique>true</unique><externalId>true</externalId><caseSensitive>false</caseSensitive>')}
  ${customField('Code__c', 'Text', '<length>5</length><required>true</required>')}
  ${customField('Amount__c', 'Number', '<precision>6</precision><scale>2</scale>')}
  ${customField('Double__c', 'Number', '<precision>18</precision><scale>2</scale><formula>Amount__c * 2</formula>')}
  ${customField('Lines__c', 'Text', '<formula>Account__r.Name &amp; BR() &amp; Name</formula>')}
  ${customField('Owner_Name__c', 'Text', '<formula>Account__r.Name &amp; "!"</formula>')}
  ${customField('Active__c', 'Checkbox', '<defaultValue>true</defaultValue>')}
  ${customField('Due__c', 'DateTime')}
  ${customField('Status__c', 'Picklist', '<valueSet><restricted>true</restricted><valueSetDefinition><value><fullName>New</fullName><default>true</default><label>New</label></value><value><fullName>Done</fullName><default>false</default><label>Finished</label></value></valueSetDefinition></valueSet>')}
  ${customField('Tags__c', 'MultiselectPicklist')}
  ${customField('Account__c', 'Lookup', '<referenceTo>Account</referenceTo><relationshipName>Orders</relationshipName>')}
  <validationRules><fullName>Positive</fullName><active>true</active><errorConditionFormula>Amount__c &lt; 0</errorConditionFormula><errorDisplayField>Amount__c</errorDisplayField><errorMessage>Amount must not be negative</errorMessage></validationRules>
</CustomObject>`;

export const LINE = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Line</label><pluralLabel>Lines</pluralLabel>
  <nameField><label>Name</label><type>Text</type></nameField>
  ${customField('Order__c', 'MasterDetail', '<referenceTo>Order__c</referenceTo><relationshipName>Lines</relationshipName>')}
</CustomObject>`;

export const PLACE = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Place</label><pluralLabel>Places</pluralLabel>
  <nameField><label>Name</label><type>Text</type></nameField>
  ${customField('Spot__c', 'Location', '<scale>6</scale>')}
</CustomObject>`;

export const NOTE = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Note</label><pluralLabel>Notes</pluralLabel>
  <nameField><label>Name</label><type>Text</type></nameField>
  ${customField('Long__c', 'LongTextArea', '<length>1000</length>')}
</CustomObject>`;

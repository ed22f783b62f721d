import type { FieldSchema, PicklistValue } from './types.js';

type Facts = Readonly<Record<string, Partial<FieldSchema>>>;

const picklist = (...values: readonly string[]): Partial<FieldSchema> => ({
  type: 'picklist',
  picklist: values.map((value): PicklistValue => ({ value, label: value, active: true, isDefault: false })),
});
const name = (length: number): Partial<FieldSchema> => ({ required: true, nameField: true, length });
const text = (length: number): Partial<FieldSchema> => ({ length });
/** A picklist that takes nothing but its values. */
const restricted = (...values: readonly string[]): Partial<FieldSchema> => ({
  ...picklist(...values),
  restrictedPicklist: true,
});
const logLevel = (initial: string): Partial<FieldSchema> => ({
  ...restricted('NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST'),
  defaultValue: `"${initial}"`,
});
const coverage: Partial<FieldSchema> = { type: 'complexvalue', length: 1_000_000 };
/** A whole amount, or one with cents, and a number, as the Object Reference and describes give them. */
const money = (scale: number): Partial<FieldSchema> => ({ type: 'currency', precision: 18, scale });
const percent: Partial<FieldSchema> = { type: 'percent', precision: 3, scale: 0 };
const quantity = (precision: number): Partial<FieldSchema> => ({ type: 'double', precision, scale: 2 });
const writable: Partial<FieldSchema> = { readOnly: false };
const calculatedName: Partial<FieldSchema> = { nameField: true, readOnly: true };

/**
 * What the type tables do not tell about fields of common standard objects: required, longest text, picklist values, name field.
 * Source: Object Reference for the Salesforce Platform, one page per object.
 */
export const STANDARD_FACTS: Readonly<Record<string, Facts>> = {
  feedcomment: { createdbyid: writable, createddate: writable },
  feeditem: { createdbyid: writable, createddate: writable },
  account: {
    name: name(255),
    accountnumber: text(40),
    site: text(80),
    phone: { type: 'phone', length: 40 },
    fax: { type: 'phone', length: 40 },
    website: { type: 'url', length: 255 },
    description: { type: 'textarea', length: 32000 },
    type: picklist(
      'Prospect',
      'Customer - Direct',
      'Customer - Channel',
      'Channel Partner / Reseller',
      'Installation Partner',
      'Technology Partner',
      'Other',
    ),
    industry: picklist(
      'Agriculture',
      'Apparel',
      'Banking',
      'Biotechnology',
      'Chemicals',
      'Communications',
      'Construction',
      'Consulting',
      'Education',
      'Electronics',
      'Energy',
      'Engineering',
      'Entertainment',
      'Environmental',
      'Finance',
      'Food & Beverage',
      'Government',
      'Healthcare',
      'Hospitality',
      'Insurance',
      'Machinery',
      'Manufacturing',
      'Media',
      'Not For Profit',
      'Other',
      'Recreation',
      'Retail',
      'Shipping',
      'Technology',
      'Telecommunications',
      'Transportation',
      'Utilities',
    ),
    rating: picklist('Hot', 'Warm', 'Cold'),
    annualrevenue: money(0),
    billingcity: text(40),
    shippingcity: text(40),
    billingcountry: text(80),
    billingstate: text(80),
    billingpostalcode: text(20),
  },
  contact: {
    lastname: { required: true, length: 80 },
    firstname: text(40),
    name: calculatedName,
    email: { type: 'email', length: 80 },
    phone: { type: 'phone', length: 40 },
    mobilephone: { type: 'phone', length: 40 },
    title: text(128),
    department: text(80),
    description: { type: 'textarea', length: 32000 },
  },
  lead: {
    lastname: { required: true, length: 80 },
    firstname: text(40),
    company: { required: true, length: 255 },
    annualrevenue: money(0),
    name: calculatedName,
    email: { type: 'email', length: 80 },
    status: {
      ...picklist('Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'),
      defaultValue: '"Open - Not Contacted"',
    },
  },
  opportunity: {
    name: name(120),
    stagename: {
      required: true,
      ...picklist(
        'Prospecting',
        'Qualification',
        'Needs Analysis',
        'Value Proposition',
        'Id. Decision Makers',
        'Perception Analysis',
        'Proposal/Price Quote',
        'Negotiation/Review',
        'Closed Won',
        'Closed Lost',
      ),
    },
    closedate: { required: true },
    amount: money(2),
    expectedrevenue: money(2),
    totalopportunityquantity: quantity(18),
    probability: percent,
    description: { type: 'textarea', length: 32000 },
  },
  case: {
    casenumber: { nameField: true, autoNumber: '{00000000}', readOnly: true },
    subject: text(255),
    status: { ...picklist('New', 'Working', 'Escalated', 'Closed'), defaultValue: '"New"' },
    origin: picklist('Phone', 'Email', 'Web'),
    priority: { ...picklist('High', 'Medium', 'Low'), defaultValue: '"Medium"' },
    description: { type: 'textarea', length: 32000 },
  },
  task: {
    subject: { type: 'combobox', length: 255 },
    status: {
      ...picklist('Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'),
      defaultValue: '"Not Started"',
    },
    priority: { ...picklist('High', 'Normal', 'Low'), defaultValue: '"Normal"' },
    description: { type: 'textarea', length: 32000 },
  },
  event: { subject: { type: 'combobox', length: 255 }, description: { type: 'textarea', length: 32000 } },
  user: {
    username: { required: true, unique: true, length: 80 },
    lastname: { required: true, length: 80 },
    email: { type: 'email', required: true, length: 128 },
    alias: { required: true, length: 8 },
    name: calculatedName,
    timezonesidkey: { type: 'picklist', required: true },
    localesidkey: { type: 'picklist', required: true },
    emailencodingkey: { type: 'picklist', required: true },
    languagelocalekey: { type: 'picklist', required: true },
    profileid: { required: true },
    isactive: { defaultValue: 'true' },
    federationidentifier: { unique: true, length: 512 },
  },
  product2: { name: name(255), productcode: text(255) },
  pricebook2: { name: name(255) },
  campaign: {
    name: name(80),
    budgetedcost: money(0),
    actualcost: money(0),
    expectedrevenue: money(0),
    expectedresponse: { type: 'percent', precision: 10, scale: 2 },
  },
  pricebookentry: { unitprice: money(2) },
  asset: { name: name(255), price: money(0), quantity: quantity(12) },
  contract: { contractnumber: { nameField: true, autoNumber: '{00000000}', readOnly: true } },
  order: { ordernumber: { nameField: true, autoNumber: '{00000000}', readOnly: true } },
  profile: { name: name(255) },
  group: { name: name(40), doesincludebosses: { defaultValue: 'true' } },
  organization: { name: name(80) },
  permissionset: { name: { ...name(80), unique: true } },
  recordtype: { name: name(80) },
  userrole: { name: name(80) },
  attachment: {
    name: name(255),
    body: { type: 'base64', required: true },
    parentid: { required: true, deleteConstraint: 'cascade' },
  },
  document: { name: name(255) },
  contentversion: { title: { required: true, nameField: true, length: 255 } },
  permissionsetassignment: { assigneeid: { required: true }, permissionsetid: { required: true } },
  apexlog: {
    operation: text(255),
    status: text(255),
  },
  debuglevel: {
    developername: { required: true, unique: true, length: 80, nameField: true },
    masterlabel: { required: true, length: 80 },
    language: { ...picklist('en_US'), defaultValue: '"en_US"' },
    apexcode: logLevel('DEBUG'),
    apexprofiling: logLevel('INFO'),
    callout: logLevel('INFO'),
    database: logLevel('INFO'),
    nba: logLevel('INFO'),
    system: logLevel('DEBUG'),
    validation: logLevel('INFO'),
    visualforce: logLevel('INFO'),
    wave: logLevel('INFO'),
    workflow: logLevel('INFO'),
  },
  traceflag: {
    logtype: { required: true, ...restricted('USER_DEBUG', 'DEVELOPER_LOG', 'CLASS_TRACING', 'PROFILING') },
    tracedentityid: { required: true, deleteConstraint: 'cascade' },
    debuglevelid: { required: true, deleteConstraint: 'cascade' },
    expirationdate: { required: true },
  },
  apexcodecoverage: { coverage },
  apexcodecoverageaggregate: { coverage },
  opportunitylineitem: {
    opportunityid: { required: true, deleteConstraint: 'cascade' },
    quantity: { required: true, ...quantity(12) },
    unitprice: money(2),
    totalprice: money(2),
    listprice: money(2),
    discount: { type: 'percent', precision: 5, scale: 2 },
  },
};

/** References whose children go with the parent (Object Reference: cascade delete of standard relationships). */
export const STANDARD_CASCADES: ReadonlySet<string> = new Set([
  'contact.accountid',
  'opportunity.accountid',
  'asset.accountid',
  'contract.accountid',
  'order.accountid',
  'case.parentid',
  'task.whatid',
  'event.whatid',
  'task.whoid',
  'event.whoid',
]);

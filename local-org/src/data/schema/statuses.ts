import { ApexDecimal, type FieldValue } from '../values/index.js';

type Values = Readonly<Record<string, FieldValue>>;

/** A value of a status field, and what the platform does with records that have it. */
interface Status {
  readonly label: string;
  readonly facts: Values;
}

const status = (label: string, facts: Values = {}): Status => ({ label, facts });
const CLOSED: Values = { IsClosed: true };

/** Stages with the probability and forecast category that a new org gives them. */
const STAGES: readonly (readonly [label: string, probability: number, category: string, label: string])[] = [
  ['Prospecting', 10, 'Pipeline', 'Pipeline'],
  ['Qualification', 10, 'Pipeline', 'Pipeline'],
  ['Needs Analysis', 20, 'Pipeline', 'Pipeline'],
  ['Value Proposition', 50, 'Pipeline', 'Pipeline'],
  ['Id. Decision Makers', 60, 'Pipeline', 'Pipeline'],
  ['Perception Analysis', 70, 'Pipeline', 'Pipeline'],
  ['Proposal/Price Quote', 75, 'Pipeline', 'Pipeline'],
  ['Negotiation/Review', 90, 'BestCase', 'Best Case'],
  ['Closed Won', 100, 'Closed', 'Closed'],
  ['Closed Lost', 0, 'Omitted', 'Omitted'],
];

/** Objects whose rows are the values of a status field, with those of a new org (Object Reference, one page per object). */
export const STATUSES: Readonly<Record<string, readonly Status[]>> = {
  CaseStatus: [status('New', { IsDefault: true }), status('Working'), status('Escalated'), status('Closed', CLOSED)],
  ContractStatus: [
    status('In Approval Process', { StatusCode: 'InApproval' }),
    status('Activated', { StatusCode: 'Activated' }),
    status('Draft', { StatusCode: 'Draft', IsDefault: true }),
  ],
  LeadStatus: [
    status('Open - Not Contacted', { IsDefault: true }),
    status('Working - Contacted'),
    status('Closed - Converted', { IsConverted: true }),
    status('Closed - Not Converted'),
  ],
  OpportunityStage: STAGES.map(([label, probability, ForecastCategory, ForecastCategoryName]) =>
    status(label, {
      IsActive: true,
      IsClosed: label.startsWith('Closed'),
      IsWon: label === 'Closed Won',
      DefaultProbability: ApexDecimal.of(probability),
      ForecastCategory,
      ForecastCategoryName,
    }),
  ),
  OrderStatus: [
    status('Draft', { StatusCode: 'Draft', IsDefault: true }),
    status('Activated', { StatusCode: 'Activated' }),
  ],
  TaskPriority: [status('High', { IsHighPriority: true }), status('Normal', { IsDefault: true }), status('Low')],
  TaskStatus: [
    status('Not Started', { IsDefault: true }),
    status('In Progress'),
    status('Completed', CLOSED),
    status('Waiting on someone else'),
    status('Deferred'),
  ],
};

/** Facts of a status, such as whether records that have it are closed; undefined for one that the org does not have. */
export function statusFacts(object: keyof typeof STATUSES, label: FieldValue): Values | undefined {
  return STATUSES[object]?.find((one) => one.label === label)?.facts;
}

/** Flags that every status has, and that are off unless its facts say otherwise. */
const FLAGS: readonly string[] = ['IsClosed', 'IsConverted', 'IsDefault', 'IsHighPriority'];

/** The rows of such an object, as far as it has these fields. */
export function statusRows(object: string, has: (field: string) => boolean): readonly Values[] {
  return (STATUSES[object] ?? []).map(({ label, facts }, index) => ({
    MasterLabel: label,
    ApiName: label,
    SortOrder: index + 1,
    ...Object.fromEntries(FLAGS.filter(has).map((flag) => [flag, false])),
    ...facts,
  }));
}

import type { FieldPath, ObjectName } from './names.js';

/** Which saves start the flow. */
export type TriggerEvent = 'create' | 'update' | 'createOrUpdate';

/** Operators of an entry condition; each maps to one FlowRecordFilterOperator. */
export type ConditionOperator =
  | 'equals'
  | 'notEquals'
  | 'greaterThan'
  | 'greaterThanOrEqual'
  | 'lessThan'
  | 'lessThanOrEqual'
  | 'startsWith'
  | 'endsWith'
  | 'contains'
  | 'isNull';

export interface EntryCondition {
  readonly field: FieldPath;
  readonly operator: ConditionOperator;
  readonly value: string | number | boolean;
}

/** `queued`: an outbox row in the business transaction, sent by the dispatcher. `immediate`: the callout runs on the flow's asynchronous path. */
export type Delivery = 'queued' | 'immediate';

/** What starts the integration on its own; an integration without one is an action that flows and Apex call. */
export interface RecordTrigger {
  readonly object: ObjectName;
  readonly event: TriggerEvent;
  /** All conditions must hold. */
  readonly conditions: readonly EntryCondition[];
  /** At least one of these fields must have changed; empty means any save that meets the conditions. */
  readonly changedFields: readonly FieldPath[];
  readonly delivery: Delivery;
  /** API name of the generated record-triggered flow. */
  readonly flowName: string;
}

import type { LogicTree } from '../../logic/filterLogic.js';

/** Data types of flow resources (Metadata API: FlowDataType). */
export type FlowDataType =
  | 'Apex'
  | 'Boolean'
  | 'Currency'
  | 'Date'
  | 'DateTime'
  | 'Multipicklist'
  | 'Number'
  | 'Picklist'
  | 'SObject'
  | 'String'
  | 'Time';

/** A dotted reference split at its dots: `['$Record', 'Owner', 'Name']`. Names are matched in any case. */
export type FlowPath = readonly [first: string, ...rest: string[]];

/** A text with `{!reference}` merge fields, in order. */
export type FlowText = readonly (string | FlowPath)[];

/** What an element compares with, assigns or passes on. */
export type FlowOperand =
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Exact text of a literal; `date` is `2026-11-23`, `dateTime` ISO 8601, `time` `10:30:00.000Z`. */
  | { readonly kind: 'number' | 'date' | 'dateTime' | 'time'; readonly text: string }
  | { readonly kind: 'text'; readonly text: FlowText }
  | { readonly kind: 'reference'; readonly path: FlowPath }
  | { readonly kind: 'formula'; readonly expression: string; readonly dataType: FlowDataType }
  /** No value given: null. */
  | { readonly kind: 'none' };

/** Comparison of a decision, an entry condition or a collection filter (FlowComparisonOperator, FlowRecordFilterOperator). */
export type FlowOperator =
  | 'Contains'
  | 'EndsWith'
  | 'EqualTo'
  | 'GreaterThan'
  | 'GreaterThanOrEqualTo'
  | 'HasError'
  | 'In'
  | 'IsBlank'
  | 'IsChanged'
  | 'IsEmpty'
  | 'IsNull'
  | 'LessThan'
  | 'LessThanOrEqualTo'
  | 'NotEqualTo'
  | 'NotIn'
  | 'StartsWith'
  | 'WasSelected'
  | 'WasSet'
  | 'WasVisited';

/** How conditions combine. */
export type FlowLogic = LogicTree;

/** A comparison with its left side. */
export interface FlowCondition {
  readonly left: FlowPath;
  readonly operator: FlowOperator;
  readonly right: FlowOperand;
}

export interface FlowConditions {
  readonly logic: FlowLogic;
  readonly conditions: readonly FlowCondition[];
}

/** A condition on a field of the records that are looked for. */
export interface FlowFilter {
  readonly field: string;
  readonly operator: FlowOperator;
  readonly value: FlowOperand;
}

export interface FlowFilters {
  readonly logic: FlowLogic;
  readonly filters: readonly FlowFilter[];
}

/** A value for a field or a parameter. */
export interface FlowNamedValue {
  readonly name: string;
  readonly value: FlowOperand;
}

/** Where an output goes: a variable, or a field of a record variable. */
export interface FlowOutput {
  readonly name: string;
  readonly target: FlowPath;
}

/** Order of records or of the items of a collection. */
export interface FlowSort {
  readonly field: string | undefined;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

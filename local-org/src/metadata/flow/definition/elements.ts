import type { FlowType } from './resources.js';
import type {
  FlowConditions,
  FlowDataType,
  FlowFilters,
  FlowNamedValue,
  FlowOperand,
  FlowOutput,
  FlowPath,
  FlowSort,
  FlowText,
} from './values.js';

/** What every element has. Connectors hold the lower-cased name of the element that they lead to; undefined ends the path. */
interface ElementBase {
  readonly name: string;
  readonly label: string;
  readonly next: string | undefined;
}

interface FaultableElement extends ElementBase {
  readonly fault: string | undefined;
}

export type FlowAssignmentOperator =
  | 'Add'
  | 'AddAtStart'
  | 'AddItem'
  | 'Assign'
  | 'AssignCount'
  | 'RemoveAfterFirst'
  | 'RemoveAll'
  | 'RemoveBeforeFirst'
  | 'RemoveFirst'
  | 'RemovePosition'
  | 'RemoveUncommon'
  | 'Subtract';

export interface FlowAssignmentItem {
  readonly target: FlowPath;
  readonly operator: FlowAssignmentOperator;
  readonly value: FlowOperand;
}

export interface FlowAssignment extends ElementBase {
  readonly kind: 'assignment';
  readonly items: readonly FlowAssignmentItem[];
}

export interface FlowRule {
  readonly name: string;
  readonly conditions: FlowConditions;
  readonly next: string | undefined;
}

/** `next` is the default outcome. */
export interface FlowDecision extends ElementBase {
  readonly kind: 'decision';
  readonly rules: readonly FlowRule[];
}

/** `next` leads on when the collection is used up. */
export interface FlowLoop extends ElementBase {
  readonly kind: 'loop';
  readonly collection: FlowPath;
  readonly descending: boolean;
  readonly each: string | undefined;
  /** Variable that gets each item; the loop's own name holds it otherwise. */
  readonly itemTarget: FlowPath | undefined;
}

/** Where found records go. */
export type FlowLookupOutput =
  | { readonly kind: 'automatic' }
  | { readonly kind: 'reference'; readonly target: FlowPath }
  | { readonly kind: 'fields'; readonly outputs: readonly FlowOutput[] };

export interface FlowLookup extends FaultableElement {
  readonly kind: 'lookup';
  readonly object: string;
  readonly filters: FlowFilters;
  readonly firstOnly: boolean;
  /** Fields to read; undefined: those that the flow needs. */
  readonly fields: readonly string[] | undefined;
  readonly sort: FlowSort | undefined;
  readonly limit: FlowOperand;
  readonly output: FlowLookupOutput;
  readonly nullWhenNone: boolean;
}

/** Records from a variable, or one record from values. */
export type FlowRecordSource =
  | { readonly kind: 'reference'; readonly path: FlowPath }
  | { readonly kind: 'values'; readonly object: string; readonly values: readonly FlowNamedValue[] };

/** How Create Records finds out whether a record exists already. */
export interface FlowUpsert {
  /** External id field; undefined: the record Id. */
  readonly field: string | undefined;
  readonly allOrNone: boolean;
}

export interface FlowCreate extends FaultableElement {
  readonly kind: 'create';
  readonly source: FlowRecordSource;
  readonly upsert: FlowUpsert | undefined;
  readonly idTarget: FlowPath | undefined;
  /** The element's own name holds the Id of the new record. */
  readonly automatic: boolean;
}

/** Records that filters find, or those in a variable. */
export type FlowRecordTarget =
  | { readonly kind: 'filters'; readonly object: string; readonly filters: FlowFilters }
  | { readonly kind: 'reference'; readonly path: FlowPath };

export interface FlowUpdate extends FaultableElement {
  readonly kind: 'update';
  readonly target: FlowRecordTarget;
  readonly values: readonly FlowNamedValue[];
}

export interface FlowDelete extends FaultableElement {
  readonly kind: 'delete';
  readonly target: FlowRecordTarget;
}

export type FlowActionType =
  'apex' | 'customNotificationAction' | 'emailAlert' | 'emailSimple' | 'externalService' | 'flow';

/** How an action relates to the transaction that comes to it (PLATFORM 2.4). */
export type FlowTransactionModel = 'Automatic' | 'CurrentTransaction' | 'NewTransaction';

export interface FlowAction extends FaultableElement {
  readonly kind: 'action';
  readonly actionType: FlowActionType;
  readonly actionName: string;
  readonly transaction: FlowTransactionModel;
  readonly inputs: readonly FlowNamedValue[];
  readonly outputs: readonly FlowOutput[];
  /** The element's own name holds the outputs. */
  readonly automatic: boolean;
  /** Object that stands for a generic type of the action, by the lower-cased name of the type (`t__record`). */
  readonly typeMappings: ReadonlyMap<string, string>;
}

export interface FlowSubflow extends ElementBase {
  readonly kind: 'subflow';
  readonly flowName: string;
  readonly inputs: readonly FlowNamedValue[];
  readonly outputs: readonly FlowOutput[];
  readonly automatic: boolean;
}

export interface FlowCollectionSort extends ElementBase {
  readonly kind: 'collectionSort';
  readonly collection: FlowPath;
  readonly options: readonly FlowSort[];
  readonly limit: number | undefined;
}

export interface FlowCollectionFilter extends ElementBase {
  readonly kind: 'collectionFilter';
  readonly collection: FlowPath;
  /** Variable that conditions and formula use for the item under test. */
  readonly item: FlowPath | undefined;
  readonly criteria:
    | { readonly kind: 'conditions'; readonly conditions: FlowConditions }
    | { readonly kind: 'formula'; readonly expression: string };
}

/** One field of a transform's result. `value` may name the item in turn with `[$EachItem]`. */
export interface FlowTransformValue {
  readonly field: string | undefined;
  readonly type: 'Count' | 'Map' | 'Sum';
  readonly value: FlowOperand;
}

export interface FlowTransform extends ElementBase {
  readonly kind: 'transform';
  readonly type: FlowType;
  readonly values: readonly FlowTransformValue[];
}

export interface FlowCustomError extends ElementBase {
  readonly kind: 'customError';
  readonly messages: readonly { readonly text: FlowText; readonly field: string | undefined }[];
}

export interface FlowRollback extends ElementBase {
  readonly kind: 'rollback';
}

export type FlowScreenFieldType =
  | 'ComponentInstance'
  | 'DisplayText'
  | 'DropdownBox'
  | 'InputField'
  | 'LargeTextArea'
  | 'MultiSelectCheckboxes'
  | 'MultiSelectPicklist'
  | 'PasswordField'
  | 'RadioButtons'
  | 'Region'
  | 'RegionContainer';

export interface FlowScreenField {
  readonly name: string;
  readonly fieldType: FlowScreenFieldType;
  readonly text: FlowText;
  readonly dataType: FlowDataType | undefined;
  readonly scale: number | undefined;
  readonly isRequired: boolean;
  readonly defaultValue: FlowOperand;
  readonly choices: readonly string[];
  readonly defaultChoice: string | undefined;
  readonly visibility: FlowConditions | undefined;
  readonly validation: { readonly expression: string; readonly message: FlowText } | undefined;
  /** `flowruntime:datatable` of a component. */
  readonly component: string | undefined;
  readonly inputs: readonly FlowNamedValue[];
  readonly outputs: readonly FlowOutput[];
  readonly automatic: boolean;
  readonly fields: readonly FlowScreenField[];
}

export interface FlowScreen extends ElementBase {
  readonly kind: 'screen';
  readonly fields: readonly FlowScreenField[];
}

/** Something that runs. */
export type FlowElement =
  | FlowAction
  | FlowAssignment
  | FlowCollectionFilter
  | FlowCollectionSort
  | FlowCreate
  | FlowCustomError
  | FlowDecision
  | FlowDelete
  | FlowLookup
  | FlowLoop
  | FlowRollback
  | FlowScreen
  | FlowSubflow
  | FlowTransform
  | FlowUpdate;

import type { FlowDataType, FlowFilters, FlowOperand, FlowOutput, FlowSort, FlowText } from './values.js';

/** Type of a variable or of another resource that holds a value. */
export interface FlowType {
  readonly dataType: FlowDataType;
  /** Object of an SObject. */
  readonly objectType: string | undefined;
  /** Class of an Apex-defined value. */
  readonly apexClass: string | undefined;
  readonly isCollection: boolean;
  /** Digits after the point of a number; undefined when not given. */
  readonly scale: number | undefined;
}

export interface FlowVariable {
  readonly kind: 'variable';
  readonly name: string;
  readonly type: FlowType;
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly value: FlowOperand;
}

export interface FlowConstant {
  readonly kind: 'constant';
  readonly name: string;
  readonly dataType: FlowDataType;
  readonly value: FlowOperand;
}

export interface FlowFormula {
  readonly kind: 'formula';
  readonly name: string;
  readonly dataType: FlowDataType;
  readonly expression: string;
  readonly scale: number | undefined;
}

export interface FlowTextTemplate {
  readonly kind: 'textTemplate';
  readonly name: string;
  readonly text: FlowText;
}

export interface FlowChoice {
  readonly kind: 'choice';
  readonly name: string;
  readonly dataType: FlowDataType;
  readonly text: FlowText;
  readonly value: FlowOperand;
}

/** Choices made from records (`picklist` undefined) or from the values of a picklist field. */
export interface FlowChoiceSet {
  readonly kind: 'choiceSet';
  readonly name: string;
  readonly dataType: FlowDataType;
  readonly object: string;
  readonly displayField: string | undefined;
  readonly valueField: string | undefined;
  readonly picklistField: string | undefined;
  readonly filters: FlowFilters;
  readonly limit: number | undefined;
  readonly sort: FlowSort | undefined;
  readonly outputs: readonly FlowOutput[];
}

/** Something that holds a value and does not run. */
export type FlowResource = FlowChoice | FlowChoiceSet | FlowConstant | FlowFormula | FlowTextTemplate | FlowVariable;

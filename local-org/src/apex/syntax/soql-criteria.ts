import type { SoqlValue } from './ast-soql.js';

/** Kinds of values that fields are compared with, as messages name them. */
export type CriterionKind = 'string' | 'integer' | 'long' | 'double' | 'boolean' | 'date' | 'dateTime' | 'time';

const NUMBERS: readonly CriterionKind[] = ['integer', 'long', 'double'];

/** Kinds of fields that a literal can be compared with; a value that is not named says nothing about itself. */
export const LITERAL_KINDS: Readonly<Partial<Record<SoqlValue['kind'], readonly CriterionKind[]>>> = {
  string: ['string'],
  number: NUMBERS,
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['dateTime'],
  dateLiteral: ['date', 'dateTime'],
  time: ['time'],
};

/** How the platform refuses a literal that does not fit its field. */
export function criterionMessage(field: string, kind: CriterionKind): string {
  const quotes = kind === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  return `value of filter criterion for field '${field}' must be of type ${kind} and ${quotes}`;
}

import type { ApexType } from '../types/types.js';

/** Types whose JavaScript `String(value)` is their Apex text, null included. */
const PLAIN: ReadonlySet<string> = new Set([
  'String',
  'Id',
  'Integer',
  'Long',
  'Boolean',
  'Double',
  'Decimal',
  'Date',
  'Time',
]);

/** An operand of string `+` as text. */
export function textOperand(type: ApexType, code: string, nonNull: boolean): string {
  if (type.kind === 'primitive' && PLAIN.has(type.name)) {
    return nonNull && (type.name === 'String' || type.name === 'Id') ? code : `String(${code})`;
  }
  return type.kind === 'null' ? '"null"' : `$R.text(${code})`;
}

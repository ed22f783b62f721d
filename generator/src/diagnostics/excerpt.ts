import { printable } from './printable.js';
import { maskSecrets } from './secret.js';

const WIDEST = 160;
const BEFORE = 80;
const CUT = '…';

/**
 * The part of a source line that is shown for a problem at `column` (from 1). A long line is cut around the column.
 * Its characters keep their width, so that `caretOffset` finds the column again. Secrets are left out.
 */
export function excerptOf(line: string, column: number): string {
  const start = windowStart(column);
  const head = start > 0 ? CUT : '';
  const end = start + WIDEST;
  const shown = maskSecrets(line);
  const tail = shown.length > end ? CUT : '';
  return printable(`${head}${shown.slice(start, end).replaceAll('\t', ' ').trimEnd()}${tail}`);
}

/** How many characters of an excerpt stand before the column. */
export function caretOffset(column: number): number {
  const start = windowStart(column);
  return start > 0 ? column - 1 - start + CUT.length : column - 1;
}

function windowStart(column: number): number {
  return column > WIDEST ? column - 1 - BEFORE : 0;
}

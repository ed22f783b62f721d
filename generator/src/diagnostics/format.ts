import { styleText } from 'node:util';
import type { Diagnostic } from '../model/index.js';
import { caretOffset } from './excerpt.js';
import { byCodeUnit } from './printable.js';

type Style = 'bold' | 'red' | 'yellow' | 'cyan' | 'dim';

/**
 * One problem as a person reads it:
 *
 *     config/integrations/a.yaml:3:1 error unknown-key: There is no key "endpiont" here.
 *         endpiont:
 *         ^
 *       why: ...
 *       fix: ...
 *       did you mean "endpoint"?
 *
 * `colour` adds ANSI colours; the text is the same without them.
 */
export function formatDiagnostic(diagnostic: Diagnostic, options: { readonly colour: boolean }): string {
  const paint = (style: Style, text: string): string =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const { file, line, column } = diagnostic.position;
  const tone = diagnostic.severity === 'error' ? 'red' : 'yellow';
  const lines = [
    `${paint('bold', `${file}:${line}:${column}`)} ${paint(tone, diagnostic.severity)} ${paint('dim', `${diagnostic.code}:`)} ${diagnostic.message}`,
  ];
  if (diagnostic.excerpt.trim() !== '') {
    lines.push(`    ${diagnostic.excerpt}`, `    ${' '.repeat(caretOffset(column))}${paint(tone, '^')}`);
  }
  lines.push(`  why: ${diagnostic.reason}`, `  fix: ${diagnostic.fix}`);
  if (diagnostic.suggestion !== undefined) lines.push(`  did you mean ${paint('cyan', `"${diagnostic.suggestion}"`)}?`);
  return lines.join('\n');
}

/** By file, line, column, code, message: the order in which problems are reported. */
export function compareDiagnostics(left: Diagnostic, right: Diagnostic): number {
  return (
    byCodeUnit(left.position.file, right.position.file) ||
    left.position.line - right.position.line ||
    left.position.column - right.position.column ||
    byCodeUnit(left.code, right.code) ||
    byCodeUnit(left.message, right.message)
  );
}

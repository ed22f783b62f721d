import { CalloutFailure } from '../../../apex/runtime/index.js';
import { evaluateFormula, isCredential, mergeFieldPath, type FormulaContext } from '../formulas/formula-scope.js';
import { pieces } from '../formulas/template.js';

const HTML_ENCODE = /^\s*HTMLENCODE\s*\(\s*(\$Credential(?:\.\w+)+)\s*\)\s*$/i;

/**
 * Resolves the merge fields that Apex wrote into a header or body. They are no formulas: fields of the credential only, in bodies also inside
 * HTMLENCODE (Apex Developer Guide: Merge Fields for Apex Callouts That Use Named Credentials).
 */
export function resolveMergeFields(text: string, where: 'header' | 'body', context: FormulaContext): string {
  return pieces(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : resolve(piece.source, where, context)))
    .join('');
}

function resolve(source: string, where: 'header' | 'body', context: FormulaContext): string {
  const encoded = where === 'body' ? HTML_ENCODE.exec(source)?.[1] : undefined;
  const path = mergeFieldPath(encoded ?? source);
  if (path === undefined || !isCredential(path)) return notAMergeField(source);
  const value = evaluateFormula(path.join('.'), context);
  return encoded === undefined ? value : htmlEncode(value);
}

function notAMergeField(source: string): never {
  throw new CalloutFailure(`The merge field {!${source}} isn't supported in callouts.`);
}

function htmlEncode(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

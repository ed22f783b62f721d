const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

/** Most texts need no escape, which this shows at a fraction of the cost of looking for what does. */
const UNREMARKABLE = /^[ -&(-[\]-~]*$/;

/**
 * An Apex string literal that holds exactly the text, whatever it is: nothing in it can end the literal. The one place where text
 * from a configuration becomes Apex.
 */
export function apexString(text: string): string {
  if (UNREMARKABLE.test(text)) return `'${text}'`;
  return `'${text.replace(/[\\'\p{Cc}\u2028\u2029\ufeff]/gu, escape)}'`;
}

function escape(character: string): string {
  return NAMED_ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const INTEGER_LIMIT = 2 ** 31;

/** A number as Apex writes it: Integer, Long, or for everything else a Decimal that holds exactly the digits of the configuration. */
export function apexNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < INTEGER_LIMIT) return String(value);
  if (Number.isSafeInteger(value)) return `${String(value)}L`;
  const digits = String(value);
  return digits.includes('e') ? `Decimal.valueOf(${apexString(digits)})` : digits;
}

/** Lines of an ApexDoc comment: no text can end the comment, and lines are broken at words. */
export function docText(text: string, width: number): readonly string[] {
  const words = text
    .replace(/\*\//g, '* /')
    .replace(/[\p{Cc}\u2028\u2029\ufeff]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

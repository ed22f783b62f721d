const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';
const REPLACEMENT = '\ufffd';
// C0, DEL, C1, line and paragraph separators, direction overrides and lone surrogates: what a terminal obeys or cannot show.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;
const LONGEST_QUOTE = 60;

/**
 * The text with every character that a terminal would obey replaced by a visible one of the same width.
 * Text from a file must pass through here before it is shown.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
    return code === 0x7f ? DELETE_PICTURE : REPLACEMENT;
  });
}

/** The value in double quotes, printable and at most 60 characters long. */
export function quote(value: string): string {
  const characters = [...value];
  const shown = characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE - 1).join('')}…` : value;
  return `"${printable(shown)}"`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[], conjunction = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** Orders text by code unit: the same on every machine, unlike a locale's order. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

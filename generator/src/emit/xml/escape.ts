const SPECIAL = /[&<>"'\r]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser turns a bare carriage return into a line feed; the reference keeps it.
  '\r': '&#13;',
};

/** Everything that XML 1.0 has no place for, not even as a character reference (https://www.w3.org/TR/xml/#charsets). */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Most text has neither; one look with a simple pattern is much cheaper than the exact ones. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNREMARKABLE = /^[^&<>"'\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]*$/;

/** Thrown for text that no XML document can hold: control characters, half a surrogate pair, U+FFFE and U+FFFF. */
export class IllegalXmlCharacterError extends Error {
  public override readonly name = 'IllegalXmlCharacterError';

  public constructor(text: string, at: number) {
    const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    super(`The character U+${code} at position ${at + 1} cannot be written to XML.`);
  }
}

/**
 * Escapes text for an element's content. An exported file holds all five predefined entities, the quotes too.
 * Throws `IllegalXmlCharacterError` for text that XML cannot hold.
 */
export function escapeXml(text: string): string {
  if (UNREMARKABLE.test(text)) return text;
  const illegal = ILLEGAL.exec(text);
  if (illegal !== null) throw new IllegalXmlCharacterError(text, illegal.index);
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? character);
}

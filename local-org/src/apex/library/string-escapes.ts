import type { LibraryTable } from '../runtime/index.js';

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const XML: Readonly<Record<string, string>> = { ...HTML, "'": '&apos;' };

const swapped = (table: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(table).map(([char, entity]) => [entity, char]));
const escapeWith =
  (table: Readonly<Record<string, string>>) =>
  (self: string): string =>
    self.replace(/[&<>"']/g, (char) => table[char] ?? char);
const unescapeWith = (table: Readonly<Record<string, string>>) => {
  const characters = swapped(table);
  return (self: string): string =>
    self.replace(
      /&(?:#(\d+)|#x([0-9a-fA-F]+)|\w+);/g,
      (entity, decimal: string | undefined, hex: string | undefined) => {
        if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
        return hex === undefined ? (characters[entity] ?? entity) : String.fromCodePoint(Number.parseInt(hex, 16));
      },
    );
};
const unicode = (char: string): string => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
const CONTROLS: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '"': '\\"',
  '\\': '\\\\',
};
const escapeJava = (self: string): string =>
  self.replace(/["\\\n\t\r\b\f]|[^ -~]/g, (char) => CONTROLS[char] ?? unicode(char));
const unescapeJava = (self: string): string =>
  self.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[char ?? ''] ?? char ?? '';
  });

/** The escaping methods of System.String. */
export const escapes: LibraryTable = {
  escapeCsv: (self: string) => (/[",\r\n]/.test(self) ? `"${self.replaceAll('"', '""')}"` : self),
  unescapeCsv: (self: string) => (/^".*"$/s.test(self) ? self.slice(1, -1).replaceAll('""', '"') : self),
  escapeEcmaScript: (self: string) => escapeJava(self).replace(/['/]/g, (char) => `\\${char}`),
  unescapeEcmaScript: unescapeJava,
  escapeJava,
  unescapeJava,
  escapeHtml3: escapeWith(HTML),
  escapeHtml4: escapeWith(HTML),
  unescapeHtml3: unescapeWith(HTML),
  unescapeHtml4: unescapeWith(HTML),
  escapeXml: escapeWith(XML),
  unescapeXml: unescapeWith(XML),
  escapeUnicode: (self: string) => self.replace(/[^ -~]/g, unicode),
  unescapeUnicode: unescapeJava,
};

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

function unescapeText(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_all, hex: string | undefined, escaped: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const key = escaped ?? '';
      return ESCAPES[key] ?? ESCAPES[key.toLowerCase()] ?? key;
    },
  );
}

/** Value of a string literal token, quotes included: `'it\'s'`, or `'''` and a line break for the multi-line form, whose first line break does not count. */
export function stringLiteralValue(token: string): string {
  if (token.length >= 7 && token.startsWith("'''")) {
    return unescapeText(token.slice(3, -3).replace(/^\r?\n|^\r/, ''));
  }
  return unescapeText(token.slice(1, -1));
}

/** Text of `[FIND 'x'`: the search expression with its SOSL escapes untouched. */
export function findLiteralValue(token: string): string {
  return token.slice(token.indexOf("'") + 1, -1);
}

/** Text of an auto number: `{0000}` is the padded number, `{YYYY}` `{YY}` `{MM}` `{DD}` parts of the day. */
export function formatAutoNumber(format: string, sequence: number, now: number): string {
  const iso = new Date(now).toISOString();
  const parts: Readonly<Record<string, string>> = {
    YYYY: iso.slice(0, 4),
    YY: iso.slice(2, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
  };
  return format.replace(
    /\{(0+|[YMD]+)\}/g,
    (whole, token: string) =>
      parts[token] ?? (token.startsWith('0') ? String(sequence).padStart(token.length, '0') : whole),
  );
}

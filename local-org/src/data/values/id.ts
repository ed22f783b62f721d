const CHECKSUM_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The three check characters of a 15-character Id: each covers the upper-case pattern of five characters. */
function checksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let at = 0; at < 5; at++) {
      const code = id15.charCodeAt(block * 5 + at);
      if (code >= 65 && code <= 90) bits |= 1 << at;
    }
    suffix += CHECKSUM_ALPHABET.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of an Id in either form; undefined when the text is no Id. */
export function toId18(text: string): string | undefined {
  if (text.length === 18) {
    if (!/^[0-9A-Za-z]{18}$/.test(text)) return undefined;
    return restoreCase(text);
  }
  if (text.length !== 15 || !/^[0-9A-Za-z]{15}$/.test(text)) return undefined;
  return text + checksum(text);
}

/**
 * An 18-character Id is case-insensitive: its last three characters say which of the others are upper case. A text of 18 characters whose
 * end says something else is taken as it is: the platform does not check it, and tests make up such Ids.
 */
function restoreCase(text: string): string {
  if (text.endsWith(checksum(text.slice(0, 15)))) return text;
  const suffix = text.slice(15).toUpperCase();
  let id = '';
  for (let block = 0; block < 3; block++) {
    const bits = CHECKSUM_ALPHABET.indexOf(suffix.charAt(block));
    if (bits < 0) return text;
    for (let at = 0; at < 5; at++) {
      const char = text.charAt(block * 5 + at);
      id += (bits & (1 << at)) !== 0 ? char.toUpperCase() : char.toLowerCase();
    }
  }
  return checksum(id) === suffix ? id + suffix : text;
}

/** Builds the Id number `sequence` (from 1) of an object: prefix, server part, sequence in base 62, checksum. */
export function makeId(keyPrefix: string, sequence: number): string {
  let digits = '';
  for (let rest = sequence; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
  const id15 = `${keyPrefix}000${digits.padStart(9, '0')}`;
  return id15 + checksum(id15);
}

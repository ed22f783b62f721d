import { isUtf8 } from 'node:buffer';

/** Where the first byte stands that is not UTF-8; line and column count from 1, the column counts characters. */
export interface BadByte {
  readonly line: number;
  readonly column: number;
  readonly value: number;
  /** The readable part of the line. */
  readonly lineText: string;
  /** The file starts like UTF-16. */
  readonly utf16: boolean;
}

export type Decoded = { readonly text: string } | { readonly bad: BadByte };

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/** Decodes a file. A byte order mark at the start is dropped: some editors write one, and it means nothing in UTF-8. */
export function decodeUtf8(bytes: Buffer): Decoded {
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    return { text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
  }
  return { bad: findBadByte(bytes) };
}

function findBadByte(bytes: Buffer): BadByte {
  // A line feed is never part of a longer UTF-8 sequence, so each line can be judged alone.
  let start = 0;
  let line = 1;
  for (;;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed;
    const content = bytes.subarray(start, end);
    if (!isUtf8(content)) {
      const good = longestGoodPrefix(content);
      const before = content.subarray(0, good).toString('utf8').replace(BYTE_ORDER_MARK, '');
      return {
        line,
        column: before.length + 1,
        value: content[good] ?? 0,
        lineText: content.toString('utf8').replace(BYTE_ORDER_MARK, ''),
        utf16: (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff),
      };
    }
    if (feed === -1) return { line, column: 1, value: 0, lineText: '', utf16: false };
    start = feed + 1;
    line += 1;
  }
}

/** Length of the longest prefix that is UTF-8: found by halving, then stepping back out of a sequence that was cut. */
function longestGoodPrefix(content: Buffer): number {
  let good = 0;
  let bad = content.length;
  while (bad - good > 4) {
    const middle = (good + bad) >> 1;
    const whole = [0, 1, 2, 3].map((back) => middle - back).find((length) => isUtf8(content.subarray(0, length)));
    if (whole === undefined || whole <= good) bad = middle;
    else good = whole;
  }
  for (let length = Math.min(good + 4, content.length); length > good; length -= 1) {
    if (isUtf8(content.subarray(0, length))) return length;
  }
  return good;
}

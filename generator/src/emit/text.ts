import type { Integration } from '../model/index.js';

/** Cuts a text at a word so that it has at most `limit` UTF-16 units, the last one an ellipsis; shorter texts stay as they are. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Whole code points only: half a surrogate pair is not text.
  const cut = wholeCodePoints(text.slice(0, limit - 1));
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

function wholeCodePoints(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}

/** Characters that the description of a credential, a permission set or a flow may have. */
export const DESCRIPTION_LIMIT = 255;

/** The integration's description within what Setup takes; undefined for none, which leaves the element out. */
export function shortDescription({ description }: Integration): string | undefined {
  return description === '' ? undefined : clip(description, DESCRIPTION_LIMIT);
}

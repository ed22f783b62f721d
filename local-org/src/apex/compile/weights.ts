/** A variable, an element of a list, a field of an object: a reference, or a small value in its place. */
export const SLOT = 4;
/** What an object weighs besides its fields. */
export const HEADER = 4;
/** A key with its value. */
export const ENTRY = 2 * SLOT;

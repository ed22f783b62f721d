/** Brands a text that the checks have let through. Throws when they have not: nothing unchecked reaches the model. */
export function expectChecked<T extends string>(isChecked: (text: string) => text is T, text: string): T {
  if (!isChecked(text)) throw new Error(`A value reached the model unchecked: ${JSON.stringify(text)}`);
  return text;
}

/** Folds a text of several lines into one, as descriptions in metadata and comments need it. */
export function oneLineOf(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/gu, ' ').trim();
}

/** Freezes a value and everything in it. Maps cannot be frozen; their type is read-only. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const members: readonly unknown[] = value instanceof Map ? [...value.values()] : Object.values(value);
  for (const member of members) deepFreeze(member);
  return Object.freeze(value);
}

import { apexError } from '../runtime/index.js';

/** An argument that must not be null. @throws System.NullPointerException */
export function required<T>(value: T | null | undefined, index = 1): T {
  if (value === null || value === undefined)
    throw apexError('NullPointerException', `Argument ${index} cannot be null`);
  return value;
}

/** A text argument. */
export const text = (value: string | null, index = 1): string => required(value, index);

import type { PropertyObject } from '../runtime/index.js';

/** Do DML options ask for texts to be cut that are too long for their fields? */
export const truncates = (options: PropertyObject | null): boolean => options?.get('AllowFieldTruncation') === true;

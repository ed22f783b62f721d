import type { ApexRuntime } from '../runtime/index.js';

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** Equal values have equal hashes; objects without hashCode get a number of their own. */
export function hashOf(runtime: ApexRuntime, value: unknown): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'object' && value !== null && '$class' in value) {
    let identity = identities.get(value);
    if (identity === undefined) {
      identity = nextIdentity++;
      identities.set(value, identity);
    }
    return identity;
  }
  let hash = 0;
  for (const char of runtime.text(value)) hash = (Math.imul(31, hash) + char.charCodeAt(0)) | 0;
  return hash;
}

import { ApexMap } from '../runtime/index.js';

/** A map by names without regard to letter case; keys are lower case, as on the platform. */
export class CaselessMap extends ApexMap {
  override get(key: unknown): unknown {
    return super.get(typeof key === 'string' ? key.toLowerCase() : key);
  }
  override has(key: unknown): boolean {
    return super.has(typeof key === 'string' ? key.toLowerCase() : key);
  }
}

import { connectFlows, flowEngine } from '../flow/index.js';
import type { OrgClock } from '../platform/clock/index.js';
import { Kernel } from '../platform/kernel/index.js';
import type { LiveOrg, OrgParts } from '../platform/live/index.js';

/** What plugs into every live org, and into test runs as far as they have it. Whoever makes a part adds it here. */
export const ORG_PARTS: OrgParts = { flows: flowEngine };

/** The part that runs jobs, events and timers, and how to find it again. */
export interface KernelPart {
  readonly make: (org: LiveOrg) => Kernel;
  /** @throws Error for an org that it was not made for */
  readonly of: (org: LiveOrg) => Kernel;
}

/** @param onError told of errors in work that nobody waits for */
export function kernelPart(clock: OrgClock, onError: (error: unknown) => void): KernelPart {
  const kernels = new WeakMap<LiveOrg, Kernel>();
  return {
    make: (org) => {
      const kept = org.section('kernel');
      const kernel = new Kernel({ org, clock, onError, entries: kept.entries, journal: kept });
      connectFlows(kernel, () => org.runtime());
      kernels.set(org, kernel);
      return kernel;
    },
    of: (org) => {
      const kernel = kernels.get(org);
      if (kernel === undefined) throw new Error('The org has no kernel.');
      return kernel;
    },
  };
}

import type { ApexRuntime } from '../../apex/runtime/index.js';
import type { OrgClock } from '../clock/index.js';
import type { Pump } from './pump.js';
import type { OrgLimits } from './org-limits.js';
import type { KernelState } from './state.js';

/** What the parts of the kernel share. */
export interface KernelHost {
  readonly clock: OrgClock;
  readonly pump: Pump;
  readonly state: KernelState;
  readonly limits: OrgLimits;
  /** The runtime of what is deployed now, with all Apex loaded. @throws Error when it does not compile */
  readonly runtime: () => ApexRuntime;
  /** The runtime of what is deployed now, perhaps without Apex: for rows that the kernel keeps. */
  readonly rows: () => ApexRuntime;
}

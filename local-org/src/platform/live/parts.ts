import type { FlowEngine } from '../../apex/engine/index.js';
import type { ApexRuntime, CalloutPort, CredentialPort } from '../../apex/runtime/index.js';
import type { LiveOrg } from './live-org.js';

/** Runs what transactions leave behind: jobs, events, timers. */
export interface Pump {
  /**
   * A runtime takes over: at the start, and after a deployment. Nothing runs at that moment; transactions that wait in an earlier runtime go on
   * in it, on the same records. What is queued there has to be carried over, or run there.
   */
  attach(runtime: ApexRuntime): void;
  /** A transaction has ended and may have left something to do. Must not run it before it returns. */
  wake(): void;
  /** The org stops: nothing may be started any more. */
  close(): Promise<void>;
}

/** What plugs into the live org. */
export interface OrgParts {
  /** Starts flows when records change; without it they do not run. */
  readonly flows?: FlowEngine | undefined;
  /** Without it jobs and events stay queued. */
  readonly pump?: ((org: LiveOrg) => Pump) | undefined;
  /** Sends the callouts of transactions; without it they refuse by name. */
  readonly callouts?: CalloutPort | undefined;
  /** Credentials of the org for `ConnectApi.NamedCredentials`; without it they refuse by name. */
  readonly credentials?: CredentialPort | undefined;
}

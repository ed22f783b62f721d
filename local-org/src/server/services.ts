import type { DeploymentService, RetrieveService } from '../deployment/index.js';
import type { Routes } from '../platform/network/index.js';
import type { OrgStore } from '../store/index.js';
import type { LazyLiveOrg } from './lazy-live.js';
import type { LazyResources } from './lazy-resources.js';
import type { LazyTooling } from './lazy-tooling.js';
import type { Sessions } from './sessions.js';
import type { Streaming } from './streaming/index.js';

/** Facts about the running server that its own status page shows. */
export interface ServerInfo {
  readonly alias: string | undefined;
  readonly startedAt: string;
}

/** What the handlers of the server work with. */
export interface OrgServices {
  readonly store: OrgStore;
  readonly sessions: Sessions;
  readonly deployments: DeploymentService;
  readonly retrievals: RetrieveService;
  readonly live: LazyLiveOrg;
  readonly resources: LazyResources;
  /** Where callouts really go. */
  readonly routes: Routes;
  readonly tooling: LazyTooling;
  readonly streaming: Streaming;
  readonly info: ServerInfo;
}

/** A status request waits this long for a deployment to finish, so that quick ones are done at the SF CLI's first look. */
export const STATUS_HOLD_MILLISECONDS = 800;

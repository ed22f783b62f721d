import type { AddressInfo } from 'node:net';
import {
  combineChecks,
  DeploymentService,
  RetrieveService,
  type DeploymentCheck,
  type TestRunner,
} from '../deployment/index.js';
import { OrgClock, type ClockMode } from '../platform/clock/index.js';
import { Routes, type Route } from '../platform/network/index.js';
import { SecretStore } from '../platform/secrets/index.js';
import { credentialSettings, type CredentialSettingsInput } from '../platform/settings/index.js';
import { OrgStore } from '../store/index.js';
import { createApp, type LogLine } from './app.js';
import { checkWithUsers } from './check-with-users.js';
import { checkDeployment, findReferences, loadChecks } from './lazy-checks.js';
import { makeCredentials } from './lazy-credentials.js';
import { LazyLiveOrg } from './lazy-live.js';
import { LazyResources } from './lazy-resources.js';
import { LazyTooling } from './lazy-tooling.js';
import { runTests } from './lazy-tests.js';
import { refusePendingJobs } from './pending-jobs.js';
import { Sessions } from './sessions.js';
import { Streaming } from './streaming/index.js';

export interface LocalOrgOptions {
  /** Name by which the org is known to the SF CLI; also part of the administrator's username. */
  readonly alias?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Folder that keeps the org across restarts; without it everything is gone when it stops. */
  readonly dataDir?: string | undefined;
  /** Usernames of further users. */
  readonly users?: readonly string[];
  /** Names of certificates that exist in the org, since nobody can deploy the private key of one. */
  readonly certificates?: readonly string[];
  /** What is checked before a package gets in; by default everything that the local org can check. */
  readonly check?: DeploymentCheck;
  /** Runs the Apex tests that a deployment asks for; by default the local org's own Apex engine does. */
  readonly runTests?: TestRunner;
  /** `real`, the default, or `virtual`: time moves only when the org is told to go ahead. */
  readonly clock?: ClockMode | undefined;
  /** What Salesforce does not document about credentials; see docs/local-org.md. */
  readonly credentialSettings?: CredentialSettingsInput | undefined;
  /** Certificate authorities (PEM) besides the usual ones that servers of callouts may be signed by. */
  readonly certificateAuthorities?: readonly string[] | undefined;
  /** Where callouts go instead of the address that is deployed; can be changed while the org runs. With a data folder they are kept. */
  readonly routes?: readonly Route[];
  readonly log?: LogLine;
  readonly now?: () => Date;
}

/** A running local org. */
export interface LocalOrg {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Session of the administrator; opaque, new at every start. A secret. */
  readonly token: string;
  readonly orgId: string;
  readonly userId: string;
  readonly username: string;
  readonly startedAt: string;
  /** Loads what the first requests would have to wait for. An org answers before, and without it. */
  warmUp(): Promise<void>;
  /** Stops serving. Deployments that are still running are given up. */
  close(): Promise<void>;
}

export const DEFAULT_ALIAS = 'callout-local';
const LOOPBACK = '127.0.0.1';

/**
 * Starts a local org in this process, on the loopback address only. Throws DataDirError, InvalidUsernameError and
 * InvalidCertificateNameError (see the store), SecretFileError, RouteFileError, InvalidRouteError, ZodError for wrong settings, and the system's error when the port is taken.
 */
export async function createLocalOrg(options: LocalOrgOptions = {}): Promise<LocalOrg> {
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const settings = credentialSettings.parse(options.credentialSettings ?? {});
  const username = adminUsername(options.alias ?? DEFAULT_ALIAS);
  const store = new OrgStore({
    adminUsername: username,
    usernames: options.users ?? [],
    certificates: options.certificates ?? [],
    dataDir: options.dataDir,
    now,
  });
  const { secrets, routes } = openKept(store, options);
  const sessions = new Sessions(store.org.id);
  const startedAt = now().toISOString();
  const deployments = new DeploymentService({
    store,
    check: combineChecks([
      checkWithUsers(options.check ?? checkDeployment, async () => (await live.ifLoaded())?.users()),
      refusePendingJobs(() => live.loadedKernel),
    ]),
    findReferences: options.check === undefined ? findReferences : undefined,
    runTests: options.runTests ?? ((request) => runTests(request, store.facts(request.org))),
    now,
    onInternalError: (error) => log(`deployment failed: ${textOf(error)}`),
  });
  const retrievals = new RetrieveService(store);
  const streaming = new Streaming();
  const tooling: LazyTooling = new LazyTooling(
    () => live.get(),
    streaming,
    (error) => log(`test run failed: ${textOf(error)}`),
  );
  const resources: LazyResources = new LazyResources(
    () => live.get(),
    () => clock.now(),
  );
  const clock = new OrgClock(options.clock ?? 'real', () => now().getTime());
  const live = new LazyLiveOrg({
    store,
    clock,
    credentials: (org) =>
      makeCredentials(store, org, {
        secrets,
        routes,
        settings,
        orgUrl: () => `http://${LOOPBACK}:${portOf(app.server.address())}`,
        certificateAuthorities: options.certificateAuthorities,
      }),
    attach: async (org) => {
      await tooling.attach(org);
      await resources.attach(org);
    },
    onError: (error) => log(`work that nobody waits for failed: ${textOf(error)}`),
  });
  const app = createApp(
    {
      store,
      sessions,
      deployments,
      retrievals,
      live,
      resources,
      tooling,
      streaming,
      routes,
      info: { alias: options.alias, startedAt },
    },
    log,
  );
  try {
    // What an earlier start left waiting goes on by itself, and damage shows before anybody relies on the org.
    if (options.dataDir !== undefined) (await live.get()).warmUp();
    await app.listen({ host: LOOPBACK, port: options.port ?? 0 });
  } catch (error) {
    await live.close();
    store.close();
    throw error;
  }
  const port = portOf(app.server.address());
  return {
    url: `http://${LOOPBACK}:${port}`,
    port,
    token: sessions.open(store.admin),
    orgId: store.org.id,
    userId: store.admin.id,
    username,
    startedAt,
    warmUp: async () => {
      await loadChecks();
      (await live.get()).warmUp();
    },
    close: async () => {
      await app.close();
      await deployments.close();
      await tooling.close();
      await live.close();
      store.close();
    },
  };
}

/** A store whose secrets cannot be read is not used: it would lose them. */
/** Secrets and routes, which lie beside the store's own files; the routes of the options replace those that were kept. */
function openKept(
  store: OrgStore,
  options: LocalOrgOptions,
): { readonly secrets: SecretStore; readonly routes: Routes } {
  try {
    const routes = new Routes(options.dataDir);
    if (options.routes !== undefined) routes.replace(options.routes);
    return { secrets: new SecretStore(options.dataDir), routes };
  } catch (error) {
    store.close();
    throw error;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** One username per alias: the SF CLI keeps what it knows about an org under its username. */
function adminUsername(alias: string): string {
  return `admin@${alias.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}.example`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The local org does not listen on a port.');
  return address.port;
}

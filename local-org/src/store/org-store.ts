import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OrgFacts, OrgUser } from '../model/index.js';
import { completeCertificates } from './certificates.js';
import { createIdSource, KEY_PREFIX, type IdSource } from './ids.js';
import { openJournal, rewriteJournal, type Journal } from './journal.js';
import { DataDirError } from './ndjson.js';
import { OrgState } from './org-state.js';
import { LockedError, takeLock, type ProcessLock } from './process-lock.js';
import type { DeploymentRecord, JournalEntry, OrgIdentity, StoredComponent } from './records.js';
import { completeUsers } from './users.js';

export interface OrgStoreOptions {
  readonly adminUsername: string;
  /** Further active users, by username. */
  readonly usernames?: readonly string[];
  /** Names of certificates that exist in the org. */
  readonly certificates?: readonly string[];
  /** Folder that keeps the org across restarts; without it the org lives in memory. */
  readonly dataDir?: string | undefined;
  readonly now?: () => Date;
}

/** What a finished deployment changes; empty for one that only checked. */
export interface StateChange {
  readonly put: readonly StoredComponent[];
  /** Keys of removed components, see `componentKey`. */
  readonly remove: readonly string[];
}

/** Deployments that the org remembers; older ones are forgotten, as the platform does after 30 days. */
const REMEMBERED_DEPLOYMENTS = 500;
const INTERRUPTED = 'The local org was stopped while the deployment was running. Nothing of it was kept.';
const NO_CHANGE: StateChange = { put: [], remove: [] };

/** The org's memory: identity, users, certificates, components and deployments, in memory and optionally on disk. */
export class OrgStore {
  public readonly ids: IdSource;
  public readonly org: OrgIdentity;
  public readonly admin: OrgUser;
  /** Folder that keeps the org across restarts, which only this process uses; undefined for an org that lives in memory. */
  public readonly dataDir: string | undefined;
  #state: OrgState;
  readonly #deployments = new Map<string, DeploymentRecord>();
  readonly #journal: Journal | undefined;
  readonly #lock: ProcessLock | undefined;
  readonly #listeners: ((change: StateChange, state: OrgState) => void)[] = [];

  /**
   * Opens or makes the org. Throws DataDirError when the data directory is damaged or used by another process,
   * InvalidUsernameError for an unusable username, and InvalidCertificateNameError for an unusable certificate.
   */
  public constructor(options: OrgStoreOptions) {
    const now = options.now ?? (() => new Date());
    this.ids = createIdSource();
    this.dataDir = options.dataDir;
    this.#lock = options.dataDir === undefined ? undefined : lockDirectory(options.dataDir);
    try {
      const opened = options.dataDir === undefined ? undefined : openJournal(options.dataDir);
      const { org, state } = this.#replay(opened?.entries ?? []);
      this.org = org ?? {
        id: this.ids.next(KEY_PREFIX.organization),
        name: 'Local Org',
        createdDate: now().toISOString(),
      };
      const complete = completeUsers(
        state.users,
        options.adminUsername,
        options.usernames ?? [],
        this.org.id,
        this.ids,
      );
      const certificates = completeCertificates(state.certificates, options.certificates ?? []);
      this.#state = state.withUsers(complete).withCertificates(certificates);
      this.admin = adminOf(complete, options.adminUsername);
      opened?.journal.close();
      if (options.dataDir !== undefined) {
        rewriteJournal(options.dataDir, this.#snapshot());
        this.#journal = openJournal(options.dataDir).journal;
      }
    } catch (error) {
      this.#lock?.release();
      throw error;
    }
  }

  public get state(): OrgState {
    return this.#state;
  }

  /** What the org's base data is made from, with the users of a state that is not kept yet or, by default, the present one. */
  public facts(state: OrgState = this.#state): OrgFacts {
    return { organization: this.org, adminUsername: this.admin.username, users: state.users };
  }

  public deployment(id: string): DeploymentRecord | undefined {
    return (
      this.#deployments.get(id) ??
      this.#deployments.get(
        [...this.#deployments.keys()].find((known) => known.startsWith(id) && id.length === 15) ?? '',
      )
    );
  }

  /** Newest first. */
  public deployments(): readonly DeploymentRecord[] {
    return [...this.#deployments.values()].reverse();
  }

  /** Remembers a deployment together with what it changed in the org: both or, after a crash, neither. */
  public save(record: DeploymentRecord, change: StateChange = NO_CHANGE): void {
    this.#journal?.append({ kind: 'deployment', record, put: change.put, remove: change.remove });
    this.#remember(record);
    if (change.put.length === 0 && change.remove.length === 0) return;
    this.#state = this.#state.with(change.put, change.remove);
    for (const listener of this.#listeners) listener(change, this.#state);
  }

  /** Calls the listener after every deployment that changed the org, with what it changed and the state after it. */
  public onChange(listener: (change: StateChange, state: OrgState) => void): void {
    this.#listeners.push(listener);
  }

  public close(): void {
    this.#journal?.close();
    this.#lock?.release();
  }

  #remember(record: DeploymentRecord): void {
    this.#deployments.set(record.result.id, record);
    for (const id of this.#deployments.keys()) {
      if (this.#deployments.size <= REMEMBERED_DEPLOYMENTS) break;
      this.#deployments.delete(id);
    }
  }

  #replay(entries: readonly JournalEntry[]): { org: OrgIdentity | undefined; state: OrgState } {
    let org: OrgIdentity | undefined;
    let state = new OrgState(new Map(), []);
    for (const entry of entries) {
      switch (entry.kind) {
        case 'org':
          org = entry.org;
          break;
        case 'users':
          state = state.withUsers(entry.users);
          break;
        case 'certificates':
          state = state.withCertificates(entry.names);
          break;
        case 'components':
          state = state.with(entry.put, []);
          break;
        case 'deployment':
          this.#remember(entry.record);
          state = state.with(entry.put, entry.remove);
          break;
      }
    }
    for (const record of this.#deployments.values()) if (!record.result.done) this.#remember(interrupted(record));
    return { org, state };
  }

  #snapshot(): readonly JournalEntry[] {
    const names = this.#state.certificates;
    return [
      { kind: 'org', version: 1, org: this.org },
      { kind: 'users', users: this.#state.users },
      ...(names.length === 0 ? [] : [{ kind: 'certificates' as const, names }]),
      { kind: 'components', put: this.#state.all() },
      ...[...this.#deployments.values()].map((record) => ({
        kind: 'deployment' as const,
        record,
        put: [],
        remove: [],
      })),
    ];
  }
}

function lockDirectory(directory: string): ProcessLock {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    return takeLock(join(directory, 'lock'));
  } catch (error) {
    if (error instanceof LockedError)
      throw new DataDirError(`The data directory "${directory}" is in use. ${error.message}`, { cause: error });
    throw error;
  }
}

function adminOf(users: readonly OrgUser[], username: string): OrgUser {
  const admin = users.find((user) => user.username.toLowerCase() === username.toLowerCase());
  if (admin === undefined) throw new Error(`The user ${username} was not made.`);
  return admin;
}

function interrupted({ result, options }: DeploymentRecord): DeploymentRecord {
  return {
    options,
    result: {
      ...result,
      status: 'Failed',
      done: true,
      success: false,
      errorMessage: INTERRUPTED,
      errorStatusCode: 'UNKNOWN_EXCEPTION',
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { OrgUser, Problem } from '../model/index.js';
import { readPackage, type PackageReading } from '../package/index.js';
import {
  componentKey,
  KEY_PREFIX,
  type DeploymentRecord,
  type DeployOptions,
  type DeployResult,
  type OrgStore,
  type StateChange,
  type StoredPackage,
} from '../store/index.js';
import type { DeploymentCheck } from './checks.js';
import { DeploymentError } from './deployment-error.js';
import { evaluate, isFatal, type Evaluation } from './evaluate.js';
import { DeploymentCanceled, DeploymentJob } from './job.js';
import { recheckReferences, type ReferenceCheck } from './references.js';
import { pendingResult, withComponents, withTests } from './result.js';
import { refuseTestsWithoutRunner, type TestRunner } from './tests.js';

export interface DeploymentServiceOptions {
  readonly store: OrgStore;
  readonly check: DeploymentCheck;
  /** Finds what still refers to components that are to be deleted; by default the check itself is used for that. */
  readonly findReferences?: ReferenceCheck | undefined;
  /** Runs Apex tests; without it deployments that need tests are refused. */
  readonly runTests?: TestRunner | undefined;
  readonly now?: () => Date;
  /** Told about failures inside the org itself, which clients see only as an internal error. */
  readonly onInternalError?: (error: unknown) => void;
}

/** A validation can be deployed for ten days, and only while nothing else was deployed after it. */
const QUICK_DEPLOY_DAYS = 10;
const CLOSE_GRACE_MILLISECONDS = 2_000;
const DAY_MILLISECONDS = 86_400_000;
const NO_CHANGE: StateChange = { put: [], remove: [] };

interface Work {
  readonly content: StoredPackage;
  readonly problems: readonly Problem[];
  readonly options: DeployOptions;
}

/** Deploys packages, one at a time and in the order of arrival, as an org does. */
export class DeploymentService {
  readonly #store: OrgStore;
  readonly #check: DeploymentCheck;
  readonly #findReferences: ReferenceCheck;
  readonly #runTests: TestRunner | undefined;
  readonly #now: () => Date;
  readonly #onInternalError: (error: unknown) => void;
  readonly #jobs = new Map<string, DeploymentJob>();
  readonly #unseenTests = new Set<string>();
  #queue: Promise<void> = Promise.resolve();
  #closed = false;

  public constructor({ store, check, findReferences, runTests, now, onInternalError }: DeploymentServiceOptions) {
    this.#store = store;
    this.#check = check;
    this.#findReferences = findReferences ?? recheckReferences(check);
    this.#runTests = runTests;
    this.#now = now ?? (() => new Date());
    this.#onInternalError = onInternalError ?? (() => undefined);
  }

  /**
   * Accepts a package. The result is `Pending`; the rest happens in the background. Throws PackageError for an unusable
   * zip, and DeploymentError when the options ask for something that the local org does not do.
   */
  public async submit(zip: Buffer, options: DeployOptions, user: OrgUser): Promise<DeployResult> {
    const reading = await readPackage(zip);
    refuseTestsWithoutRunner(options, reading.package, this.#store.state, this.#runTests);
    return this.#enqueue({ content: contentOf(reading), problems: reading.problems, options }, user);
  }

  /** Deploys what an earlier validation checked. Throws DeploymentError when that validation does not qualify. */
  public quickDeploy(validationId: string, user: OrgUser): DeployResult {
    const { result, options, validated } = this.#record(validationId);
    const completed = result.completedDate;
    if (!result.checkOnly || result.status !== 'Succeeded' || validated === undefined || completed === undefined) {
      throw new DeploymentError(
        'INVALID_ID_FIELD',
        `The deployment ${validationId} is not a validation that succeeded.`,
      );
    }
    if (options.testLevel === 'NoTestRun') {
      throw new DeploymentError(
        'INVALID_ID_FIELD',
        `The validation ${validationId} ran no tests, so it cannot be deployed quickly.`,
      );
    }
    if (this.#now().getTime() - Date.parse(completed) > QUICK_DEPLOY_DAYS * DAY_MILLISECONDS) {
      throw new DeploymentError(
        'INVALID_ID_FIELD',
        `The validation ${validationId} is older than ${QUICK_DEPLOY_DAYS} days. Validate again.`,
      );
    }
    if (this.#isOutdated(validationId)) {
      throw new DeploymentError(
        'INVALID_ID_FIELD',
        `Something was deployed after the validation ${validationId}. Validate again.`,
      );
    }
    return this.#enqueue(
      {
        content: validated,
        problems: [],
        options: { ...options, checkOnly: false, testLevel: 'NoTestRun', runTests: [] },
      },
      user,
    );
  }

  /** State of a deployment, at once when it is done and otherwise after at most `holdMilliseconds`. */
  public async status(id: string, holdMilliseconds = 0): Promise<DeployResult> {
    const known = this.#record(id).result;
    const job = this.#jobs.get(known.id);
    if (job !== undefined) await job.wait(holdMilliseconds);
    const result = job?.result ?? this.#record(id).result;
    // The SF CLI shows the stage of tests, and under CI their failures, only from a state that is not final: show it one.
    return this.#unseenTests.delete(result.id)
      ? { ...result, status: 'InProgress', done: false, success: false }
      : result;
  }

  /** Asks a deployment to stop. Throws DeploymentError when it is over already. */
  public cancel(id: string, user: OrgUser): DeployResult {
    const known = this.#record(id).result;
    const job = this.#jobs.get(known.id);
    if (job === undefined || job.result.done)
      throw new DeploymentError('INVALID_ID_FIELD', `Deployment already completed: ${id}`);
    const by = { canceledBy: user.id, canceledByName: user.name };
    if (job.result.status === 'Pending') this.#finish(job, { ...job.result, ...by, status: 'Canceled' }, NO_CHANGE);
    else job.update({ ...job.result, ...by, status: 'Canceling' });
    job.cancel();
    return job.result;
  }

  /** Cancels what is waiting or running, and resolves when it has stopped, or has not within the grace time. Nothing may be submitted afterwards. */
  public async close(): Promise<void> {
    const running = [...this.#jobs.values()];
    this.#closed = true;
    for (const job of running) job.cancel();
    await Promise.race([this.#queue, delay(CLOSE_GRACE_MILLISECONDS, undefined, { ref: false })]);
  }

  #record(id: string): Pick<DeploymentRecord, 'result' | 'options' | 'validated'> {
    const record = this.#store.deployment(id);
    if (record === undefined)
      throw new DeploymentError(
        'INVALID_CROSS_REFERENCE_KEY',
        `invalid cross reference id: this org knows no deployment ${id}`,
      );
    return record;
  }

  #isOutdated(validationId: string): boolean {
    for (const { result } of this.#store.deployments()) {
      if (result.id === this.#record(validationId).result.id) return false;
      if (!result.checkOnly && (result.status === 'Succeeded' || result.status === 'SucceededPartial')) return true;
    }
    return true;
  }

  #enqueue(work: Work, user: OrgUser): DeployResult {
    const pending = pendingResult(this.#store.ids.next(KEY_PREFIX.deployment), work.options, user, this.#timestamp());
    const job = new DeploymentJob(pending);
    this.#jobs.set(pending.id, job);
    this.#store.save({ result: pending, options: work.options });
    this.#queue = this.#queue.then(() => this.#run(job, work));
    return pending;
  }

  async #run(job: DeploymentJob, work: Work): Promise<void> {
    if (job.result.done || this.#closed) return;
    const startDate = this.#timestamp();
    job.update({
      ...job.result,
      status: 'InProgress',
      startDate,
      lastModifiedDate: startDate,
      numberComponentsTotal: work.content.components.length,
    });
    try {
      await this.#deploy(job, work);
    } catch (error) {
      // The store is closing: a deployment that has not ended is reported as interrupted at the next start.
      if (this.#closed) return;
      if (error instanceof DeploymentCanceled) this.#finish(job, { ...job.result, status: 'Canceled' }, NO_CHANGE);
      else {
        this.#onInternalError(error);
        const errorMessage = `The local org failed while deploying: ${error instanceof Error ? error.message : String(error)}`;
        this.#finish(
          job,
          { ...job.result, status: 'Failed', errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' },
          NO_CHANGE,
        );
      }
    }
  }

  async #deploy(job: DeploymentJob, work: Work): Promise<void> {
    const { options, content } = work;
    const named = new Set(content.named);
    const evaluation = await evaluate({
      package: {
        ...content,
        components: content.components.map((component) => ({ ...component, metaXml: component.metaXml })),
      },
      problems: work.problems,
      isNamed: (type, fullName) => named.has(componentKey(type, fullName)),
      options,
      state: this.#store.state,
      check: this.#check,
      findReferences: this.#findReferences,
      ids: this.#store.ids,
      now: this.#timestamp(),
      signal: job.signal,
    });
    job.signal.throwIfAborted();
    job.update(withComponents(job.result, evaluation, content.root, this.#timestamp()));
    const keepable = isKeepable(evaluation, options);
    const testsPassed = keepable ? await this.#test(job, work, evaluation) : true;
    job.signal.throwIfAborted();
    const status = statusOf(evaluation, keepable && testsPassed);
    const keep = keepable && testsPassed && !options.checkOnly;
    const validated = options.checkOnly && status === 'Succeeded' ? content : undefined;
    this.#finish(
      job,
      { ...job.result, status, success: status === 'Succeeded' || status === 'SucceededPartial' },
      keep ? evaluation.change : NO_CHANGE,
      options,
      validated,
    );
  }

  async #test(job: DeploymentJob, { options }: Work, { state }: Evaluation): Promise<boolean> {
    if (options.testLevel === 'NoTestRun' || this.#runTests === undefined) return true;
    const tests = await this.#runTests({
      level: options.testLevel,
      tests: options.runTests,
      org: state,
      signal: job.signal,
      onProgress: (soFar, total) => job.update(withTests(job.result, soFar, total)),
    });
    job.update(withTests(job.result, tests, tests.numTestsRun));
    if (tests.numTestsRun > 0) this.#unseenTests.add(job.result.id);
    return tests.numFailures === 0;
  }

  #finish(
    job: DeploymentJob,
    result: DeployResult,
    change: StateChange,
    options?: DeployOptions,
    validated?: StoredPackage,
  ): void {
    const now = this.#timestamp();
    const final: DeployResult = { ...result, done: true, completedDate: now, lastModifiedDate: now };
    this.#store.save({ result: final, options: options ?? this.#record(final.id).options, validated }, change);
    job.update(final);
    this.#jobs.delete(final.id);
  }

  #timestamp(): string {
    return this.#now().toISOString();
  }
}

function isKeepable({ failures, outcomes, standsAlone }: Evaluation, options: DeployOptions): boolean {
  if (failures.length === 0) return true;
  return !options.rollbackOnError && standsAlone && outcomes.length > 0 && !failures.some(isFatal);
}

function statusOf({ failures }: Evaluation, kept: boolean): 'Succeeded' | 'SucceededPartial' | 'Failed' {
  if (!kept) return 'Failed';
  return failures.length === 0 ? 'Succeeded' : 'SucceededPartial';
}

function contentOf(reading: PackageReading): StoredPackage {
  const { package: pkg, manifest, root } = reading;
  return {
    apiVersion: pkg.apiVersion,
    root,
    components: pkg.components,
    deletions: pkg.deletions,
    named: pkg.components
      .filter(({ type, fullName }) => manifest.covers(type, fullName))
      .map(({ type, fullName }) => componentKey(type, fullName)),
  };
}

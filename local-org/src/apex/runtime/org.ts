import type { Store } from '../../data/index.js';
import type { DeliveryOutcome } from './event-steps.js';
import type { TimerPort } from './job.js';
import type { Steps } from './steps.js';
import type { Suspendable } from './suspension.js';
import type { TestState } from './transaction.js';
import {
  STATUSES,
  DmlEngine,
  FormulaEngine,
  type FormulaGlobals,
  recordOf,
  type DmlHooks,
  type ObjectSchema,
  type Row,
  type SchemaRegistry,
  type SObject,
} from '../../data/index.js';

/** Gives the time; real, virtual, or fixed for a test. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const wallClock: Clock = { now: () => Date.now() };

/** Ids of the records that every org has. */
export interface OrgIdentity {
  readonly organizationId: string;
  /** System administrator who runs anonymous blocks and tests. */
  readonly adminId: string;
  readonly automatedProcessId: string;
  /** Runs schedule-triggered flows, and stands in for users who are no longer active (PLATFORM 1.5.4). */
  readonly defaultWorkflowUserId: string;
  readonly adminProfileId: string;
}

/** Something that the org would have done, but does not do yet; shown with the result. */
export type Notice = string;

/** Runs deployed flows: what the runtime calls when records change and when a test flushes its work. */
export interface FlowHooks extends Pick<DmlHooks, 'beforeSaveFlows' | 'afterSaveFlows' | 'saveEnded'> {
  /** Runs the asynchronous paths that a test has queued. */
  runTest(test: TestState): void;
  /** Forgets what is left of a test that is over. */
  dropTest(test: TestState): void;
  /**
   * An interview of an autolaunched flow that Apex starts.
   * @param inputs Apex values of its input variables, by their names
   * @throws System.TypeException when there is no such flow, System.FlowException when it cannot be started so
   */
  createInterview(flowName: string, inputs: ReadonlyMap<string, unknown>): FlowInterview;
  /** Brings the timers of schedule-triggered flows up to what is deployed; called when a runtime takes over. */
  armSchedules(timers: TimerPort): void;
  /** The flows that platform events of an object start. */
  eventFlows(objectName: string): readonly EventFlow[];
}

/** An interview that Apex holds. */
export interface FlowInterview {
  /** Runs it in the running transaction. @throws System.FlowException for a fault that no fault path takes */
  start(): Suspendable<void>;
  /** Apex value of an output variable; null for everything else. */
  variable(name: string): unknown;
}

/** A flow that platform events start. */
export interface EventFlow {
  readonly name: string;
  /** Name of the event object. */
  readonly object: string;
  /** Most events that it takes at once. */
  readonly maximumBatch: number;
  /** Runs it for events of its object, at most `maximumBatch`. */
  deliver(events: readonly SObject[], test: TestState | undefined): Steps<DeliveryOutcome>;
}

/** Data of the org and the engines on it. The store changes when a test class starts with a view of its own. */
export class OrgData {
  private current: Store;
  readonly formulas: FormulaEngine;
  readonly dml: DmlEngine;

  constructor(
    readonly schema: SchemaRegistry,
    store: Store,
    readonly identity: OrgIdentity,
    readonly clock: Clock,
    globals: FormulaGlobals,
    hooks: DmlHooks,
  ) {
    this.current = store;
    const session = { ...globals, now: () => clock.now(), organizationId: () => identity.organizationId };
    this.formulas = new FormulaEngine(schema, () => this.current, session);
    this.dml = new DmlEngine(() => this.current, this.formulas, session, hooks);
  }

  get store(): Store {
    return this.current;
  }

  /** A stored row as a record with every value, calculated fields included. */
  recordOf(object: ObjectSchema, row: Row): SObject {
    return recordOf(this, object, row);
  }

  /** Works on a view of the records until `leave` is called. */
  enter(view: Store): () => void {
    const before = this.current;
    this.current = view;
    return () => {
      this.current = before;
    };
  }
}

/** Objects whose rows tests see although they are not their own (Apex Developer Guide: Isolation of Test Data). */
const SETUP_OBJECTS: ReadonlySet<string> = new Set([
  'User',
  'Profile',
  'UserLicense',
  'Organization',
  'RecordType',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
  'PermissionSetGroup',
  'PermissionSetGroupComponent',
  'CustomPermission',
  'ExternalCredential',
  'ExternalCredentialParameter',
  'UserRole',
  'Group',
  'GroupMember',
  'QueueSobject',
  'ApexClass',
  'ApexTrigger',
  'EmailTemplate',
  'CustomNotificationType',
  'CronTrigger',
  'CronJobDetail',
  'AsyncApexJob',
  'EntityDefinition',
  'FieldDefinition',
  'StaticResource',
  'BusinessHours',
  ...Object.keys(STATUSES),
]);

export function isVisibleInTests(object: ObjectSchema | string): boolean {
  const name = typeof object === 'string' ? object : object.name;
  return SETUP_OBJECTS.has(name) || name.toLowerCase().endsWith('__mdt');
}

/** Objects that must not be changed in one transaction with others (Apex Developer Guide: sObjects That Cannot Be Used Together in DML Operations). */
export const MIXED_DML_SETUP: ReadonlySet<string> = new Set([
  'User',
  'UserRole',
  'Group',
  'GroupMember',
  'PermissionSet',
  'PermissionSetAssignment',
  // The guide does not list groups; apex-recipes' PSGTestingRecipes changes them together with users and assignments.
  'PermissionSetGroup',
  'PermissionSetGroupComponent',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
  'QueueSobject',
  'ObjectTerritory2AssignmentRule',
  'Territory2',
  'UserTerritory2Association',
  'UserPackageLicense',
]);

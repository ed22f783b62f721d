import type { FlowElement } from './elements.js';
import type { FlowResource } from './resources.js';
import type { FlowFilters, FlowText } from './values.js';

/** When a record starts a flow: filters or a formula; with neither, always. */
export type FlowEntry =
  | { readonly kind: 'always' }
  | { readonly kind: 'filters'; readonly filters: FlowFilters }
  | { readonly kind: 'formula'; readonly expression: string };

export type FlowOffsetUnit = 'Days' | 'Hours' | 'Minutes' | 'Months' | 'Weeks';

/** A path that runs later (PLATFORM 2.2). */
export interface FlowScheduledPath {
  readonly name: string;
  readonly label: string;
  readonly next: string | undefined;
  readonly offset: number;
  readonly unit: FlowOffsetUnit;
  /** Date or date/time field that the offset counts from; undefined: the save that started the flow. */
  readonly recordField: string | undefined;
  readonly maxBatchSize: number;
}

/** Started by a person or by a caller. */
export interface FlowCalledStart {
  readonly kind: 'called';
  readonly next: string | undefined;
}

export interface FlowRecordStart {
  readonly kind: 'record';
  readonly timing: 'afterSave' | 'beforeDelete' | 'beforeSave';
  readonly object: string;
  readonly operations: ReadonlySet<'delete' | 'insert' | 'update'>;
  readonly entry: FlowEntry;
  /** An update starts the flow only when the record did not meet the criteria before it. */
  readonly changedToMeet: boolean;
  readonly next: string | undefined;
  readonly paths: readonly FlowScheduledPath[];
  /** Element of the path that runs after the commit; undefined when there is no such path. */
  readonly asyncPath: string | undefined;
}

export interface FlowSchedule {
  readonly frequency: 'Daily' | 'Once' | 'Weekly';
  /** `2026-11-23` */
  readonly startDate: string;
  /** `10:30:00.000Z`, in the org's default time zone (PLATFORM 2.1). */
  readonly startTime: string;
}

export interface FlowScheduledStart {
  readonly kind: 'schedule';
  readonly schedule: FlowSchedule;
  /** One interview runs for each record of the object that the filters find; undefined: one interview without a record. */
  readonly object: string | undefined;
  readonly filters: FlowFilters;
  readonly next: string | undefined;
}

export interface FlowEventStart {
  readonly kind: 'event';
  readonly object: string;
  readonly entry: FlowEntry;
  readonly runAs: 'DefaultWorkflowUser' | 'TriggeringUser';
  readonly next: string | undefined;
}

export type FlowStart = FlowCalledStart | FlowEventStart | FlowRecordStart | FlowScheduledStart;

export type FlowRunMode = 'DefaultMode' | 'SystemModeWithSharing' | 'SystemModeWithoutSharing';

/** A flow as the engine runs it. Never changes. */
export interface FlowDefinition {
  /** API name. */
  readonly name: string;
  readonly label: string;
  readonly apiVersion: number;
  readonly processType: 'AutoLaunchedFlow' | 'Flow';
  readonly isActive: boolean;
  readonly runMode: FlowRunMode;
  readonly interviewLabel: FlowText;
  /** 1 to 2000; undefined when the flow takes the place between 1000 and 1001. */
  readonly triggerOrder: number | undefined;
  readonly start: FlowStart;
  /** By lower-cased name. */
  readonly elements: ReadonlyMap<string, FlowElement>;
  /** By lower-cased name. */
  readonly resources: ReadonlyMap<string, FlowResource>;
}

/** Door of what runs the jobs, events, scheduled Apex and timers of an org, under its clock. */
export { Kernel, type Advance, type KernelOptions, type KernelOrg } from './kernel.js';
export type { SubscriberSource } from './event-delivery.js';
export type { KernelEntries, KernelJournal } from './state.js';
export type { EventSubscriber, SubscriberBatch, SubscriberSettings } from './subscriber.js';
export type { Timer, TimerHandler, Timers } from './timers.js';

/** The door of the external system: a server to call in tests and demos. */
export { startExternalSystem, type ExternalSystem, type ExternalSystemOptions } from './external-system.js';
export type { Behaviour, BehaviourInput, Fault } from './behaviour/index.js';
export type { AccountRegistration, ClientRegistration } from './registry.js';
export type { JournalQuery, JournalSummary, Outcome, ReceivedRequest, Sender, TokenRequest } from './journal.js';

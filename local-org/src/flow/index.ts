/** Door of the flow engine: runs deployed flows with the platform's bulk, fault, transaction and start rules. */
export { findInvocable } from './actions/invocable.js';
export { callApexAction, InvalidInput, type ActionInputs, type ActionOutcome } from './calls/index.js';
export { connectFlows, flowsOf, type FlowKernel, type FlowSubscriber } from './connect.js';
export { flowEngine, FlowRunner } from './engine.js';
export type { ScreenProblem, ScreenValues, ShownField } from './screens/fields.js';
export type { ScreenFlow, ScreenState } from './screens/screen-flow.js';

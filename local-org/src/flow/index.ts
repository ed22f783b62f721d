/** Door of the flow engine: runs deployed flows with the platform's bulk, fault, transaction and start rules. */
export { connectFlows, type FlowKernel, type FlowSubscriber } from './connect.js';
export { flowEngine, FlowRunner } from './engine.js';

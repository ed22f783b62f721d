import { CIRCUIT } from './circuit.js';
import type { ObjectDefinition } from './definition.js';
import { HEARTBEAT } from './heartbeat.js';
import { POLICY } from './policy.js';
import { QUEUE } from './queue.js';
import { TOKEN_STATUS } from './token-status.js';
import { WAKEUP } from './wakeup.js';

export { CIRCUIT } from './circuit.js';
export type { FieldPart, LayoutDefinition, ObjectDefinition } from './definition.js';
export { HEARTBEAT } from './heartbeat.js';
export { POLICY } from './policy.js';
export { QUEUE } from './queue.js';
export type { Category, QueueSource, QueueStatus } from './queue.js';
export { TOKEN_STATUS } from './token-status.js';
export { WAKEUP } from './wakeup.js';

/** Every object of the runtime. */
export const OBJECTS: readonly ObjectDefinition[] = [QUEUE, CIRCUIT, HEARTBEAT, TOKEN_STATUS, POLICY, WAKEUP];

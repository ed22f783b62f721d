import type { GeneratedFile } from '../../model/index.js';
import { metadataFile, type FilePlace } from '../metadata-file.js';
import type { RuntimeFlow } from './elements.js';
import { HEARTBEAT_FLOW } from './heartbeat-flow.js';
import { RETRY_FLOW } from './retry-flow.js';
import { WATCHDOG_FLOW } from './watchdog-flow.js';

export { emitTriggerFlow } from './trigger-flow.js';

/** The flows that every integration shares. */
const RUNTIME_FLOWS: readonly RuntimeFlow[] = [RETRY_FLOW, HEARTBEAT_FLOW, WATCHDOG_FLOW];

export function emitRuntimeFlows(place: FilePlace): GeneratedFile[] {
  return RUNTIME_FLOWS.map(({ name, flow }) => metadataFile(place, `flows/${name}.flow-meta.xml`, 'Flow', flow));
}

import { performDml, type ApexRuntime } from '../../../apex/runtime/index.js';
import type { SObject } from '../../../data/index.js';
import { recordRefusal } from '../errors.js';

export interface PublishResult {
  readonly id: string | null;
  readonly success: true;
  readonly errors: readonly object[];
}

/**
 * Publishes a platform event. The Id is a placeholder, and the only "error" says that the event is queued (Platform Events Developer Guide: Publish
 * Event Messages with Salesforce APIs).
 */
export function publishEvent(runtime: ApexRuntime, event: SObject): PublishResult {
  const [outcome] = performDml(runtime, 'insert', [event], {
    allOrNone: true,
    externalId: null,
    userMode: true,
    forApi: true,
  });
  if (outcome === undefined || !outcome.success) throw recordRefusal(outcome?.errors ?? []);
  return {
    id: outcome.id,
    success: true,
    errors: [{ statusCode: 'OPERATION_ENQUEUED', message: outcome.operationId ?? '', fields: [] }],
  };
}

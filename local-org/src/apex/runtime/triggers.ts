import type { ObjectSchema, RecordError, TriggerBatch } from '../../data/index.js';
import { codeId } from './code-ids.js';
import { inCodeUnit, type CodeUnit } from './code-unit.js';
import { asThrowable, ApexThrowable, isCatchable } from './exceptions.js';
import type { Runnable } from './program.js';
import type { ApexRuntime } from './runtime.js';
import { stackTrace } from './stack.js';
import { exceptionText } from './text.js';

/** A deployed trigger. */
export interface TriggerSource {
  readonly name: string;
  /** Lower-cased name of its object. */
  readonly object: string;
  /** `before insert` ... */
  readonly events: ReadonlySet<string>;
  readonly runnable: Runnable;
}

/** How deep triggers may start triggers (Apex Developer Guide: Execution Governors and Limits). */
const MAX_TRIGGER_DEPTH = 16;

/** Runs the triggers of an object on a batch. An exception becomes an error of every record of the batch, as on the platform. */
export function runTriggers(runtime: ApexRuntime, batch: TriggerBatch): void {
  const event = `${batch.timing} ${batch.operation}`;
  for (const trigger of runtime.triggers) {
    if (trigger.object !== batch.object.name.toLowerCase() || !trigger.events.has(event)) continue;
    const { tx } = runtime;
    if (tx.triggerFrames.length >= MAX_TRIGGER_DEPTH) {
      addToAll(batch, {
        statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        message: `${trigger.name}: maximum trigger depth exceeded`,
        fields: [],
      });
      return;
    }
    tx.triggerFrames.push({
      timing: batch.timing,
      operation: batch.operation,
      objectName: batch.object.name,
      newRecords: batch.newRecords,
      oldRecords: batch.oldRecords,
    });
    const { depth } = runtime.thread;
    try {
      inCodeUnit(
        runtime,
        () => triggerUnit(runtime, trigger, batch.object.name, batch),
        () => trigger.runnable.run(),
      );
    } catch (error) {
      const thrown = asThrowable(error);
      if (!(thrown instanceof ApexThrowable) || !isCatchable(thrown)) throw thrown;
      runtime.thread.depth = depth;
      addToAll(batch, triggerError(trigger.name, batch, thrown));
    } finally {
      tx.triggerFrames.pop();
    }
  }
}

/** `MyTrigger on Account trigger event BeforeInsert`. */
export function triggerUnit(
  runtime: ApexRuntime,
  { name }: TriggerSource,
  objectName: string,
  { timing, operation }: Pick<TriggerBatch, 'timing' | 'operation'>,
): CodeUnit {
  return {
    id: codeId(runtime.data.store, 'ApexTrigger', name),
    name: `${name} on ${objectName} trigger event ${capital(timing)}${capital(operation)}`,
    typeRef: `__sfdc_trigger/${name}`,
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function triggerError(name: string, batch: TriggerBatch, thrown: ApexThrowable): RecordError {
  return {
    statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: `${name}: execution of ${capital(batch.timing)}${capital(batch.operation)}\n\ncaused by: ${exceptionText(thrown)}\n\n${stackTrace(thrown)}`,
    fields: [],
  };
}

function addToAll(batch: TriggerBatch, error: RecordError): void {
  for (const record of batch.newRecords ?? batch.oldRecords ?? []) record.errors.push(error);
}

/** True when some trigger of the object runs at that point. */
export function hasTrigger(runtime: ApexRuntime, object: ObjectSchema, event: string): boolean {
  return runtime.triggers.some((trigger) => trigger.object === object.name.toLowerCase() && trigger.events.has(event));
}

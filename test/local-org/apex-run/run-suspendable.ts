import {
  createEngine,
  runAnonymousSuspendable,
  type ApexEngine,
  type EngineOptions,
} from '../../../local-org/src/apex/test-runner/index.js';
import type { CalloutPort, CalloutRequest, CalloutResponse } from '../../../local-org/src/apex/runtime/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { debugLines } from '../../support/debug-lines.js';
import { apex } from './run.js';

/** An engine whose debug lines go to `lines`. @throws Error with the compile errors */
export function engineWith(
  sources: readonly (string | Component)[],
  lines: string[],
  options: Omit<EngineOptions, 'components' | 'traces'> = {},
): ApexEngine {
  const result = createEngine({
    ...options,
    components: sources.map((source) => (typeof source === 'string' ? apex(source) : source)),
    traces: debugLines((text) => lines.push(text)),
  });
  if (result.ok) return result.engine;
  throw new Error(
    result.errors.map((error) => `${error.fileName}:${error.line}:${error.column} ${error.message}`).join('\n'),
  );
}

/** Runs a block that may wait. @throws Error with the compile errors, or the Apex exception that nobody caught */
export async function runBlock(engine: ApexEngine, body: string): Promise<void> {
  const result = await runAnonymousSuspendable(engine, body);
  if (!result.ok)
    throw new Error(result.compileErrors.map((error) => `${error.line}:${error.column} ${error.message}`).join('\n'));
}

export function response(body: string, status = 200, statusText = 'OK'): CalloutResponse {
  return { status, statusText, headers: [['Content-Type', 'text/plain']], body: Buffer.from(body) };
}

/** A port that answers each request with the last part of its endpoint, when the event loop comes round. */
export const echo: CalloutPort = async (request) => {
  await new Promise((resolve) => setImmediate(resolve));
  return response(request.endpoint.slice(request.endpoint.lastIndexOf('/') + 1));
};

/** A port whose requests wait until the test answers them. */
export class HeldCallouts {
  readonly requests: CalloutRequest[] = [];
  private readonly waiting: ((response: CalloutResponse) => void)[] = [];

  readonly port: CalloutPort = (request) =>
    new Promise((resolve) => {
      this.requests.push(request);
      this.waiting.push(resolve);
    });

  /** Answers the oldest request that waits. */
  answer(body: string): void {
    this.waiting.shift()?.(response(body));
  }
}

/** Lets everything run that can run without time passing. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

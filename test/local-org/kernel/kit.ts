import {
  createEngine,
  runAnonymousSuspendable,
  type ApexEngine,
  type EngineOptions,
} from '../../../local-org/src/apex/test-runner/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { OrgClock } from '../../../local-org/src/platform/clock/index.js';
import { Kernel, type KernelOptions } from '../../../local-org/src/platform/kernel/index.js';
import { apex } from '../apex-run/run.js';
import { debugLines } from '../../support/debug-lines.js';

/** 2026-03-02T09:00:00Z, a Monday. */
export const START = Date.UTC(2026, 2, 2, 9);

export interface TestOrg {
  readonly engine: ApexEngine;
  readonly kernel: Kernel;
  readonly clock: OrgClock;
  /** What is deployed; tests may add to what is read later. */
  readonly components: Component[];
  /** What Apex debugged. */
  readonly lines: string[];
  /** Errors that belong to nobody. */
  readonly errors: unknown[];
  /** Runs a block as the administrator or another user, and what it left behind that is due. */
  run(body: string, userId?: string): Promise<void>;
  /** The lines that a block debugs. */
  ask(body: string): Promise<readonly string[]>;
}

export interface TestOrgOptions {
  readonly engine?: Pick<EngineOptions, 'callouts' | 'limits' | 'elapsed'>;
  readonly kernel?: Partial<KernelOptions>;
  readonly clock?: OrgClock;
}

/** An org with a virtual clock and a kernel over the given sources. @throws Error with the compile errors */
export function orgOf(sources: readonly (string | Component)[], options: TestOrgOptions = {}): TestOrg {
  const lines: string[] = [];
  const errors: unknown[] = [];
  const clock = options.clock ?? new OrgClock('virtual', Date.now, START);
  const components = sources.map((source) => (typeof source === 'string' ? apex(source) : source));
  const result = createEngine({
    ...options.engine,
    components,
    clock,
    traces: debugLines((text) => lines.push(text)),
  });
  if (!result.ok)
    throw new Error(
      result.errors.map((error) => `${error.fileName}:${error.line}:${error.column} ${error.message}`).join('\n'),
    );
  const { engine } = result;
  const kernel = new Kernel({
    org: { runtime: () => engine.runtime, components: () => components },
    clock,
    onError: (error) => errors.push(error),
    ...options.kernel,
  });
  kernel.attach(engine.runtime);
  const run = async (body: string, userId?: string): Promise<void> => {
    const block = await runAnonymousSuspendable(engine, body, userId);
    if (!block.ok)
      throw new Error(block.compileErrors.map((error) => `${error.line}:${error.column} ${error.message}`).join('\n'));
    await kernel.whenIdle();
  };
  const ask = async (body: string): Promise<readonly string[]> => {
    const before = lines.length;
    await run(body);
    return lines.splice(before);
  };
  return { engine, kernel, clock, components, lines, errors, run, ask };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A platform event with a text. */
export function eventObject(name: string, publishBehavior = 'PublishAfterCommit'): Component {
  return {
    type: 'CustomObject',
    fullName: `${name}__e`,
    fileName: `objects/${name}__e.object`,
    metaXml: undefined,
    content: `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>${name}</label><pluralLabel>${name}</pluralLabel><publishBehavior>${publishBehavior}</publishBehavior><fields><fullName>Text__c</fullName><label>Text</label><length>40</length><type>Text</type></fields></CustomObject>`,
  };
}

/** How a trigger gets its events. `more`: further elements. */
export function subscriberConfig(consumer: string, more: string): Component {
  return {
    type: 'PlatformEventSubscriberConfig',
    fullName: `${consumer}Config`,
    fileName: `PlatformEventSubscriberConfigs/${consumer}Config.platformEventSubscriberConfig`,
    metaXml: undefined,
    content: `<?xml version="1.0" encoding="UTF-8"?><PlatformEventSubscriberConfig xmlns="http://soap.sforce.com/2006/04/metadata"><platformEventConsumer>${consumer}</platformEventConsumer><masterLabel>${consumer}</masterLabel>${more}</PlatformEventSubscriberConfig>`,
  };
}

import { createEngine, runAnonymous, type ApexEngine } from '../../../local-org/src/apex/test-runner/index.js';
import type { TraceSink } from '../../../local-org/src/apex/runtime/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { DebugLog, type LogLevels } from '../../../local-org/src/platform/debug-log/index.js';
import { apex } from '../apex-run/run.js';

/** 2026-11-23T10:00:00.042Z */
export const NOW = Date.UTC(2026, 10, 23, 10, 0, 0, 42);

/** Every category at its most detailed. */
export const FINEST: LogLevels = {
  ApexCode: 'FINEST',
  ApexProfiling: 'FINEST',
  Callout: 'FINEST',
  Database: 'FINEST',
  NBA: 'FINEST',
  System: 'FINEST',
  Validation: 'FINEST',
  Visualforce: 'FINEST',
  Wave: 'FINEST',
  Workflow: 'FINEST',
};

/** Gives each transaction a log of its own. */
export function logsTo(logs: DebugLog[], levels: () => LogLevels, timeZone = 'GMT'): TraceSink {
  return {
    begin: ({ userId }) => {
      const user = { id: userId, username: 'admin@local.org', timeZone };
      const classId = (name: string): string => `01p-${name}`;
      const log = new DebugLog({ levels: levels(), user, clock: { now: () => NOW }, classId });
      logs.push(log);
      return log.begin();
    },
  };
}

/** An org whose transactions are logged; each gets a log of its own. */
export interface LoggedOrg {
  readonly engine: ApexEngine;
  readonly logs: readonly DebugLog[];
}

export function loggedOrg(
  levels: LogLevels | (() => LogLevels),
  sources: readonly (string | Component)[],
  timeZone = 'GMT',
): LoggedOrg {
  const logs: DebugLog[] = [];
  const traces = logsTo(logs, typeof levels === 'function' ? levels : () => levels, timeZone);
  const components = sources.map((source) => (typeof source === 'string' ? apex(source) : source));
  const built = createEngine({ components, traces, clock: { now: () => NOW } });
  if (!built.ok) throw new Error(JSON.stringify(built.errors));
  return { engine: built.engine, logs };
}

/** Events of a log without the time: `USER_DEBUG|[1]|DEBUG|text`. Lines without a time belong to the event above. */
export function eventsOf(log: DebugLog | undefined): readonly string[] {
  const events: string[] = [];
  for (const line of String(log ?? '')
    .split('\n')
    .slice(1)) {
    const event = /^\d\d:\d\d:\d\d\.\d{3} \(\d+\)\|(.*)$/.exec(line)?.[1];
    if (event !== undefined) events.push(event);
    else if (events.length > 0) events.push(`${events.pop() ?? ''}\n${line}`);
  }
  return events.map((event) => event.trimEnd());
}

/** Events of the first log of an org that runs a block; an exception of the block stays in the log. */
export function logged(
  block: string,
  levels: LogLevels,
  ...sources: readonly (string | Component)[]
): readonly string[] {
  const org = loggedOrg(levels, sources);
  try {
    const run = runAnonymous(org.engine, block);
    if (!run.ok) throw new Error(JSON.stringify(run.compileErrors));
  } catch (error) {
    if (org.logs[0] === undefined) throw error;
  }
  return eventsOf(org.logs[0]);
}

/** Names of the events, without those of limits. */
export function names(events: readonly string[]): readonly string[] {
  return events.map((event) => event.split('|')[0] ?? '').filter((name) => !/LIMIT/.test(name));
}

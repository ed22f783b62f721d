import { ApexDatetime, type FieldValue } from '../../../local-org/src/data/index.js';
import type { LiveOrg } from '../../../local-org/src/platform/live/index.js';
import { Tooling } from '../../../local-org/src/server/tooling/index.js';
import { liveOrg, NOW, type LiveTestOrg } from '../live/kit.js';

/** A live org with its Tooling API, and what that announces. */
export interface ToolingOrg extends LiveTestOrg {
  readonly tooling: Tooling;
  /** Ids of kept debug logs. */
  readonly logs: readonly string[];
  /** Ids of test runs that changed. */
  readonly runs: readonly string[];
  /** Traces a user from now on, at most at these levels. */
  trace(
    userId: string,
    levels: Readonly<Record<string, FieldValue>>,
    flag?: Readonly<Record<string, FieldValue>>,
  ): void;
}

export function toolingOrg(): ToolingOrg {
  const org = liveOrg();
  const logs: string[] = [];
  const runs: string[] = [];
  const tooling = toolingOf(
    org.live,
    (id) => logs.push(id),
    (id) => runs.push(id),
  );
  let flags = 0;
  return {
    ...org,
    tooling,
    logs,
    runs,
    trace: (userId, levels, flag = {}) => {
      const name = `Level_${++flags}`;
      const [levelId = ''] = org.insert('DebugLevel', { DeveloperName: name, MasterLabel: name, ...levels });
      org.insert('TraceFlag', {
        TracedEntityId: userId,
        DebugLevelId: levelId,
        LogType: 'USER_DEBUG',
        StartDate: new ApexDatetime(NOW - 60_000),
        ExpirationDate: new ApexDatetime(NOW + 60_000),
        ...flag,
      });
    },
  };
}

/** The Tooling API of a live org; an internal error fails the test. */
export function toolingOf(
  live: LiveOrg,
  onLog: (id: string) => void = () => undefined,
  onTestRun: (id: string) => void = () => undefined,
): Tooling {
  return new Tooling({
    live,
    onLog,
    onTestRun,
    onInternalError: (error) => {
      throw error;
    },
  });
}

/** Waits until the condition holds, a turn of the event loop at a time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition())
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
}

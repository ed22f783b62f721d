import { ApexDatetime, type FieldValue } from '../../../local-org/src/data/index.js';
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
  const tooling = new Tooling({
    live: org.live,
    onLog: (id) => logs.push(id),
    onTestRun: (id) => runs.push(id),
  });
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

/** Waits until the condition holds, a turn of the event loop at a time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition())
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
}

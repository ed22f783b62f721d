import { parseArgs } from 'node:util';
import { runService } from '../../service/index.js';
import { startExternalSystem } from '../external-system.js';
import { readBehaviourFile } from './behaviour-file.js';
import { EXTERNAL_TITLE } from './external-service.js';

await main();

/** Runs the external system that the arguments describe. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'state-file': { type: 'string' },
      port: { type: 'string', default: '0' },
      seed: { type: 'string' },
      behaviour: { type: 'string' },
    },
  });
  const { 'state-file': stateFile, port, seed, behaviour } = values;
  if (stateFile === undefined) throw new Error('An external system process needs --state-file.');
  await runService({
    title: EXTERNAL_TITLE,
    stateFile,
    port,
    start: async (log) => {
      const system = await startExternalSystem({
        port: Number(port),
        seed: seed === undefined ? undefined : Number(seed),
        ...(behaviour === undefined ? {} : { behaviour: readBehaviourFile(behaviour) }),
        log,
      });
      const state = {
        pid: process.pid,
        port: system.port,
        url: system.url,
        startedAt: new Date().toISOString(),
      };
      return { state, close: () => system.close() };
    },
  });
}

// Inserts accounts one by one into the org of the directory, and prints the name of each when it is saved, until it is killed.
import { LiveOrg } from '../../../local-org/src/platform/live/index.js';
import { OrgStore } from '../../../local-org/src/store/index.js';

const store = new OrgStore({ adminUsername: 'admin@test.example', dataDir: process.argv[2] });
const live = new LiveOrg({ store, clock: { now: () => Date.now() } });
const count = live.section('count');

function insert(at: number): void {
  const name = `n${at}`;
  live.execute(store.admin.id, (runtime, tx) => {
    runtime.data.dml.execute({
      operation: 'insert',
      records: [runtime.record('Account', { Name: name })],
      allOrNone: true,
    });
    tx.afterCommit.push(() => count.put('last', name));
  });
  process.stdout.write(`${name}\n`);
  setImmediate(insert, at + 1);
}
insert(0);

import { expect } from 'chai';
import { listen, type OrgEvent } from '../../../generator/src/watch/index.js';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { authorized, call, type Answer } from '../../local-org/support/http.js';

const V = '/services/data/v66.0';

describe('watching an org', () => {
  let org: LocalOrg;
  beforeEach(async () => {
    org = await createLocalOrg();
  });
  afterEach(() => org.close());

  const post = (path: string, body: unknown): Promise<Answer> =>
    call(org, `${V}${path}`, { method: 'POST', headers: authorized(org), body: JSON.stringify(body) });

  /** Events that arrive while `work` runs; the last change ends the listening. */
  async function seen(work: () => Promise<unknown>, count: number): Promise<readonly OrgEvent[]> {
    const stop = new AbortController();
    const events: OrgEvent[] = [];
    let first: Promise<IteratorResult<OrgEvent>> | undefined;
    const listening = await new Promise<AsyncGenerator<OrgEvent>>((resolve, reject) => {
      const events = listen(org, stop.signal, () => resolve(events));
      first = events.next();
      first.catch(reject);
    });
    await work();
    for (let step = await first!; step.done !== true; step = await listening.next()) {
      events.push(step.value);
      if (events.length === count) stop.abort();
    }
    return events;
  }

  it('shows who changed something, why, and how it ended', async () => {
    const [event] = await seen(() => post('/sobjects/Account', { Name: 'Sample' }), 1);
    expect(event).to.deep.include({ kind: 'transaction', quiddity: 'REST', user: org.username, callouts: 0 });
    expect(event).not.to.have.property('error');
  });

  it('does not show requests that only read', async () => {
    const events = await seen(async () => {
      await call(org, `${V}/query?q=${encodeURIComponent('SELECT Id FROM Account')}`, { headers: authorized(org) });
      await post('/sobjects/Account', { Name: 'Sample' });
    }, 1);
    expect(events).to.have.length(1);
    expect(events[0]).to.have.property('changes', 1);
  });

  it('wants a session', async () => {
    expect((await call(org, '/callout/events')).status).to.equal(401);
  });
});

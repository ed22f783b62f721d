import { expect } from 'chai';

import { ApexThrowable, CalloutFailure, type CalloutPort } from '../../../local-org/src/apex/runtime/index.js';
import type { TraceSink } from '../../../local-org/src/apex/runtime/index.js';
import {
  createEngine,
  runAnonymousSuspendable,
  type EngineOptions,
} from '../../../local-org/src/apex/test-runner/index.js';
import { apex } from './run.js';
import { echo, engineWith, response, runBlock } from './run-suspendable.js';

const CALL = `public class Call {
  public static HttpResponse send(String name, Integer timeout) {
    HttpRequest request = new HttpRequest();
    request.setEndpoint('https://api.example/' + name);
    request.setMethod('POST');
    request.setHeader('X-One', '1');
    request.setBody('body');
    if (timeout != null) request.setTimeout(timeout);
    return new Http().send(request);
  }
  public static String get(String name) { return send(name, null).getBody(); }
  public static void attempt() { try { get('x'); System.debug('sent'); } catch (CalloutException e) { System.debug(e.getMessage()); } }
}`;

const PENDING = 'You have uncommitted work pending. Please commit or rollback before calling out';

async function shown(
  body: string,
  options: Omit<EngineOptions, 'components' | 'traces'> = { callouts: echo },
  ...sources: readonly string[]
): Promise<readonly string[]> {
  const lines: string[] = [];
  await runBlock(engineWith([CALL, ...sources], lines, options), body);
  return lines;
}

// PLATFORM 3.1
describe('callouts', () => {
  it('carry what Apex has set, and give back what came', async () => {
    const seen: unknown[] = [];
    const port: CalloutPort = (request, { userId }) => {
      seen.push({ ...request, body: request.body.toString(), user: userId.slice(0, 3) });
      return Promise.resolve({ ...response('answer', 201, 'Created'), headers: [['X-Two', '2']] });
    };
    expect(
      await shown(
        "HttpResponse r = Call.send('a', 500); System.debug(r.getStatusCode() + ' ' + r.getStatus() + ' ' + r.getHeader('x-two') + ' ' + r.getBody());",
        { callouts: port },
      ),
    ).to.deep.equal(['201 Created 2 answer']);
    expect(seen).to.deep.equal([
      {
        endpoint: 'https://api.example/a',
        method: 'POST',
        headers: [['X-One', '1']],
        body: 'body',
        timeoutMs: 500,
        compressed: false,
        user: '005',
      },
    ]);
  });

  it('are 100 in a transaction', async () => {
    const lines: string[] = [];
    const engine = engineWith([CALL], lines, { callouts: echo });
    const error: unknown = await runBlock(
      engine,
      "for (Integer i = 0; i < 101; i++) { if (i == 100) System.debug(Limits.getCallouts()); Call.get('x'); }",
    ).catch((caught: unknown) => caught);
    expect(lines).to.deep.equal(['100']);
    expect(error).to.have.nested.property('$x.message', 'Too many callouts: 101');
  });

  it('time out after 10 seconds, or what was set from 1 to 120,000 milliseconds', async () => {
    const timeouts: number[] = [];
    const port: CalloutPort = (request) => {
      timeouts.push(request.timeoutMs);
      return request.endpoint.endsWith('slow')
        ? Promise.reject(new CalloutFailure('Read timed out'))
        : Promise.resolve(response(''));
    };
    expect(
      await shown(
        "Call.send('a', null); Call.send('b', 120000); try { Call.send('slow', 1); } catch (CalloutException e) { System.debug(e.getMessage()); } for (Integer t : new List<Integer>{0, 120001}) { try { Call.send('c', t); } catch (CalloutException e) { System.debug(e.getMessage().substringBefore(':')); } }",
        { callouts: port, elapsed: () => 0 },
      ),
    ).to.deep.equal(['Read timed out', 'Invalid timeout', 'Invalid timeout']);
    expect(timeouts).to.deep.equal([10_000, 120_000, 1]);
  });

  it('of one transaction take 120 seconds together', async () => {
    let time = 0;
    const timeouts: number[] = [];
    const port: CalloutPort = (request) => {
      timeouts.push(request.timeoutMs);
      time += 50_000;
      return Promise.resolve(response(''));
    };
    expect(
      await shown("for (Integer i = 0; i < 3; i++) Call.send('x', 60000); Call.attempt();", {
        callouts: port,
        elapsed: () => time,
      }),
    ).to.deep.equal(['Exceeded maximum time allotted for callout (120000 ms)']);
    expect(timeouts).to.deep.equal([60_000, 60_000, 20_000]);
  });

  it('do not count as CPU time', async () => {
    const readings: (number | undefined)[] = [];
    const port: CalloutPort = () => {
      const { limits } = engine.runtime.thread;
      readings.push(limits?.get('cpuTime'));
      const end = process.cpuUsage().user + 5_000;
      while (process.cpuUsage().user < end) Math.random();
      readings.push(limits?.get('cpuTime'));
      return Promise.resolve(response(''));
    };
    const engine = engineWith([CALL], [], { callouts: port });
    await runBlock(engine, "Call.get('x');");
    expect(readings[1]).to.be.a('number').that.equals(readings[0]);
  });

  for (const [what, code] of [
    ['DML', "insert new Account(Name = 'x');"],
    ['an enqueued job', 'System.enqueueJob(new Job());'],
    ['scheduled Apex', "System.schedule('j', '0 0 12 * * ?', new Job());"],
    ['a future method', 'Job.later();'],
    [
      'a mail',
      "Messaging.SingleEmailMessage m = new Messaging.SingleEmailMessage(); m.setToAddresses(new List<String>{'a@b.example'}); m.setSubject('s'); m.setPlainTextBody('b'); Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{m});",
    ],
    ['an open savepoint', 'Savepoint s = Database.setSavepoint();'],
  ] as const)
    it(`are refused after ${what}`, async () => {
      const job =
        'public class Job implements Queueable, Schedulable { public void execute(QueueableContext c) {} public void execute(SchedulableContext c) {} @Future public static void later() {} }';
      expect(await shown(`${code} Call.attempt();`, { callouts: echo }, job)).to.deep.equal([PENDING]);
    });

  it('are allowed after a rollback to a savepoint that is released', async () => {
    expect(
      await shown(
        "Savepoint s = Database.setSavepoint(); insert new Account(Name = 'x'); Database.rollback(s); Call.attempt(); Database.releaseSavepoint(s); Call.attempt(); insert new Account(Name = 'y'); System.debug([SELECT COUNT() FROM Account]);",
      ),
    ).to.deep.equal([PENDING, 'sent', '1']);
  });

  it('are refused in triggers', async () => {
    expect(
      await shown(
        "insert new Account(Name = 'x');",
        { callouts: echo },
        'trigger Calls on Account (before insert) { Call.attempt(); }',
      ),
    ).to.deep.equal(['Callout from triggers are currently not supported.']);
  });

  it('release row locks', async () => {
    const events: string[] = [];
    const sink: TraceSink = {
      begin: () => ({
        wants: (category) => category === 'Database',
        note: ({ event }) => events.push(event),
        code: undefined,
        end: () => undefined,
      }),
    };
    const result = createEngine({ components: [apex(CALL)], callouts: echo, traces: sink });
    if (!result.ok) throw new Error('does not compile');
    await runAnonymousSuspendable(
      result.engine,
      "List<Account> rows = [SELECT Id FROM Account FOR UPDATE]; Call.get('x'); Call.get('y');",
    );
    expect(events.filter((event) => event === 'FOR_UPDATE_LOCKS_RELEASE')).to.have.length(1);
  });

  it('bring at most 6 MB into a synchronous transaction', async () => {
    const port: CalloutPort = (request) =>
      Promise.resolve(response('x'.repeat(request.endpoint.endsWith('/large') ? 6_000_001 : 6_000_000)));
    expect(
      await shown(
        "System.debug(Call.get('fits').length()); try { Call.get('large'); } catch (CalloutException e) { System.debug(e.getMessage()); }",
        { callouts: port },
      ),
    ).to.deep.equal(['6000000', 'Exceeded max size limit of 6000000']);
  });

  it('that fail inside of the local org are no exceptions of Apex', async () => {
    const engine = engineWith([CALL], [], { callouts: () => Promise.reject(new Error('a defect')) });
    const error: unknown = await runBlock(engine, "try { Call.get('x'); } catch (Exception e) { }").catch(
      (caught: unknown) => caught,
    );
    expect(error).to.be.instanceOf(Error).with.property('message', 'a defect');
    expect(error).not.to.be.instanceOf(ApexThrowable);
  });
});

import { expect } from 'chai';

import { eventObject, MINUTE, orgOf, subscriberConfig, type TestOrg } from './kit.js';

const PING = eventObject('Ping');
const SEEN =
  "trigger Seen on Ping__e (after insert) { List<String> texts = new List<String>(); for (Ping__e p : Trigger.new) texts.add(p.Text__c); System.debug(UserInfo.getUserName() + ' ' + String.join(texts, ',')); }";

const publish = (...texts: readonly string[]): string =>
  `EventBus.publish(new List<Ping__e>{${texts.map((text) => `new Ping__e(Text__c = '${text}')`).join(', ')}});`;

const ROW =
  "for (EventBusSubscriber s : [SELECT Name, Topic, Type, Status, Position, Tip, Retries, LastError FROM EventBusSubscriber]) System.debug(s.Name + ' ' + s.Topic + ' ' + s.Type + ' ' + s.Status + ' ' + s.Position + '/' + s.Tip + ' ' + s.Retries + ' ' + s.LastError);";

describe('platform events', () => {
  // PLATFORM 3.5
  it('are published after the commit, and lost with a rollback', async () => {
    const org = orgOf([PING, SEEN]);
    await org.run(`${publish('a', 'b')} System.debug('published');`);
    expect(org.lines.splice(0)).to.deep.equal(['published', 'autoproc@00d000000000001eaa a,b']);
    await org.run(`Savepoint s = Database.setSavepoint(); ${publish('lost')} Database.rollback(s); ${publish('kept')}`);
    await org.run(`${publish('lost')} Integer.valueOf('x');`).catch(() => undefined);
    await org.kernel.whenIdle();
    expect(org.lines).to.deep.equal(['autoproc@00d000000000001eaa kept']);
  });

  it('that are published immediately come also when the transaction fails, and have a limit of their own', async () => {
    const org = orgOf([eventObject('Ping', 'PublishImmediately'), SEEN]);
    await org.run(`${publish('log')} Integer.valueOf('x');`).catch(() => undefined);
    await org.kernel.whenIdle();
    expect(org.lines.splice(0)).to.deep.equal(['autoproc@00d000000000001eaa log']);
    expect(
      await org.ask(`${publish('x')} System.debug(Limits.getPublishImmediateDML() + ' ' + Limits.getDmlStatements());`),
    ).to.include('1 0');
    const refused: unknown = await org
      .run(`for (Integer i = 0; i < 151; i++) ${publish('y')}`)
      .catch((error: unknown) => error);
    expect(refused).to.have.nested.property('$x.message', 'Too many Immediate Platform Event DML: 151');
  });

  it('come in batches of the configured size, as the configured user', async () => {
    const config = subscriberConfig('Seen', '<batchSize>2</batchSize><user>admin@local.org</user>');
    const org = orgOf([PING, SEEN, config]);
    await org.run(publish('1', '2', '3', '4', '5'));
    expect(org.lines).to.deep.equal(['admin@local.org 1,2', 'admin@local.org 3,4', 'admin@local.org 5']);
  });

  it('come in batches of at most 2,000', async () => {
    const counting = 'trigger Counting on Ping__e (after insert) { System.debug(Trigger.new.size()); }';
    const org = orgOf([PING, counting]);
    await org.run(
      "List<Ping__e> events = new List<Ping__e>(); for (Integer i = 0; i < 4500; i++) events.add(new Ping__e(Text__c = 'n')); EventBus.publish(events);",
    );
    expect(org.lines).to.deep.equal(['2000', '2000', '500']);
  });

  it('with the same partition key come in order in one partition', async () => {
    const config = subscriberConfig(
      'Seen',
      '<batchSize>1</batchSize><numPartitions>3</numPartitions><partitionKey>Ping__e.Text__c</partitionKey>',
    );
    const org = orgOf([PING, SEEN, config]);
    await org.run(publish('a', 'b', 'c', 'a', 'b', 'c', 'd', 'e', 'd'));
    const texts = org.lines.splice(0).map((line) => line.split(' ')[1]);
    expect(texts.toSorted()).to.deep.equal(['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd', 'e']);
    expect(
      await org.ask('System.debug([SELECT IsPartitioned, Position FROM EventBusSubscriber].IsPartitioned);'),
    ).to.deep.equal(['true']);
  });

  it('go to each subscriber by itself, and each has its row', async () => {
    const second = "trigger Second on Ping__e (after insert) { System.debug('second ' + Trigger.new.size()); }";
    const org = orgOf([PING, SEEN, second]);
    await org.run(publish('x'));
    expect(org.lines.splice(0).toSorted()).to.deep.equal(['autoproc@00d000000000001eaa x', 'second 1']);
    expect((await org.ask(ROW)).toSorted()).to.deep.equal([
      'Second Ping__e ApexTrigger Running 1/1 0 null',
      'Seen Ping__e ApexTrigger Running 1/1 0 null',
    ]);
  });

  it('have subscriptions from the moment of the deployment', async () => {
    const org = orgOf([PING, SEEN]);
    await org.kernel.whenIdle();
    expect(await org.ask(ROW)).to.deep.equal(['Seen Ping__e ApexTrigger Running 0/0 0 null']);
  });

  it('are limited per hour for the org', async () => {
    const org = orgOf([PING, SEEN], { kernel: { limits: { events: 3 } } });
    const one =
      "Database.SaveResult r = EventBus.publish(new Ping__e(Text__c = 'x')); System.debug(r.isSuccess() ? 'ok' : String.valueOf(r.getErrors()[0].getStatusCode()));";
    await org.run(publish('1', '2', '3'));
    org.lines.length = 0;
    expect(await org.ask(one)).to.deep.equal(['LIMIT_EXCEEDED']);
    await org.kernel.advance(61 * MINUTE);
    expect(await org.ask(one)).to.deep.equal(['ok', 'autoproc@00d000000000001eaa x']);
  });

  it('are not delivered with asynchronous limits, and triggers do not call out', async () => {
    const limited =
      "trigger Limited on Ping__e (after insert) { System.debug(Limits.getLimitQueries()); try { HttpRequest r = new HttpRequest(); r.setEndpoint('https://x.example/'); r.setMethod('GET'); new Http().send(r); } catch (CalloutException e) { System.debug(e.getMessage()); } }";
    const org = orgOf([PING, limited]);
    await org.run(publish('x'));
    expect(org.lines).to.deep.equal(['100', 'Callout from triggers are currently not supported.']);
  });
});

describe('a subscriber that fails', () => {
  const failing = (body: string): TestOrg => orgOf([PING, `trigger Failing on Ping__e (after insert) { ${body} }`]);
  const RETRY =
    "EventBus.TriggerContext c = EventBus.TriggerContext.currentContext(); insert new Account(Name = 'n' + c.retries); System.debug(c.retries + ' ' + c.lastError);";

  // PLATFORM 3.5
  it('with RetryableException loses its changes and is tried again, later each time', async () => {
    const org = failing(`${RETRY} if (c.retries < 2) throw new EventBus.RetryableException('busy');`);
    await org.run(publish('x'));
    expect(org.lines.splice(0)).to.deep.equal(['0 null']);
    await org.kernel.advance(1000);
    expect(org.lines.splice(0)).to.deep.equal(['1 busy']);
    await org.kernel.advance(1000);
    expect(org.lines.splice(0)).to.deep.equal([]);
    await org.kernel.advance(1000);
    expect(org.lines.splice(0)).to.deep.equal(['2 busy']);
    expect(await org.ask('System.debug([SELECT Name FROM Account].Name);')).to.deep.equal(['n2']);
  });

  it('is in error state after nine retries and gets nothing any more, until it is resumed', async () => {
    const org = failing(`${RETRY} throw new EventBus.RetryableException('never');`);
    await org.run(publish('x'));
    await org.kernel.advance(60 * MINUTE);
    expect(org.lines.splice(0)).to.have.length(10);
    expect(await org.ask(ROW)).to.deep.equal(['Failing Ping__e ApexTrigger Error 0/1 9 never']);
    await org.run(publish('y'));
    expect(org.lines.splice(0)).to.deep.equal([]);
    expect(org.kernel.resumeSubscription('Failing', 'position')).to.equal(true);
    await org.kernel.whenIdle();
    expect(org.lines.splice(0)).to.deep.equal(['0 null']);
    expect(await org.ask(ROW)).to.deep.equal(['Failing Ping__e ApexTrigger Running 0/2 1 never']);
  });

  it('with another exception keeps its changes and skips the rest of the batch', async () => {
    const org = failing(
      "for (Ping__e p : Trigger.new) { if (p.Text__c == 'bad') Integer.valueOf('x'); insert new Account(Name = p.Text__c); }",
    );
    await org.run(publish('a', 'bad', 'c'));
    await org.run(publish('d'));
    expect(await org.ask('System.debug([SELECT Name FROM Account ORDER BY Name]);')).to.deep.equal([
      '(Account:{Name=a, Id=001000000000001AAA}, Account:{Name=d, Id=001000000000002AAA})',
    ]);
    expect(await org.ask(ROW)).to.deep.equal(['Failing Ping__e ApexTrigger Running 4/4 0 Invalid integer: x']);
  });

  it('goes on behind its resume checkpoint, after an exception and after an early end', async () => {
    const org = failing(
      "for (Ping__e p : Trigger.new) { System.debug(p.Text__c); if (p.Text__c == 'b') { EventBus.TriggerContext.currentContext().setResumeCheckpoint(p.ReplayId); Integer.valueOf('x'); } if (p.Text__c == 'd') { EventBus.TriggerContext.currentContext().setResumeCheckpoint(p.ReplayId); break; } }",
    );
    await org.run(publish('a', 'b', 'c', 'd', 'e'));
    expect(org.lines).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
  });

  it('cannot set a checkpoint at an event of another batch', async () => {
    const org = failing(
      "try { EventBus.TriggerContext.currentContext().setResumeCheckpoint('999'); } catch (Exception e) { System.debug(e.getTypeName()); }",
    );
    await org.run(publish('a'));
    expect(org.lines).to.deep.equal(['EventBus.InvalidReplayIdException']);
  });
});

describe('a subscription', () => {
  it('that is suspended goes on where it was, or with what comes', async () => {
    const org = orgOf([PING, SEEN]);
    await org.run(publish('1'));
    expect(org.kernel.suspendSubscription('Seen')).to.equal(true);
    await org.run(publish('2'));
    expect(org.lines.splice(0)).to.deep.equal(['autoproc@00d000000000001eaa 1']);
    org.kernel.resumeSubscription('Seen', 'position');
    await org.kernel.whenIdle();
    expect(org.lines.splice(0)).to.deep.equal(['autoproc@00d000000000001eaa 2']);
    org.kernel.suspendSubscription('Seen');
    await org.run(publish('3'));
    org.kernel.resumeSubscription('Seen', 'tip');
    await org.run(publish('4'));
    expect(org.lines).to.deep.equal(['autoproc@00d000000000001eaa 4']);
    expect(org.kernel.suspendSubscription('Unknown')).to.equal(false);
  });

  it('takes new settings only when it is resumed', async () => {
    const org = orgOf([PING, SEEN]);
    await org.run(publish('1'));
    org.components.push(subscriberConfig('Seen', '<user>admin@local.org</user>'));
    await org.run(publish('2'));
    org.kernel.suspendSubscription('Seen');
    org.kernel.resumeSubscription('Seen');
    await org.run(publish('3'));
    expect(org.lines).to.deep.equal([
      'autoproc@00d000000000001eaa 1',
      'autoproc@00d000000000001eaa 2',
      'admin@local.org 3',
    ]);
  });

  it('keeps events for three days', async () => {
    const org = orgOf([PING, SEEN]);
    await org.run(publish('1'));
    org.kernel.suspendSubscription('Seen');
    await org.run(publish('old'));
    await org.kernel.advance(72 * 60 * MINUTE + 1);
    await org.run(publish('new'));
    org.kernel.resumeSubscription('Seen');
    await org.kernel.whenIdle();
    expect(org.lines).to.deep.equal(['autoproc@00d000000000001eaa 1', 'autoproc@00d000000000001eaa new']);
  });

  it('of something that is no trigger gets its events too', async () => {
    const org = orgOf([PING]);
    const seen: string[] = [];
    org.kernel.subscribe(() => [
      {
        name: 'My_Flow',
        type: 'FlowInterviewPauseAndTrigger',
        object: 'Ping__e',
        maximumBatch: 200,
        // eslint-disable-next-line require-yield -- needs no transaction
        *deliver({ events }) {
          seen.push(events.map((event) => String(event.get('Text__c'))).join(','));
          return { kind: 'done', error: undefined, next: [] };
        },
      },
    ]);
    await org.kernel.whenIdle();
    await org.run(publish('a', 'b'));
    expect(seen).to.deep.equal(['a,b']);
  });
});

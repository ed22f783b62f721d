import { expect } from 'chai';

import { settle, HeldCallouts } from '../apex-run/run-suspendable.js';
import type { KernelEntries, KernelJournal } from '../../../local-org/src/platform/kernel/index.js';
import { OrgClock } from '../../../local-org/src/platform/clock/index.js';
import { eventObject, HOUR, MINUTE, orgOf, type TestOrg } from './kit.js';
import type { Component } from '../../../local-org/src/model/index.js';

/** The org as a later process finds it: what was kept went to disk and came back. */
function restarted(org: TestOrg, sources: readonly (string | Component)[], entries = org.kernel.export()): TestOrg {
  const kept: unknown = JSON.parse(JSON.stringify(entries));
  const clock = new OrgClock('virtual', Date.now, org.clock.now());
  return orgOf(sources, { clock, kernel: { entries: isEntries(kept) ? kept : {} } });
}

function isEntries(value: unknown): value is KernelEntries {
  return typeof value === 'object' && value !== null;
}

const JOB =
  "public class Job implements Queueable { String name; public Job(String name) { this.name = name; } public void execute(QueueableContext c) { System.debug('ran ' + name); } }";

describe('an org that is started again', () => {
  it('runs the jobs that waited, when they are due, and refuses their signatures meanwhile', async () => {
    const org = orgOf([JOB]);
    await org.run(
      "AsyncOptions o = new AsyncOptions(); o.MinimumQueueableDelayInMinutes = 5; o.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('k').build(); System.enqueueJob(new Job('later'), o);",
    );
    const again = restarted(org, [JOB]);
    expect(
      await again.ask(
        "AsyncOptions o = new AsyncOptions(); o.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('k').build(); try { System.enqueueJob(new Job('x'), o); } catch (DuplicateMessageException e) { System.debug('refused'); }",
      ),
    ).to.deep.equal(['refused']);
    await again.kernel.advance(5 * MINUTE);
    expect(again.lines).to.deep.equal(['ran later']);
    expect(Object.keys(again.kernel.export()).filter((key) => key.startsWith('job:'))).to.deep.equal([]);
  });

  it('counts a job that was under way as failed, and does not run its finalizer', async () => {
    const calling =
      "public class Calling implements Queueable, Database.AllowsCallouts, Finalizer { public void execute(QueueableContext c) { System.attachFinalizer(this); HttpRequest r = new HttpRequest(); r.setEndpoint('https://x.example/'); r.setMethod('GET'); new Http().send(r); System.debug('came back'); } public void execute(FinalizerContext c) { System.debug('finalized'); } }";
    const org = orgOf([calling], { engine: { callouts: new HeldCallouts().port } });
    void org.run('System.enqueueJob(new Calling());');
    for (let round = 0; round < 4; round++) await settle();
    const again = restarted(org, [calling]);
    await again.kernel.advance(HOUR);
    expect(again.lines).to.deep.equal([]);
    expect(
      await again.ask(
        "AsyncApexJob j = [SELECT Status, ExtendedStatus FROM AsyncApexJob]; System.debug(j.Status + ': ' + j.ExtendedStatus);",
      ),
    ).to.deep.equal(['Failed: The org stopped while the job was running.']);
  });

  it('delivers the events that subscribers have not got, and only those', async () => {
    const sources = [
      eventObject('Ping'),
      'trigger Seen on Ping__e (after insert) { for (Ping__e p : Trigger.new) System.debug(p.ReplayId + p.Text__c); }',
    ];
    const org = orgOf(sources);
    await org.run("EventBus.publish(new Ping__e(Text__c = 'a'));");
    org.kernel.suspendSubscription('Seen');
    await org.run("EventBus.publish(new Ping__e(Text__c = 'b'));");
    expect(org.lines).to.deep.equal(['1a']);
    const again = restarted(org, sources);
    again.kernel.resumeSubscription('Seen');
    await again.run("EventBus.publish(new Ping__e(Text__c = 'c'));");
    expect(again.lines).to.deep.equal(['2b', '3c']);
  });

  it('goes on with scheduled Apex and with timers', async () => {
    const tick =
      "public class Tick implements Schedulable { public void execute(SchedulableContext c) { System.debug(Datetime.now().formatGmt('HH:mm')); } }";
    const org = orgOf([tick]);
    await org.run("System.schedule('t', '0 30 * * * ?', new Tick());");
    org.kernel.timers.schedule({ kind: 'k', key: 'x', dueAt: org.clock.now() + 45 * MINUTE, payload: { n: 1 } });
    const again = restarted(org, [tick]);
    const seen: unknown[] = [];
    again.kernel.timers.handle('k', {
      handle: (timers) => {
        seen.push(...timers.map(({ payload }) => payload));
        return Promise.resolve();
      },
    });
    await again.kernel.advance(HOUR);
    expect(again.lines).to.deep.equal(['09:30']);
    expect(seen).to.deep.equal([{ n: 1 }]);
  });

  it('can be followed change by change', async () => {
    const followed: Record<string, unknown> = {};
    const journal: KernelJournal = {
      put: (key, value) => {
        followed[key] = structuredClone(value);
      },
      remove: (key) => {
        Reflect.deleteProperty(followed, key);
      },
    };
    const org = orgOf([JOB, eventObject('Ping'), 'trigger Seen on Ping__e (after insert) { System.debug(1); }'], {
      kernel: { journal },
    });
    await org.run(
      "System.enqueueJob(new Job('a')); System.enqueueJob(new Job('b'), 5); EventBus.publish(new Ping__e(Text__c = 'x'));",
    );
    expect(JSON.parse(JSON.stringify(followed))).to.deep.equal(JSON.parse(JSON.stringify(org.kernel.export())));
    expect(Object.keys(followed).map((key) => key.split(':')[0])).to.include.members(['job', 'subscription', 'events']);
  });
});

describe('the state of a job', () => {
  it('keeps every kind of value, shared objects and cycles through a restart', async () => {
    const source = `public class Everything implements Queueable {
      public enum Colour { RED, GREEN }
      public class Node { public Node next; public String name; public Everything owner; }
      public class MineException extends Exception {}
      public class Key { String k; public Key(String k) { this.k = k; } public Boolean equals(Object o) { return o instanceof Key && ((Key) o).k == k; } public Integer hashCode() { return k.hashCode(); } }
      Integer i = -7; Long l = 9007199254740993L; Decimal d = 1.50; Double f = 25000000000.5; String s = 'ü"\\n'; Boolean b = true; String none;
      Date day = Date.newInstance(2026, 2, 28); Datetime at = Datetime.newInstanceGmt(2026, 2, 28, 1, 2, 3); Time t = Time.newInstance(1, 2, 3, 4); Blob bytes = Blob.valueOf('xyz');
      Colour chosen = Colour.GREEN; RoundingMode mode = RoundingMode.HALF_UP;
      Account row = new Account(Name = 'A', AnnualRevenue = 12.30, Parent = new Account(Name = 'P'));
      List<Object> items = new List<Object>{1, 'x', null}; Set<String> names = new Set<String>{'b', 'a'};
      Map<Key, List<Integer>> byKey = new Map<Key, List<Integer>>{new Key('k') => new List<Integer>{1, 2}};
      Type ofNode = Node.class; SObjectType objectType = Account.SObjectType; SObjectField field = Account.Name;
      Exception failure = new MineException('gone', new NullPointerException());
      Node first; Node second; transient String temporary = 'x'; List<Node> shared;
      public Everything() { first = new Node(); second = new Node(); first.name = 'one'; first.next = second; second.next = first; first.owner = this; shared = new List<Node>{first, first}; }
      public String text() {
        return String.join(new List<String>{String.valueOf(i), String.valueOf(l), String.valueOf(d), String.valueOf(f), s, String.valueOf(b), String.valueOf(none), String.valueOf(day), at.formatGmt('yyyy-MM-dd HH:mm:ss'), String.valueOf(t), bytes.toString(),
          String.valueOf(chosen == Colour.GREEN), String.valueOf(mode == RoundingMode.HALF_UP), row.Name + row.AnnualRevenue + row.Parent.Name, String.valueOf(items), String.valueOf(names), String.valueOf(byKey.get(new Key('k'))),
          ofNode.getName(), String.valueOf(objectType == Account.SObjectType), String.valueOf(field), failure.getMessage() + failure.getTypeName() + failure.getCause().getTypeName(),
          String.valueOf(first.next.next === first), String.valueOf(shared[0] === first), String.valueOf(first.owner === this), '' + temporary}, '|');
      }
      public void execute(QueueableContext c) { System.debug(text()); }
    }`;
    const org = orgOf([source]);
    await org.run('Everything e = new Everything(); System.debug(e.text()); System.enqueueJob(e, 1);');
    const again = restarted(org, [source]);
    await again.kernel.advance(MINUTE);
    expect(again.lines).to.deep.equal([String(org.lines[0]).replace(/\|x$/, '|null')]);
    expect(again.lines[0]).to.match(/\|true\|true\|true\|null$/);
  });

  it('refuses what the platform cannot serialise either, by name', async () => {
    const org = orgOf([
      'public class Bad implements Queueable { HttpRequest request = new HttpRequest(); public void execute(QueueableContext c) {} }',
    ]);
    expect(
      await org.ask(
        'try { System.enqueueJob(new Bad()); } catch (SerializationException e) { System.debug(e.getMessage()); }',
      ),
    ).to.deep.equal(['Not Serializable: System.HttpRequest']);
  });

  it('whose class has changed in between has what the new class still declares', async () => {
    const before =
      "public class Job implements Queueable { public String kept = 'k'; public String gone = 'g'; public void execute(QueueableContext c) {} }";
    const after =
      "public class Job implements Queueable { public String added = 'a'; public String kept; public void execute(QueueableContext c) { System.debug(kept + added); } }";
    const org = orgOf([before]);
    await org.run('System.enqueueJob(new Job(), 1);');
    const again = restarted(org, [after]);
    await again.kernel.advance(MINUTE);
    expect(again.lines).to.deep.equal(['knull']);
  });

  it('fails when its class is gone', async () => {
    const org = orgOf([JOB]);
    await org.run("System.enqueueJob(new Job('x'), 1);");
    const again = restarted(org, []);
    await again.kernel.advance(MINUTE);
    expect(
      await again.ask(
        "AsyncApexJob j = [SELECT Status, ExtendedStatus FROM AsyncApexJob]; System.debug(j.Status + ': ' + j.ExtendedStatus);",
      ),
    ).to.deep.equal(['Failed: There is no class Job.']);
  });
});

import { expect } from 'chai';
import type { BehaviourInput } from '../../local-org/src/index.js';
import { GeneratedDesign, type Deliveries } from './support/generated-design.js';
import { OLD, OldDesign } from './support/old-design.js';
import { USERS } from './support/place.js';

const { sales, automation } = USERS;
const NAMED_PRINCIPAL = [OLD.flow, OLD.service, OLD.namedCredential, OLD.namedPrincipal];

// Each cause of the reported failures alone: an old design fails for it, the generated one delivers everything to a receiver that behaves the
// same, while the same users change records.
describe('the causes of lost updates', function () {
  this.timeout(60_000);
  let generated: GeneratedDesign;
  let old: OldDesign | undefined;

  before(async () => {
    generated = await GeneratedDesign.deploy();
  });
  afterEach(async () => {
    await old?.place.close();
    old = undefined;
  });
  after(() => generated.place.close());

  /** An old design whose users have the permission sets that are named. */
  async function oldDesign(
    paths: readonly string[],
    sets: Readonly<Record<string, string>>,
    behaviour: BehaviourInput = {},
  ): Promise<OldDesign> {
    old = await OldDesign.deploy(paths, behaviour);
    for (const [user, set] of Object.entries(sets)) await old.place.grant(user, set);
    return old;
  }

  /** Every change of these accounts has arrived, and none twice. */
  function expectEachOnce({ statuses, applied }: Deliveries, ids: readonly string[]): void {
    const received = applied.map(({ body }) => (JSON.parse(body) as { externalId: string }).externalId);
    expect(received.toSorted()).to.deep.equal([...ids].toSorted());
    expect(new Set(applied.map(({ idempotencyKey }) => idempotencyKey)).size).to.equal(ids.length);
    expect(statuses).to.deep.equal(ids.map(() => 'Succeeded'));
  }

  describe('a per-user credential in automation', () => {
    it('old: what a user without a login changes is lost', async () => {
      const design = await oldDesign([OLD.whole], { [sales]: 'Erp_User', [automation]: 'Erp_User' });
      await design.logIn(await design.place.admin.as(sales));
      const [first = '', second = '', third = ''] = await design.accounts(3);
      await design.change(sales, [first]);
      await design.change(automation, [second, third]);
      expect(design.stored()).to.deep.equal([first]);
      const fault = "The external credential isn't fully configured.";
      expect(await design.place.faults(2)).to.deep.equal([fault, fault]);
      expect(design.place.receiver.summary()).to.include({ received: 1, status401: 0 });
    });

    it('generated: it does not matter who changes a record', async () => {
      await generated.begin();
      const ids = await generated.accounts(3);
      await generated.change(sales, ids.slice(0, 1));
      await generated.change(automation, ids.slice(1));
      expectEachOnce(await generated.deliver(), ids);
    });
  });

  describe('a running user without the principal', () => {
    it('old: what that user changes is lost', async () => {
      const sets = { [sales]: 'Erp_Credential', [automation]: 'Account_Access' };
      const design = await oldDesign(NAMED_PRINCIPAL, sets);
      const [first = '', second = ''] = await design.accounts(2);
      await design.change(sales, [first]);
      await design.change(automation, [second]);
      expect(design.stored()).to.deep.equal([first]);
      const [fault = ''] = await design.place.faults(1);
      expect(fault).to.contain("We couldn't access the credential(s)");
      expect(design.place.receiver.summary()).to.include({ received: 1, status401: 0 });
    });

    it('generated: only the integration user needs the principal', async () => {
      await generated.begin();
      const ids = await generated.accounts(2);
      await generated.change(sales, ids.slice(0, 1));
      await generated.change(automation, ids.slice(1));
      expectEachOnce(await generated.deliver(), ids);
    });
  });

  describe('a running user who may not store a refreshed token', () => {
    it('old: it works until the token expires, and everything after that is lost', async () => {
      const paths = [...NAMED_PRINCIPAL, OLD.readOnlyCredential];
      const design = await oldDesign(paths, { [automation]: 'Erp_Read_Only' });
      const [first = '', second = '', third = ''] = await design.accounts(3);
      await design.change(automation, [first]);
      expect(design.stored()).to.deep.equal([first]);
      design.place.receiver.expireTokens();
      await design.change(automation, [second, third]);
      expect(design.stored()).to.deep.equal([first]);
      // The platform saw the 401, and could not get the second token.
      expect(design.place.receiver.summary()).to.include({ status401: 2, unauthorized: 2, tokensIssued: 1 });
    });

    it('generated: the integration user may store it', async () => {
      await generated.begin();
      const ids = await generated.accounts(3);
      await generated.change(automation, ids.slice(0, 1));
      await generated.deliver();
      generated.place.receiver.expireTokens();
      await generated.change(automation, ids.slice(1));
      expectEachOnce(await generated.deliver(), ids);
    });
  });

  describe('parallel callouts that race for one token refresh', () => {
    // A new token ends the one before. Callouts take long enough to see the end of their token before they are sent again.
    const behaviour: BehaviourInput = {
      token: { live: 'onePerClient' },
      faults: [{ effect: { kind: 'latency', milliseconds: 60 } }],
    };

    it('old: whoever gets a token first loses it to the next', async () => {
      const sets = { [sales]: 'Erp_Credential', [automation]: 'Erp_Credential' };
      const design = await oldDesign(NAMED_PRINCIPAL, sets, behaviour);
      const ids = await design.accounts(6);
      design.place.receiver.expireTokens();
      await Promise.all(ids.map((id, at) => design.save(at % 2 === 0 ? sales : automation, [id])));
      await design.settle();
      const lost = ids.filter((id) => !design.stored().includes(id));
      expect(lost).to.not.deep.equal([]);
      for (const id of lost) {
        const answers = design.place.receiver.requests({ path: `/api/accounts/${id}` });
        expect(
          answers.map(({ status }) => status),
          'sent again once, with a token that has ended',
        ).to.deep.equal([401, 401]);
      }
      expect(design.place.receiver.summary().tokensIssued).to.be.greaterThan(2);
    });

    it('generated: one at a time, with one token', async () => {
      await generated.begin(behaviour);
      const ids = await generated.accounts(6);
      await Promise.all(ids.map((id, at) => generated.change(at % 2 === 0 ? sales : automation, [id])));
      expectEachOnce(await generated.deliver(), ids);
      expect(generated.place.receiver.summary()).to.include({ tokensIssued: 1 });
    });
  });

  describe('an expired session that the receiver signals by HTTP 500', () => {
    const behaviour: BehaviourInput = { expiredSession: { status: 500, form: 'rest', path: '*/accounts*' } };

    it('old: the platform never asks for another token, and everything is lost from then on', async () => {
      const design = await oldDesign(NAMED_PRINCIPAL, { [sales]: 'Erp_Credential' }, behaviour);
      const [first = '', second = '', third = ''] = await design.accounts(3);
      await design.change(sales, [first]);
      design.place.receiver.expireTokens();
      await design.change(sales, [second]);
      await design.change(sales, [third]);
      expect(design.stored()).to.deep.equal([first]);
      expect(design.place.receiver.summary()).to.include({ unauthorized: 2, status401: 0, tokensIssued: 1 });
    });

    it('generated: a probe that answers 401 makes the platform ask for one', async () => {
      await generated.begin(behaviour);
      const ids = await generated.accounts(3);
      await generated.change(sales, ids.slice(0, 1));
      await generated.deliver();
      const { receiver } = generated.place;
      const before = receiver.summary().tokensIssued;
      receiver.expireTokens();
      await generated.change(sales, ids.slice(1));
      expectEachOnce(await generated.deliver(), ids);
      const refused = receiver.requests({ outcome: 'unauthorized' }).slice(-2);
      expect(refused.map(({ path, status }) => [path, status])).to.deep.equal([
        ['/api/v1/accounts', 500],
        ['/api/v1/session', 401],
      ]);
      expect(receiver.summary().tokensIssued - before).to.equal(1);
    });
  });

  describe('a rate limit disguised as an expired session', () => {
    const behaviour: BehaviourInput = {
      rateLimit: { requests: 4, windowSeconds: 60, answer: 'expiredSession' },
    };

    it('old: what is over the limit is lost, and each time a token is asked for in vain', async () => {
      const design = await oldDesign(NAMED_PRINCIPAL, { [sales]: 'Erp_Credential' }, behaviour);
      const ids = await design.accounts(7);
      await design.change(sales, ids);
      expect(design.stored()).to.deep.equal(ids.slice(0, 4));
      expect(design.place.receiver.summary()).to.include({ throttled: 6, status401: 6, unauthorized: 0 });
      expect(design.place.receiver.summary().tokensIssued).to.equal(1 + 3);
    });

    it('generated: waits and goes on', async () => {
      await generated.begin(behaviour);
      const ids = await generated.accounts(7);
      await generated.change(sales, ids);
      expectEachOnce(await generated.deliver(), ids);
      expect(generated.place.receiver.summary().throttled).to.be.greaterThan(0);
    });
  });

  describe('several callouts in sequence, of which the second fails', () => {
    it('old: half is done; whoever repeats the change does that half twice', async () => {
      const paths = [OLD.namedCredential, OLD.namedPrincipal, OLD.sequence];
      const design = await oldDesign(paths, { [sales]: 'Erp_Credential' }, failing('*/accounts/*'));
      const [id = ''] = await design.accounts(1);
      const reserved = (): number =>
        design.place.receiver.requests({ outcome: 'applied', path: `/api/credits/${id}` }).length;
      await design.change(sales, [id]);
      expect([reserved(), design.stored()]).to.deep.equal([1, []]);
      await design.change(sales, [id]);
      expect([reserved(), design.stored()]).to.deep.equal([2, [id]]);
    });

    it('generated: goes on at the second, with the key of the delivery', async () => {
      await generated.begin(failing('*/shipments'));
      const { place } = generated;
      const [id = ''] = await place.insert('Fulfilment_Order__c', [{ Status__c: 'Draft', Warehouse_Code__c: 'W1' }]);
      await place.change(sales, 'Fulfilment_Order__c', [id], { Status__c: 'Ready' });
      const { statuses } = await generated.deliver();
      expect(statuses).to.deep.equal(['Succeeded']);
      const [row] = await place.admin.query('SELECT Idempotency_Key__c FROM CalloutQueue__c');
      const key = String(row?.['Idempotency_Key__c']);
      const calls = place.receiver.requests().filter(({ outcome }) => outcome !== 'unauthorized');
      expect(calls.map(({ path, status, idempotencyKey }) => [path, status, idempotencyKey])).to.deep.equal([
        ['/api/warehouses/W1/reservations', 200, key],
        ['/api/shipments', 503, `${key}-1`],
        ['/api/shipments', 200, `${key}-1`],
      ]);
    });
  });

  describe("a callout in the trigger's own transaction", () => {
    const ONLY_APEX = [OLD.namedCredential, OLD.namedPrincipal, OLD.calloutInTrigger];
    const uncommitted = 'You have uncommitted work pending. Please commit or rollback before calling out';

    it('old: a trigger that calls out takes the change itself back', async () => {
      const design = await oldDesign(ONLY_APEX, { [sales]: 'Erp_Credential' });
      const [id = ''] = await design.accounts(1);
      expect(await failure(design.change(sales, [id]))).to.contain(
        'System.CalloutException: Callout from triggers are currently not supported.',
      );
      await expectNothing(design);
    });

    it('old: so does a flow on the path that runs in the save', async () => {
      const paths = [OLD.namedCredential, OLD.namedPrincipal, OLD.service, OLD.immediatePath];
      const design = await oldDesign(paths, { [sales]: 'Erp_Credential' });
      const [id = ''] = await design.accounts(1);
      expect(await failure(design.change(sales, [id]))).to.contain(uncommitted);
      await expectNothing(design);
    });

    it('old: Apex that has written something may not call out either', async () => {
      const design = await oldDesign(ONLY_APEX, {});
      await design.place.grant(design.place.org.username, 'Erp_Credential');
      const [id = ''] = await design.accounts(1);
      // The name stays, so that the trigger has nothing to do.
      expect(await exceptionOf(design, `ErpClient.renameAndStore('${id}', 'Account 0');`)).to.equal(
        `System.CalloutException: ${uncommitted}`,
      );
      await expectNothing(design);
      expect(await exceptionOf(design, `ErpClient.store('${id}');`), 'the callout alone').to.equal(null);
      expect(design.stored()).to.deep.equal([id]);
    });

    async function exceptionOf({ place }: OldDesign, apex: string): Promise<unknown> {
      const body = encodeURIComponent(apex);
      return Object(await place.admin.data('GET', `/tooling/executeAnonymous?anonymousBody=${body}`)).exceptionMessage;
    }

    async function expectNothing({ place }: OldDesign): Promise<void> {
      expect(await place.admin.query("SELECT Name FROM Account WHERE Name LIKE 'Changed%'")).to.deep.equal([]);
      expect(place.receiver.summary()).to.include({ received: 0 });
    }

    it('generated: the change is saved at once and sent after the commit', async () => {
      await generated.begin();
      const ids = await generated.accounts(1);
      await generated.change(sales, ids);
      expect(generated.place.receiver.summary(), 'before anything else runs').to.include({ received: 0 });
      expectEachOnce(await generated.deliver(), ids);
    });
  });

  describe('no fault path, no retry and no breaker', () => {
    const troubles: Readonly<Record<string, NonNullable<BehaviourInput['faults']>[number]['effect']>> = {
      'an answer 503': { kind: 'answer', status: 503 },
      'a reset connection': { kind: 'reset', phase: 'before' },
      'a connection that is reset after the request was processed': { kind: 'reset', phase: 'after' },
    };
    for (const [name, effect] of Object.entries(troubles)) {
      const behaviour: BehaviourInput = { faults: [{ when: { times: 1 }, effect }] };

      it(`old: ${name} is the end of it`, async () => {
        const design = await oldDesign(NAMED_PRINCIPAL, { [sales]: 'Erp_Credential' }, behaviour);
        const [first = '', second = ''] = await design.accounts(2);
        await design.change(sales, [first]);
        await design.change(sales, [second]);
        const isApplied = effect.kind === 'reset' && effect.phase === 'after';
        // Nobody knows that the first one was stored: the org has an error, and repeating it would store it twice.
        expect(design.stored()).to.deep.equal(isApplied ? [first, second] : [second]);
        expect(design.place.receiver.requests({ path: `/api/accounts/${first}` })).to.have.lengthOf(1);
        if (effect.kind === 'reset') expect(await design.place.faults(1)).to.have.lengthOf(1);
      });

      it(`generated: ${name} is followed by another attempt`, async () => {
        await generated.begin(behaviour);
        const ids = await generated.accounts(2);
        await generated.change(sales, ids);
        expectEachOnce(await generated.deliver(), ids);
      });
    }
  });
});

/** The receiver fails once at a path. */
function failing(path: string): BehaviourInput {
  return { faults: [{ when: { path, times: 1 }, effect: { kind: 'answer', status: 503 } }] };
}

async function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => String(error),
  );
}

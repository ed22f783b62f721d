import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { files } from '../live/kit.js';
import { Client } from '../server/client.js';

const CODE = {
  classes: {
    Job: "public class Job implements Queueable {\n  public void execute(QueueableContext context) {\n    System.debug('queued');\n    EventBus.publish(new Done__e());\n  }\n}",
    Later: "public class Later {\n  @future public static void run() {\n    System.debug('later');\n  }\n}",
  },
  triggers: { Hear: "trigger Hear on Done__e (after insert) { System.debug('heard ' + Trigger.new.size()); }" },
  objects: {
    Done__e:
      '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><publishBehavior>PublishAfterCommit</publishBehavior><label>Done</label><pluralLabel>Done</pluralLabel>',
  },
};

describe('debug logs of what the org does by itself', () => {
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg();
    client = new Client(org);
    await client.deploy(files(CODE));
  });
  after(() => org.close());

  async function trace(userId: string, debugLevelId: string): Promise<void> {
    const reply = await client.post('/tooling/sobjects/TraceFlag', {
      TracedEntityId: userId,
      LogType: 'USER_DEBUG',
      DebugLevelId: debugLevelId,
      ExpirationDate: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(reply.status, reply.text).to.equal(201);
  }

  // Apex Developer Guide: Debug Log, "Execution Units": each transaction has a log of its own, with the user whose transaction it is
  it('are one per job and delivery, of the user as whom they run', async () => {
    const { body } = await client.post('/tooling/sobjects/DebugLevel', { DeveloperName: 'All', MasterLabel: 'All' });
    const levelId = (body as { id: string }).id;
    const [automated] = (await client.rows("SELECT Id FROM User WHERE UserType = 'AutomatedProcess'")) as readonly {
      Id: string;
    }[];
    await trace(org.userId, levelId);
    await trace(automated?.Id ?? '', levelId);
    const source = encodeURIComponent('System.enqueueJob(new Job()); Later.run();');
    await client.get(`/tooling/executeAnonymous?anonymousBody=${source}`);
    type Log = Readonly<{ Id: string; Operation: string; LogUserId: string }>;
    let logs: readonly Log[] = [];
    while (logs.length < 4) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      logs = (await client.rows(
        "SELECT Id, Operation, LogUserId FROM ApexLog WHERE Operation != 'Api' ORDER BY Operation",
      )) as readonly Log[];
    }
    expect(logs.map(({ Operation, LogUserId }) => [Operation, LogUserId])).to.deep.equal([
      ['/services/data/v66.0/tooling/executeAnonymous', org.userId],
      ['FutureHandler', org.userId],
      ['PlatformEvent', automated?.Id],
      ['QueueableHandler', org.userId],
    ]);
    const texts = await Promise.all(
      logs.map(async ({ Id }) => (await client.get(`/tooling/sobjects/ApexLog/${Id}/Body`)).text),
    );
    expect(texts[1])
      .to.match(/\|CODE_UNIT_STARTED\|\[EXTERNAL\]\|01p\w{12}\|Later\.run\(\)\n/)
      .and.contain('|DEBUG|later');
    expect(texts[2])
      .to.match(
        /\|CODE_UNIT_STARTED\|\[EXTERNAL\]\|01q\w{12}\|Hear on Done__e trigger event AfterInsert\|__sfdc_trigger\/Hear\n/,
      )
      .and.contain('|DEBUG|heard 1');
    expect(texts[3])
      .to.contain('|Job.execute()\n')
      .and.contain('|DEBUG|queued')
      .and.contain('EVENT_SERVICE_PUB_BEGIN|Done__e');
    expect(texts[3]).to.contain('Number of SOQL queries: 0 out of 200');
  });
});

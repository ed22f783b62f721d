import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformCatalog } from '../../../local-org/src/apex/index.js';
import { CalloutFailure } from '../../../local-org/src/apex/runtime/index.js';
import { flowsOf } from '../../../local-org/src/flow/index.js';
import { checkMetadata } from '../../../local-org/src/metadata/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { apex } from '../apex-run/run.js';
import {
  CHECKBOX,
  component,
  DATE_TIME,
  field,
  flow,
  LONG_TEXT,
  NUMBER,
  object,
  ref,
  set,
  text,
  TEXT,
  to,
  variable,
} from './flow-xml.js';
import { DAY, HOUR, laterOrg, MINUTE, START } from './later.js';

/** Folder with metadata files retrieved from orgs, in source format; they are not part of this repository. */
const FOLDER =
  process.env['METADATA_SAMPLES_DIR'] ??
  fileURLToPath(new URL('../../../../shared/reference/samples', import.meta.url));

function sample(name: string): Component {
  const fileName = `flow_${name}.flow-meta.xml`;
  const content = readFileSync(join(FOLDER, fileName), 'utf8');
  return { type: 'Flow', fullName: name, fileName, content, metaXml: undefined };
}

/** Problems of a flow that is deployed together with what it needs. */
function problems(subject: Component, ...others: readonly (Component | string)[]): readonly string[] {
  const components = [subject, ...others.map((part) => (typeof part === 'string' ? apex(part) : part))];
  const org = { users: [], components: () => [], component: () => undefined };
  return checkMetadata({ apiVersion: '66.0', components, deletions: [] }, org, platformCatalog)
    .filter(({ fileName }) => fileName === subject.fileName)
    .map(({ message }) => message);
}

/** A picklist as retrieved from orgs. */
const REASONS = {
  type: 'Picklist',
  valueSet: {
    valueSetDefinition: {
      sorted: false,
      value: ['Could not contact', 'Duplicate'].map((name) => ({ fullName: name, default: false, label: name })),
    },
  },
} as const;

const ACCOUNT_SCHEMA = {
  type: 'object',
  properties: Object.fromEntries(['Id', 'Name', 'Description'].map((name) => [name, { type: 'string' }])),
} as const;

const LOG = object('Log__c', { Text: LONG_TEXT });
const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

describe('flows retrieved from orgs', function () {
  if (!existsSync(FOLDER)) {
    console.log('    flows retrieved from orgs: not run, there is no folder with them');
    return;
  }
  this.timeout(30_000);

  // PLATFORM 2.2: offsets of minutes around a field of the record; a change of the field arms the path again.
  it('run every three minutes by a field that the path itself sets', async () => {
    const listener = object('Listener__c', {
      isActive: CHECKBOX,
      Last_Check: DATE_TIME,
      Last_Execution_On: DATE_TIME,
      Unprocessed_History_Records: LONG_TEXT,
    });
    const subflow = flow('Listener_Configuration_Main_Flow', {
      start: { connector: to('Note') },
      variables: variable('varFlowDoConfig', 'SObject', { objectType: 'Listener__c', isInput: true }),
      recordCreates: {
        name: 'Note',
        label: 'Note',
        object: 'Log__c',
        inputAssignments: field('Text__c', text('checked {!varFlowDoConfig.Name}')),
        connector: to('Now'),
      },
      assignments: {
        name: 'Now',
        label: 'Now',
        assignmentItems: set('varFlowDoConfig.Last_Check__c', ref('$Flow.CurrentDateTime')),
        connector: to('Save'),
      },
      recordUpdates: { name: 'Save', label: 'Save', inputReference: 'varFlowDoConfig' },
    });
    const subject = sample('scheduled_path_every_3_minutes_flowdometer');
    expect(problems(subject, listener, LOG, subflow)).to.deep.equal([]);
    const org = laterOrg([listener, LOG, subflow, subject]);
    org.run(`insert new Listener__c(Name = 'a', isActive__c = true);`);
    expect(org.run(logs)).to.deep.equal(['checked a']);
    for (const times of [2, 3, 4]) {
      expect(org.due()).to.deep.equal([(times - 1) * 3 * MINUTE]);
      await org.advance(3 * MINUTE);
      expect(org.run(logs)).to.have.lengthOf(times);
    }
    org.run(`Listener__c one = [SELECT Id FROM Listener__c]; one.isActive__c = false; update one;`);
    expect(org.due()).to.deep.equal([]);
  });

  // PLATFORM 2.4: NewTransaction commits what came before; a fault path leads on to the next action.
  it('hand an event to each of their actions, whichever fails', async () => {
    const event = object('rflib_Log_Event__e', { Context: TEXT, Log_Level: TEXT });
    const action = (name: string, body: string): string =>
      `public class ${name} { @InvocableMethod(callout=true) public static void run(List<rflib_Log_Event__e> events) { ${body} } }`;
    const note = (name: string): string => `insert new Log__c(Text__c = '${name} ' + events[0].Context__c);`;
    const send = `HttpRequest request = new HttpRequest(); request.setEndpoint('https://example.com'); request.setMethod('POST'); new Http().send(request);`;
    const actions = [
      action('rflib_HttpCalloutLogAction', send),
      action('rflib_AppInsightsLogAction', note('insights')),
      action('rflib_OpenTelemetryLogAction', `${send} ${note('telemetry')}`),
      action('rflib_SendLogEventSlackAction', note('slack')),
      action('rflib_SendLogEventTeamsAction', `${note('teams')} Integer broken = 1 / 0;`),
      action('rflib_SendLogEventGoogleChatAction', note('chat')),
      action('rflib_ArchiveLogAction', note('archive')),
      action('rflib_SendLogEventEmailAction', note('mail')),
    ];
    const subject = sample('platform_event_newtransaction_fault');
    expect(problems(subject, event, LOG, ...actions)).to.deep.equal([]);
    let calls = 0;
    const org = laterOrg([event, LOG, subject, ...actions], {
      callouts: () => Promise.reject(new CalloutFailure(`Read timed out ${++calls}`)),
    });
    org.run(`EventBus.publish(new rflib_Log_Event__e(Context__c = 'c', Log_Level__c = 'ERROR'));`);
    await org.advance(0);
    expect(calls).to.equal(2);
    // What an action wrote before its exception stays, like all that came before a fault.
    expect(org.run(logs)).to.deep.equal(['insights c', 'slack c', 'teams c', 'chat c', 'archive c', 'mail c']);
  });

  // PLATFORM 2.2: negative offsets in days, and hours after the day that a date field names.
  it('warn before a date and act after it', async () => {
    const type = component('CustomNotificationType', 'Minlopro', {
      customNotifTypeName: 'Minlopro',
      desktop: true,
      masterLabel: 'Minlopro',
      mobile: true,
    });
    const subject = sample('record_triggered_scheduled_paths_recordfield');
    expect(problems(subject, type)).to.deep.equal([]);
    const org = laterOrg([type, subject]);
    org.run(
      `insert new Opportunity(Name = 'a', StageName = 'Prospecting', CloseDate = Date.newInstance(2026, 11, 28));`,
    );
    const closing = Date.UTC(2026, 10, 28) - START;
    expect(org.due()).to.deep.equal([closing - 2 * DAY, closing + HOUR]);
    const stage = `System.debug([SELECT StageName FROM Opportunity].StageName);`;
    await org.advance(closing);
    expect(org.run(stage)).to.deep.equal(['Prospecting']);
    expect([...org.engine.runtime.notices]).to.deep.equal([]);
    await org.advance(HOUR);
    expect(org.run(stage)).to.deep.equal(['Auto-Closed']);
  });

  // PLATFORM 2.2: the path follows the field while its time is in the future, and goes when the criteria are no longer met.
  it('run Apex at the time that a record names', async () => {
    const action = object('ScheduledAction__c', { Active: CHECKBOX, Case: TEXT, ScheduledDate: DATE_TIME });
    const service = `public class ApplicationScheduledActionsService {
      @InvocableMethod public static void run(List<Id> scheduledActionIds) {
        for (ScheduledAction__c one : [SELECT Name FROM ScheduledAction__c WHERE Id IN :scheduledActionIds]) insert new Log__c(Text__c = one.Name);
      }
    }`;
    const subject = sample('record_triggered_scheduled_path_apex_datetime');
    expect(problems(subject, action, LOG, service)).to.deep.equal([]);
    const org = laterOrg([action, LOG, subject, service]);
    org.run(`insert new List<ScheduledAction__c>{
      new ScheduledAction__c(Name = 'a', Active__c = true, Case__c = 'c', ScheduledDate__c = System.now().addHours(1)),
      new ScheduledAction__c(Name = 'b', Active__c = true, Case__c = 'c', ScheduledDate__c = System.now().addHours(1)),
      new ScheduledAction__c(Name = 'without case', Active__c = true, ScheduledDate__c = System.now().addHours(1)) };`);
    org.run(
      `update new ScheduledAction__c(Id = [SELECT Id FROM ScheduledAction__c WHERE Name = 'b'].Id, ScheduledDate__c = System.now().addHours(2));`,
    );
    expect(org.due()).to.deep.equal([HOUR, 2 * HOUR]);
    await org.advance(HOUR);
    expect(org.run(logs)).to.deep.equal(['a']);
    org.run(
      `update new ScheduledAction__c(Id = [SELECT Id FROM ScheduledAction__c WHERE Name = 'b'].Id, Active__c = false);`,
    );
    await org.advance(DAY);
    expect(org.run(logs)).to.deep.equal(['a']);
  });

  // PLATFORM 2.2: a path days after a field of the record, for records that meet a formula when they are saved.
  it('reopen records a week after the time that they name', async () => {
    const lead = component('CustomObject', 'Lead', {
      fields: [
        { fullName: 'Disqualified_Lead_Reason__c', label: 'Reason', ...REASONS },
        { fullName: 'Lead_Converted_or_Disqualified_Time__c', label: 'Time', ...DATE_TIME },
        { fullName: 'RequeueAttempts__c', label: 'Attempts', ...NUMBER },
      ],
      recordTypes: { fullName: 'BG_Standard', active: true, label: 'BG Standard' },
    });
    const action = `public class ReopenDisqualifiedLeadsInvocable {
      @InvocableMethod public static void run(List<Request> requests) {
        for (Request one : requests) insert new Log__c(Text__c = [SELECT LastName FROM Lead WHERE Id = :one.leadIds].LastName);
      }
      public class Request { @InvocableVariable public Id leadIds; }
    }`;
    const subject = sample('scheduled_path_recordtriggerevent');
    expect(problems(subject, lead, LOG, action)).to.deep.equal([]);
    const org = laterOrg([lead, LOG, subject, action]);
    org.run(`Id type = [SELECT Id FROM RecordType WHERE DeveloperName = 'BG_Standard'].Id;
      Lead base = new Lead(Company = 'c', RecordTypeId = type, Status = 'Disqualified', Disqualified_Lead_Reason__c = 'Could not contact',
        Lead_Converted_or_Disqualified_Time__c = System.now());
      Lead waits = base.clone(); waits.LastName = 'waits';
      Lead tried = base.clone(); tried.LastName = 'tried'; tried.RequeueAttempts__c = 3;
      Lead other = base.clone(); other.LastName = 'other'; other.Disqualified_Lead_Reason__c = 'Duplicate';
      insert new List<Lead>{ waits, tried, other };`);
    expect(org.due()).to.deep.equal([7 * DAY]);
    await org.advance(7 * DAY);
    expect(org.run(logs)).to.deep.equal(['waits']);
  });

  // PLATFORM 2.2: the asynchronous path begins after the commit, in a transaction of its own, so that a setup object may follow a user.
  it('give new users of a profile a permission set group after the commit', async () => {
    const group = component('PermissionSetGroup', 'Minlopro_PSG_DigExUser', { label: 'DigEx', status: 'Updated' });
    const subject = sample('record_triggered_async_after_commit');
    expect(problems(subject, group)).to.deep.equal([]);
    const org = laterOrg([group, subject]);
    const { store } = org.engine.runtime.data;
    const profile = org.engine.runtime.object('Profile');
    const id = store.nextId(profile);
    store.put(profile, { id, values: { Id: id, Name: 'DigEx Partner', UserType: 'Standard' }, deleted: false });
    store.commit();
    const user = (name: string, profileName: string): string =>
      `insert new User(Username = '${name}@samples.example', LastName = '${name}', Alias = '${name}', Email = '${name}@samples.example', TimeZoneSidKey = 'GMT',
        LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8', ProfileId = [SELECT Id FROM Profile WHERE Name = '${profileName}'].Id);`;
    org.run(user('partner', 'DigEx Partner'));
    org.run(user('other', 'Standard User'));
    const assigned = `for (PermissionSetAssignment one : [SELECT Assignee.LastName, PermissionSetGroup.DeveloperName FROM PermissionSetAssignment WHERE PermissionSetGroupId != NULL])
      System.debug(one.Assignee.LastName + ' ' + one.PermissionSetGroup.DeveloperName);`;
    expect(org.run(assigned)).to.deep.equal([]);
    await org.advance(MINUTE);
    expect(org.run(assigned)).to.deep.equal(['partner Minlopro_PSG_DigExUser']);
  });

  // PLATFORM 2.1: a daily schedule over an object gives each of its records an interview.
  it('hand each record of a schedule to an action with a generic type', async () => {
    const entry = `public class FlowRecordLogEntry {
      @InvocableVariable public String flowName;
      @InvocableVariable public String message;
      @InvocableVariable public String loggingLevelName;
      @InvocableVariable public String tagsString;
      @InvocableVariable public Boolean saveLog;
      @InvocableVariable public SObject record;
      @InvocableMethod public static List<String> run(List<FlowRecordLogEntry> entries) {
        List<String> ids = new List<String>();
        for (FlowRecordLogEntry one : entries) {
          insert new Log__c(Text__c = one.record.getSObjectType() + ' ' + one.message);
          ids.add('x');
        }
        return ids;
      }
    }`;
    const draft = sample('schedule_triggered_once_apex');
    expect(problems(draft, LOG, entry)).to.deep.equal([]);
    const active = { ...draft, content: draft.content.replace('<status>Draft<', '<status>Active<') };
    const drafted = laterOrg([LOG, draft, entry]);
    await drafted.advance(DAY);
    expect(drafted.run(logs)).to.deep.equal([]);
    const org = laterOrg([LOG, active, entry]);
    await org.advance(DAY);
    expect(org.run(logs)).to.deep.equal(['Organization logging something from within a scheduled flow']);
  });

  // PLATFORM 2.4, 2.5: sections of a screen, and the fault of an action on the next one.
  it('show on a screen why an action failed', async () => {
    const action = `public class SendOptInEmailAction {
      @InvocableVariable public Id accountId;
      @InvocableVariable public Id templateId;
      @InvocableMethod(callout=true) public static List<String> send(List<SendOptInEmailAction> requests) {
        throw new IllegalArgumentException('no address for ' + [SELECT Name FROM Account WHERE Id = :requests[0].accountId].Name);
      }
    }`;
    const subject = sample('apex_action_fault_connector');
    expect(problems(subject, action)).to.deep.equal([]);
    const org = laterOrg([subject, action]);
    const [id] = org.run(`Account one = new Account(Name = 'Acme'); insert one; System.debug(one.Id);`);
    const { runtime } = org.engine;
    const run = flowsOf(runtime).screenFlow(subject.fullName, runtime.options.identity.adminId);
    const preview = await run?.start({ recordId: id });
    expect(
      preview?.kind === 'screen' ? preview.fields.map(({ text: shown }) => shown.replace(/\s+/g, ' ')) : preview,
    ).to.include('<p><strong>Account Name:</strong></p><p><em>Acme</em></p>');
    const fault = await run?.next();
    expect(fault?.kind === 'screen' ? fault.fields[0]?.text.replace(/\s+/g, ' ') : fault).to.equal(
      '<p><em style="color: rgb(228, 79, 102);">An Apex error occurred: System.IllegalArgumentException: no address for Acme</em></p>',
    );
  });

  it('search through an external service and offer what was found', async () => {
    const searchSchema = {
      openapi: '3.0.1',
      info: { title: 'MinloproSearchAccount', description: '' },
      paths: {
        '/search': {
          get: {
            operationId: 'Search Accounts',
            parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }],
            responses: {
              '2XX': {
                description: 'Found',
                content: {
                  'application/json': {
                    schema: { type: 'object', properties: { searchRecords: { type: 'array', items: ACCOUNT_SCHEMA } } },
                  },
                },
              },
            },
          },
        },
      },
    };
    const service = component('ExternalServiceRegistration', 'MinloproSearchAccount', {
      label: 'MinloproSearchAccount',
      namedCredentialReference: 'Salesforce',
      registrationProviderType: 'SchemaInferred',
      schema: JSON.stringify(searchSchema),
      schemaType: 'OpenApi3',
      status: 'Complete',
      operations: { active: true, name: 'searchx20accounts' },
    });
    const subject = sample('http_callout_externalService');
    expect(problems(subject, service)).to.deep.equal([]);
    const found = { Id: '001000000000001AAA', Name: 'Acme', Description: 'd' };
    const asked: string[] = [];
    const search = async (
      answer: () => string,
      choice: Readonly<Record<string, unknown>>,
    ): Promise<readonly unknown[]> => {
      const org = laterOrg([subject, service], {
        callouts: async ({ endpoint }) => {
          asked.push(new URL(endpoint.replace('callout:', 'https://')).searchParams.get('q') ?? '');
          return { status: 200, statusText: 'OK', headers: [], body: Buffer.from(answer()) };
        },
      });
      const { runtime } = org.engine;
      const run = flowsOf(runtime).screenFlow(subject.fullName, runtime.options.identity.adminId);
      const steps = [
        await run?.start({}),
        await run?.next({ Account_Search_Keyword: 'acme' }),
        await run?.next(choice),
      ];
      return steps.map((step) => (step?.kind === 'screen' ? step.name : step?.kind));
    };
    const records = (): string => JSON.stringify({ searchRecords: [found] });
    expect(await search(records, { FoundAccountsTable: { firstSelectedRow: found } })).to.deep.equal([
      'Search_Keyword_Screen',
      'Query_Results_Screen',
      'finished',
    ]);
    expect(asked).to.deep.equal(['FIND {acme} IN NAME FIELDS RETURNING Account(Id, Name, Description) LIMIT 10']);
    expect((await search(records, {})).at(-1)).to.equal('Force_Account_Selection_Screen');
    const fail = (): string => {
      throw new CalloutFailure('Read timed out');
    };
    expect((await search(fail, {})).at(1)).to.equal('Callout_Error_Screen');
  });

  it('take an event that only the platform publishes', () => {
    const handler = `public class LogFlowExecutionErrorEventHandler {
      @InvocableMethod public static void handle(List<FlowExecutionErrorEvent> flowErrorEvents) { }
    }`;
    const subject = sample('platform_event_triggered');
    expect(problems(subject, handler)).to.deep.equal([]);
    laterOrg([subject, handler]);
  });

  it('are refused by the name of what the engine does not run', () => {
    const found = problems(sample('schedule_triggered_salesforce_official'));
    expect(found).to.include(
      'GetOrExecFieldUpdtSuggestion (Action) - The action type getOrExecFieldUpdtSuggestion is not supported by the local org',
    );
  });
});

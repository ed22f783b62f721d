import { apexError, type ApexObject, Unsupported, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { ApexDatetime, rowValues } from '../../data/index.js';
import { required, text } from './arguments.js';
import { nextFireTime } from './cron.js';

/** Jobs that may be scheduled at one time (PLATFORM 3.4). */
const MAX_SCHEDULED = 100;
const FIELD_NAMES = ['Seconds', 'Minutes', 'Hours', 'Day_of_month', 'Month', 'Day_of_week', 'Optional_year'];

/** Checks a cron expression by the platform's own rules: seconds and minutes are plain numbers. */
function checkCron(expression: string): void {
  const parts = expression.trim().split(/\s+/);
  if (parts.length < 6 || parts.length > 7)
    throw apexError('StringException', `Illegal cron expression format (${expression})`);
  for (const [index, part] of parts.slice(0, 2).entries()) {
    if (!/^\d{1,2}$/.test(part) || Number(part) > 59)
      throw apexError(
        'StringException',
        `Illegal cron expression format: ${FIELD_NAMES[index] ?? ''} and minutes must be numbers from 0 to 59 (${expression})`,
      );
  }
  const [dayOfMonth = '?', , dayOfWeek = '?'] = parts.slice(3);
  if (dayOfMonth === '?' && dayOfWeek === '?')
    throw apexError('StringException', "'?' can only be specified for Day-of-Month -OR- Day-of-Week.");
  if (![dayOfMonth, dayOfWeek].some((part) => part === '?' || part === '*'))
    throw apexError(
      'StringException',
      'Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.',
    );
}

/** When the expression comes first. @throws System.StringException for one that cannot be read or never comes */
function firstTime(runtime: ApexRuntime, expression: string): number {
  checkCron(expression);
  let first: number | undefined;
  try {
    first = nextFireTime(expression, runtime.timeZone, runtime.now);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw apexError('StringException', `Illegal cron expression format (${expression}): ${detail}`);
  }
  if (first === undefined)
    throw apexError('StringException', `Based on configured schedule, the given trigger will never fire.`);
  return first;
}

/** `System.schedule`: the job exists in CronTrigger, and runs at its times; in a test it runs at stopTest. */
export function schedule(runtime: ApexRuntime, name: string, cron: string, job: ApexObject): string {
  const first = firstTime(runtime, cron);
  const details = runtime.object('CronJobDetail');
  const triggers = runtime.object('CronTrigger');
  const { store } = runtime.data;
  const table = store.table(details);
  for (const row of table.all()) {
    if (!row.deleted && String(row.values['Name']).toLowerCase() === name.toLowerCase())
      throw apexError('AsyncException', `The Apex job named "${name}" is already scheduled for execution.`);
  }
  if (table.size >= MAX_SCHEDULED)
    throw apexError('LimitException', 'You have exceeded the maximum number (100) of Apex scheduled jobs.');
  const detailId = store.nextId(details);
  store.put(details, {
    id: detailId,
    deleted: false,
    values: rowValues([
      ['Id', detailId],
      ['Name', name],
      ['JobType', '7'],
    ]),
  });
  const id = store.nextId(triggers);
  store.put(triggers, {
    id,
    deleted: false,
    values: rowValues([
      ['Id', id],
      ['CronJobDetailId', detailId],
      ['CronExpression', cron],
      ['State', 'WAITING'],
      ['TimesTriggered', 0],
      ['NextFireTime', new ApexDatetime(first)],
      ['TimeZoneSidKey', runtime.timeZone],
      ['OwnerId', runtime.tx.userId],
      ['CreatedById', runtime.tx.userId],
      ['CreatedDate', new ApexDatetime(Math.floor(runtime.now / 1000) * 1000)],
    ]),
  });
  runtime.jobs.add({
    className: job.$class.symbol.fullName,
    dueAt: Infinity,
    work: (capture) => ({ kind: 'scheduled', target: capture(job), cronTriggerId: id, expression: cron }),
  });
  return id;
}

/** `Database.executeBatch`: start, execute for each scope, finish; one transaction each. */
export function executeBatch(runtime: ApexRuntime, job: ApexObject, scopeSize: number | undefined): string {
  const size = scopeSize ?? 200;
  if (size < 1 || size > 2000) throw apexError('AsyncException', 'Scope size must be between 1 and 2000');
  const target = required(job);
  return runtime.jobs.add({
    className: target.$class.symbol.fullName,
    dueAt: runtime.now,
    work: (capture) => ({ kind: 'batch', target: capture(target), scopeSize: size }),
  });
}

export const databaseBatchModule: LibraryModule = {
  owner: 'System.Database',
  members: (runtime) => ({
    executeBatch: (job: ApexObject, size?: number) => executeBatch(runtime, job, size),
    insertAsync: () => {
      throw new Unsupported(text('Database.insertAsync'));
    },
  }),
};

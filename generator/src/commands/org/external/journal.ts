import { Flags } from '@oclif/core';
import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';
import { table } from '../../../table/index.js';

const messages = loadMessages('external');

export type ExternalJournalResult = readonly Readonly<Record<string, unknown>>[];

const REQUEST_COLUMNS = ['sequence', 'at', 'method', 'path', 'outcome', 'status', 'idempotencyKey', 'body'] as const;
const TOKEN_COLUMNS = ['sequence', 'at', 'grantType', 'client', 'clientAuthentication', 'token', 'error'] as const;
const BODY_WIDTH = 60;

/** `callout org external journal`. */
export default class ExternalJournal extends CalloutCommand<ExternalJournalResult> {
  public static override readonly summary = messages.get('journal.summary');
  public static override readonly description = messages.get('journal.description');
  public static override readonly examples = messages.examples('journal.examples');
  public static override readonly flags = {
    outcome: Flags.option({
      summary: messages.get('flags.outcome.summary'),
      options: ['applied', 'duplicate', 'conflict', 'unauthorized', 'throttled', 'faulted'] as const,
    })(),
    path: Flags.string({ summary: messages.get('flags.path.summary') }),
    after: Flags.integer({ summary: messages.get('flags.after.summary'), min: 0 }),
    limit: Flags.integer({ summary: messages.get('flags.limit.summary'), min: 1 }),
    tokens: Flags.boolean({
      summary: messages.get('flags.tokens.summary'),
      exclusive: ['outcome', 'path', 'after', 'limit'],
    }),
  };

  public override async run(): Promise<ExternalJournalResult> {
    const { flags } = await this.parse(ExternalJournal);
    const { runningExternal } = await import('../../support/external.js');
    const { admin } = await runningExternal();
    const { outcome, path, after, limit } = flags;
    const entries = flags.tokens ? await admin.tokenRequests() : await admin.requests({ outcome, path, after, limit });
    if (!this.jsonEnabled()) {
      const columns = flags.tokens ? TOKEN_COLUMNS : REQUEST_COLUMNS;
      this.log(
        entries.length === 0
          ? messages.get('info.nothing')
          : table(
              columns,
              entries.map((entry) => columns.map((column) => cell(entry[column]))),
            ),
      );
    }
    return entries;
  }
}

function cell(value: unknown): string | number {
  if (typeof value === 'number') return value;
  const text = value === undefined ? '' : String(value);
  return text.length > BODY_WIDTH ? `${text.slice(0, BODY_WIDTH - 1)}…` : text;
}

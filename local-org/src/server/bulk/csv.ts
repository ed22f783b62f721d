import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

/** Names of the characters between columns (Bulk API 2.0: columnDelimiter). */
export const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

export const csvFormat = z.object({
  columnDelimiter: z.enum(['BACKQUOTE', 'CARET', 'COMMA', 'PIPE', 'SEMICOLON', 'TAB']).default('COMMA'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
});
export type CsvFormat = z.infer<typeof csvFormat>;

/** CSV that cannot be read. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

const row = z.array(z.string());

/** The rows of CSV, the header first. Rows of another length than the header, and quotes without an end, throw CsvError. */
export async function* readCsv(text: string, { columnDelimiter }: CsvFormat): AsyncGenerator<readonly string[]> {
  const parser = Readable.from([text]).pipe(
    parse({ delimiter: DELIMITERS[columnDelimiter], bom: true, skip_empty_lines: true }),
  );
  try {
    for await (const found of parser) yield row.parse(found);
  } catch (error) {
    throw new CsvError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** CSV with every value in quotes, as the platform writes it. */
export function writeCsv(rows: readonly (readonly string[])[], { columnDelimiter, lineEnding }: CsvFormat): string {
  return stringify([...rows], {
    delimiter: DELIMITERS[columnDelimiter],
    record_delimiter: LINE_ENDINGS[lineEnding],
    quoted: true,
    quoted_empty: true,
  });
}

/** Says so when the text has other line endings than the job announces. */
export function lineEndingProblem(text: string, { lineEnding }: CsvFormat): string | undefined {
  const first = /\r?\n/.exec(text)?.[0];
  if (first === undefined || first === LINE_ENDINGS[lineEnding]) return undefined;
  return `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`;
}

import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { java } from './java.js';
import type { Remark } from './opinion.js';

const JARS = join(dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib');

const FOUND_SOMETHING = 4;

const report = z.looseObject({
  files: z
    .array(
      z.looseObject({
        path: z.string(),
        messages: z.array(
          z.looseObject({ start: z.looseObject({ line: z.number(), offset: z.number() }), message: z.string() }),
        ),
      }),
    )
    .default([]),
});

/**
 * What apex-ls says about a project, errors only. It comes with Salesforce's code analyzer.
 * @param folder an SFDX project, with its sfdx-project.json
 */
export async function askApexLs(folder: string): Promise<readonly Remark[]> {
  const checker = ['io.github.apexdevtools.apexls.CheckForIssues', '-f', 'json', '-d', 'errors', '-n', '-w', folder];
  const output = await java(['-cp', join(JARS, '*'), ...checker], FOUND_SOMETHING);
  const { files } = report.parse(JSON.parse(output.slice(output.indexOf('{'))));
  return files.flatMap(({ path, messages }) =>
    messages.map(({ start, message }) => ({
      source: basename(path, extname(path)),
      line: start.line,
      column: start.offset,
      message,
    })),
  );
}

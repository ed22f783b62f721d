import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const verdict = z.strictObject({
  right: z.enum(['local org', 'checker']),
  why: z.string().min(1),
  /** False: the checker cannot be asked about the sources at all. */
  isAsked: z.boolean().default(true),
  sources: z.array(z.string()),
});

const verdicts = z.strictObject({ salesforceCompiler: z.array(verdict), apexLs: z.array(verdict) });

/** Sources about which a checker and the local org differ, and who is right. */
export type Verdict = z.infer<typeof verdict>;

/** Reads `verdicts.yaml`, which lies beside this file. */
export function readVerdicts(): z.infer<typeof verdicts> {
  const file = join(dirname(fileURLToPath(import.meta.url)), 'verdicts.yaml');
  return verdicts.parse(parse(readFileSync(file, 'utf8')));
}

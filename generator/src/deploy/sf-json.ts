import * as z from 'zod';
import type { SfRun } from './run-sf.js';
import { sfOutput } from './sf-errors.js';

const envelope = z.looseObject({
  status: z.number(),
  result: z.unknown().optional(),
  name: z.string().optional(),
  message: z.string().optional(),
  actions: z.array(z.string()).optional(),
  warnings: z.array(z.string()).optional(),
});

/** What the Salesforce CLI prints with `--json`, whether the command succeeded or not. */
export type SfJson = z.infer<typeof envelope>;

const SHOWN_CHARACTERS = 500;

/** Reads the JSON that a command printed. Throws UserError when it printed none, with the end of what it said instead. */
export function parseSfJson({ stdout, stderr, exitCode }: SfRun): SfJson {
  try {
    return envelope.parse(JSON.parse(stdout));
  } catch {
    throw sfOutput(exitCode, `${stderr}\n${stdout}`.trim().slice(-SHOWN_CHARACTERS));
  }
}

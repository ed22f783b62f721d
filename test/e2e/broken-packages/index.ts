import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const expectedSchema = z.array(
  z.object({ file: z.string(), line: z.number(), column: z.number(), message: z.string() }).strict(),
);

/** One problem that a broken package must cause. */
export interface ExpectedProblem {
  /** Source file below the package's folder, as the SF CLI reports it: `force-app/main/default/flows/Count.flow-meta.xml`. */
  readonly file: string;
  /** Place in the file that is deployed, from 1. Parts of an object are deployed inside the object's file. */
  readonly line: number;
  readonly column: number;
  /** The message; the CLI appends ` (line:column)`. */
  readonly message: string;
}

/** A small SFDX project that must not deploy. */
export interface BrokenPackage {
  readonly name: string;
  /** Folder with `sfdx-project.json` and `force-app`. */
  readonly directory: string;
  /** All problems, and no others. */
  readonly expected: readonly ExpectedProblem[];
}

/** The broken packages beside this file, by name. */
export function brokenPackages(): readonly BrokenPackage[] {
  const root = new URL('./packages/', import.meta.url);
  return readdirSync(root)
    .sort()
    .map((name) => {
      const directory = new URL(`${name}/`, root);
      const expected: unknown = JSON.parse(readFileSync(new URL('expected.json', directory), 'utf8'));
      return { name, directory: fileURLToPath(directory), expected: expectedSchema.parse(expected) };
    });
}

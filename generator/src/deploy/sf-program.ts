import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { packagePath } from '../package-root/index.js';
import { sfNotFound } from './sf-errors.js';

/** How to start the Salesforce CLI: a program, and the arguments that go before its own. */
export interface SfProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** What the Salesforce CLI is called there: its installer and npm both leave a batch file. */
const ON_WINDOWS = ['sf.exe', 'sf.cmd'];

/**
 * Finds the Salesforce CLI: the project's own, the one installed beside this package, or the one on the PATH.
 * Installed packages are run with this Node, without a launcher in between. Throws UserError `SfNotFoundError`.
 */
export function findSf(projectRoot: string): SfProgram {
  const script = installedScript(projectRoot) ?? installedScript(packagePath());
  if (script !== undefined) return { command: process.execPath, args: [script] };
  const found = findOnPath(process.env, process.platform);
  if (found === undefined) throw sfNotFound();
  return { command: found, args: [] };
}

/** The CLI's program on the PATH. */
export function findOnPath(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const names = platform === 'win32' ? ON_WINDOWS : ['sf'];
  return (environment['PATH'] ?? environment['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((candidate) => existsSync(candidate));
}

/** The CLI's start script in the nearest `node_modules` that has it. */
function installedScript(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', '@salesforce', 'cli');
    const script = scriptOf(home);
    if (script !== undefined) return script;
    if (folder === dirname(folder)) return undefined;
  }
}

function scriptOf(home: string): string | undefined {
  const manifest = join(home, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  const bin: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'bin') : undefined;
  const script: unknown = typeof bin === 'object' && bin !== null ? Reflect.get(bin, 'sf') : undefined;
  return typeof script === 'string' ? join(home, script) : undefined;
}

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  authorizeAlias,
  findSf,
  parseSfJson,
  runSf,
  sfEnvironment,
  type SfJson,
  type SfRun,
} from '../../../generator/src/deploy/index.js';
import type { LocalOrg } from '../../../local-org/src/index.js';

/** Files of a project by path. */
export type ProjectFiles = Readonly<Record<string, string>>;

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const HEADER = '<?xml version="1.0" encoding="UTF-8"?>';
/** A command that runs until it is stopped. */
export interface RunningSf {
  /** What it has printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export const SOURCE = 'force-app/main/default';

/** A project folder and a home of its own for the real SF CLI. */
export class SfWorkspace {
  public readonly root: string;
  public readonly home: string;

  public constructor() {
    const base = mkdtempSync(join(tmpdir(), 'sf-e2e-'));
    this.root = join(base, 'project');
    this.home = join(base, 'home');
    mkdirSync(this.home, { recursive: true });
    this.write({
      'sfdx-project.json': JSON.stringify({
        packageDirectories: [{ path: 'force-app', default: true }],
        sourceApiVersion: '66.0',
      }),
    });
    mkdirSync(join(this.root, SOURCE), { recursive: true });
  }

  public write(files: ProjectFiles): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** Every file below a folder of the project. */
  public read(folder: string): ProjectFiles {
    const top = join(this.root, folder);
    if (!existsSync(top)) return {};
    const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
      files
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [relative(top, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
    );
  }

  public copyTo(other: SfWorkspace, folder: string): void {
    cpSync(join(this.root, folder), join(other.root, folder), { recursive: true });
  }

  public login(org: Pick<LocalOrg, 'url' | 'token'>, alias = 'local'): Promise<void> {
    return authorizeAlias({ alias, url: org.url, token: org.token }, { projectRoot: this.root, home: this.home });
  }

  /** Runs `sf`; what it prints is plain text, as in a pipe. */
  public sf(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<SfRun> {
    return runSf(args, {
      projectRoot: this.root,
      home: this.home,
      loopback: true,
      output: 'capture',
      variables: { NO_COLOR: '1', CI: 'true', ...variables },
    });
  }

  /** Starts `sf` and leaves it running until it is stopped. */
  public start(args: readonly string[]): RunningSf {
    const program = findSf(this.root);
    const child = spawn(program.command, [...program.args, ...args], {
      cwd: this.root,
      env: { ...sfEnvironment({ home: this.home, loopback: true }), NO_COLOR: '1', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (part: Buffer): void => {
      output += part.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    return {
      output: () => output,
      stop: async () => {
        child.kill();
        await ended;
      },
    };
  }

  /** Runs `sf ... --json`. */
  public async json(
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<SfJson & { readonly exitCode: number }> {
    const run = await this.sf([...args, '--json'], variables);
    return { ...parseSfJson(run), exitCode: run.exitCode };
  }

  public remove(): void {
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}

export function apexSource(name: string, body = ''): ProjectFiles {
  return {
    [`${SOURCE}/classes/${name}.cls`]: `public class ${name} {\n${body}}\n`,
    [`${SOURCE}/classes/${name}.cls-meta.xml`]: `${HEADER}\n<ApexClass xmlns="${NAMESPACE}">\n    <apiVersion>66.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n`,
  };
}

export function objectSource(name: string, fields: readonly string[]): ProjectFiles {
  const folder = `${SOURCE}/objects/${name}`;
  const own = `${HEADER}\n<CustomObject xmlns="${NAMESPACE}">\n    <deploymentStatus>Deployed</deploymentStatus>\n    <label>Thing</label>\n    <nameField>\n        <label>Name</label>\n        <type>Text</type>\n    </nameField>\n    <pluralLabel>Things</pluralLabel>\n    <sharingModel>ReadWrite</sharingModel>\n</CustomObject>\n`;
  const field = (fullName: string): [string, string] => [
    `${folder}/fields/${fullName}.field-meta.xml`,
    `${HEADER}\n<CustomField xmlns="${NAMESPACE}">\n    <fullName>${fullName}</fullName>\n    <label>${fullName}</label>\n    <length>40</length>\n    <type>Text</type>\n</CustomField>\n`,
  ];
  return { [`${folder}/${name}.object-meta.xml`]: own, ...Object.fromEntries(fields.map(field)) };
}

export function manifest(members: Readonly<Record<string, readonly string[]>>): string {
  const types = Object.entries(members).map(
    ([type, names]) =>
      `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
  );
  return `${HEADER}\n<Package xmlns="${NAMESPACE}">${types.join('')}<version>66.0</version></Package>\n`;
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GeneratedFile, HeaderStyle } from '../../../generator/src/model/index.js';
import { plan, type Plan, type PlanAction } from '../../../generator/src/output/index.js';

export const ROOTS = ['force-app', 'manifest', 'replacements'];

/** A project folder of its own for one test. */
export interface Sandbox {
  readonly root: string;
  write(path: string, text: string): void;
  read(path: string): string;
  remove(): void;
}

export function sandbox(): Sandbox {
  const root = mkdtempSync(join(tmpdir(), 'callout-output-'));
  return {
    root,
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const HEADER_BY_SUFFIX: readonly (readonly [suffix: string, header: HeaderStyle])[] = [
  ['.xml', 'xml'],
  ['.cls', 'apex'],
  ['', 'none'],
];

/** A file whose name says which header it has; the content of XML stands in a root element. */
export function file(path: string, content = 'text\n', origin = 'config/integrations/a.yaml'): GeneratedFile {
  const header = HEADER_BY_SUFFIX.find(([suffix]) => path.endsWith(suffix))?.[1] ?? 'none';
  return { path, content: header === 'xml' ? xml(content) : content, header, origin };
}

export function xml(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<A>\n${content}</A>\n`;
}

export function planFiles(box: Sandbox, files: Iterable<GeneratedFile>): Promise<Plan> {
  return plan({ projectRoot: box.root, roots: ROOTS, files });
}

export function actions(planned: Plan): Record<string, PlanAction> {
  return Object.fromEntries(planned.entries.map((entry) => [entry.path, entry.action]));
}

import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import type { GeneratedFile } from '../../model/index.js';
import { packagePath } from '../../package-root/index.js';
import { RUNTIME } from '../places.js';
import { apexFiles, type ApexKind } from './files.js';

const EXTENSIONS: ReadonlyMap<string, ApexKind> = new Map([
  ['.cls', 'cls'],
  ['.trigger', 'trigger'],
]);

/** The Apex that every integration shares: the files of `templates/runtime`, which are Apex as it stands, in the order of their names. */
export function emitRuntimeApex(): GeneratedFile[] {
  const folder = packagePath('generator', 'templates', 'runtime');
  return readdirSync(folder)
    .toSorted()
    .flatMap((file) => {
      const { name, ext } = parse(file);
      const kind = EXTENSIONS.get(ext);
      return kind === undefined ? [] : apexFiles(RUNTIME, name, readFileSync(`${folder}/${file}`, 'utf8'), kind);
    });
}

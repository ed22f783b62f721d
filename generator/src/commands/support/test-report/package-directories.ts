import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EXIT, UserError } from '../../../errors/index.js';
import { loadMessages } from '../../../messages/index.js';

const PROJECT_FILE = 'sfdx-project.json';
const project = z.looseObject({
  packageDirectories: z.array(z.looseObject({ path: z.string().min(1) })).min(1),
});

/** The folders to test: those that are named, or else the package directories of the project. Throws UserError for what is no folder. */
export function testFolders(named: readonly string[]): readonly string[] {
  const folders = named.length > 0 ? named : packageDirectories();
  for (const folder of folders) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) continue;
    const messages = loadMessages('test');
    throw new UserError('NotAFolderError', messages.get('error.notFolder', folder), {
      actions: messages.list('error.notFolder.actions'),
      exitCode: EXIT.usage,
    });
  }
  return folders;
}

function packageDirectories(): readonly string[] {
  try {
    const { packageDirectories } = project.parse(JSON.parse(readFileSync(PROJECT_FILE, 'utf8')));
    return packageDirectories.map(({ path }) => relative('.', join(dirname(PROJECT_FILE), path)) || '.');
  } catch (error) {
    const messages = loadMessages('test');
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new UserError('ProjectFileError', messages.get('error.projectFile', PROJECT_FILE, reason), {
      actions: messages.list('error.projectFile.actions'),
      exitCode: EXIT.usage,
      cause: error,
    });
  }
}

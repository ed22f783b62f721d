#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execute } from '@oclif/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageJson = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

// As a binary the commands stand at the top (`callout generate`); as an SF CLI plugin below the topic (`sf callout generate`).
const { topics, ...oclif } = packageJson.oclif;

/** What people type for help or the version, in the form that oclif takes; a topic alone shows what is in it. */
function normalise([first, ...rest]) {
  if (first === 'help') return [...rest, '--help'];
  if (first === 'version') return ['--version'];
  if (rest.length === 0 && first in topics.callout.subtopics) return [first, '--help'];
  return first === undefined ? [] : [first, ...rest];
}

await execute({
  args: normalise(process.argv.slice(2)),
  loadOptions: {
    root,
    pjson: {
      ...packageJson,
      oclif: {
        ...oclif,
        bin: 'callout',
        // Words after a command are its arguments, and never part of its name.
        flexibleTaxonomy: false,
        topics: topics.callout.subtopics,
        commands: { ...oclif.commands, identifier: 'binaryCommands' },
        hooks: { command_not_found: { target: oclif.commands.target, identifier: 'unexpectedArgument' } },
      },
    },
  },
});

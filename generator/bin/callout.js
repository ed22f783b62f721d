#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execute } from '@oclif/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageJson = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

// As a binary the commands stand at the top (`callout generate`); as an SF CLI plugin below the topic (`sf callout generate`).
const { topics, ...oclif } = packageJson.oclif;
await execute({
  loadOptions: {
    root,
    pjson: {
      ...packageJson,
      oclif: {
        ...oclif,
        bin: 'callout',
        topics: topics.callout.subtopics,
        commands: { ...oclif.commands, identifier: 'binaryCommands' },
      },
    },
  },
});

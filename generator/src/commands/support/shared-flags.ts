import { Flags } from '@oclif/core';
import { loadMessages } from '../../messages/index.js';

const messages = loadMessages('shared');

/** Flag that says where the configuration is. */
export const configDirFlag = Flags.directory({
  char: 'c',
  summary: messages.get('flags.config-dir.summary'),
  default: 'config',
  exists: false,
});

/** Flag that says where the project is that receives the generated files. */
export const outputDirFlag = Flags.directory({
  char: 'd',
  summary: messages.get('flags.output-dir.summary'),
  default: '.',
  exists: false,
});

import { Flags } from '@oclif/core';
import { loadMessages } from '../../messages/index.js';

/** Flag that names the local org. */
export const aliasFlag = Flags.string({
  char: 'a',
  summary: loadMessages('org').get('flags.alias.summary'),
  default: 'callout-local',
});

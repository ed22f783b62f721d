import type { Command } from '@oclif/core';
import DeployStart from './deploy/start.js';
import Explain from './explain.js';
import Generate from './generate.js';
import Init from './init.js';
import OrgStart from './org/start.js';
import OrgStatus from './org/status.js';
import OrgStop from './org/stop.js';
import Test from './test.js';
import Validate from './validate.js';

export { unexpectedArgument } from './support/unexpected-argument.js';

/** Commands of the binary: `callout generate`. */
export const binaryCommands: Readonly<Record<string, Command.Class>> = {
  'deploy:start': DeployStart,
  explain: Explain,
  generate: Generate,
  init: Init,
  'org:start': OrgStart,
  'org:status': OrgStatus,
  'org:stop': OrgStop,
  test: Test,
  validate: Validate,
};

/** The same commands as the SF CLI plugin has them, below its topic: `sf callout generate`. */
export const pluginCommands: Readonly<Record<string, Command.Class>> = Object.fromEntries(
  Object.entries(binaryCommands).map(([id, command]) => [`callout:${id}`, command]),
);

import type { Command } from '@oclif/core';
import DeployStart from './deploy/start.js';
import Explain from './explain.js';
import Generate from './generate.js';
import Init from './init.js';
import ExternalConfigure from './org/external/configure.js';
import ExternalConnect from './org/external/connect.js';
import ExternalExpire from './org/external/expire.js';
import ExternalJournal from './org/external/journal.js';
import ExternalStart from './org/external/start.js';
import ExternalStatusCommand from './org/external/status.js';
import ExternalStop from './org/external/stop.js';
import OrgAdvance from './org/advance.js';
import OrgStart from './org/start.js';
import OrgStatus from './org/status.js';
import OrgStop from './org/stop.js';
import OrgWatch from './org/watch.js';
import Prove from './prove.js';
import Test from './test.js';
import Validate from './validate.js';

export { unexpectedArgument } from './support/unexpected-argument.js';

/** Commands of the binary: `callout generate`. */
export const binaryCommands: Readonly<Record<string, Command.Class>> = {
  'deploy:start': DeployStart,
  explain: Explain,
  generate: Generate,
  init: Init,
  'org:advance': OrgAdvance,
  'org:external:configure': ExternalConfigure,
  'org:external:connect': ExternalConnect,
  'org:external:expire': ExternalExpire,
  'org:external:journal': ExternalJournal,
  'org:external:start': ExternalStart,
  'org:external:status': ExternalStatusCommand,
  'org:external:stop': ExternalStop,
  'org:start': OrgStart,
  'org:status': OrgStatus,
  'org:stop': OrgStop,
  'org:watch': OrgWatch,
  prove: Prove,
  test: Test,
  validate: Validate,
};

/** The same commands as the SF CLI plugin has them, below its topic: `sf callout generate`. */
export const pluginCommands: Readonly<Record<string, Command.Class>> = Object.fromEntries(
  Object.entries(binaryCommands).map(([id, command]) => [`callout:${id}`, command]),
);

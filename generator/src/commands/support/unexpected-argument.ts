import { Errors, type Hook } from '@oclif/core';
import { EXIT } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';

/**
 * Called when no command has the name that was typed. oclif takes each word after a command without arguments for a part of its
 * name: of `generate extra` it makes `generate:extra`. Here the word becomes an argument of `generate`, which refuses it by name.
 */
export const unexpectedArgument: Hook<'command_not_found'> = async function ({ config, id, argv = [] }) {
  const words = id.split(':');
  for (let length = words.length - 1; length > 0; length -= 1) {
    const command = words.slice(0, length).join(':');
    if (config.findCommand(command) !== undefined) return config.runCommand(command, [...words.slice(length), ...argv]);
  }
  const messages = loadMessages('shared');
  const { suggest } = await import('../../diagnostics/index.js');
  const known = config.commandIDs.map((name) => name.replaceAll(':', ' '));
  const meant = suggest(words.join(' '), known);
  throw new Errors.CLIError(messages.get('error.noCommand', words.join(' ')), {
    exit: EXIT.usage,
    suggestions:
      meant === undefined
        ? messages.list('error.noCommand.actions')
        : messages.list('error.noCommand.suggestion', meant),
  });
};

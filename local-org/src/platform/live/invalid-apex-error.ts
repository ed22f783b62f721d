import type { CompileError } from '../../apex/engine/index.js';

/** The org holds Apex that does not compile, so none of it can run. */
export class InvalidApexError extends Error {
  override readonly name = 'InvalidApexError';

  constructor(readonly errors: readonly CompileError[]) {
    const places = errors.map(({ fileName, line, column, message }) => `${fileName}:${line}:${column} ${message}`);
    super(`The Apex of the org does not compile:\n${places.join('\n')}`);
  }
}

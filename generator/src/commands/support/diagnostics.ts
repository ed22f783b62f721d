import { dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../model/index.js';
import { count } from './count.js';

/** `2 errors, 1 warning`; only what there is. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return [...(errors > 0 ? [count(errors, 'error')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])].join(
    ', ',
  );
}

/** Whether text for people on this stream may carry colours (https://no-color.org and https://force-color.org). */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  if (process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '') return false;
  if (process.env['FORCE_COLOR'] !== undefined && process.env['FORCE_COLOR'] !== '0') return true;
  return stream.isTTY;
}

/**
 * The same problems with paths that resolve from the current folder, so that editors and CI can open them. The configuration
 * names its files from the folder that it is in, which is the project.
 */
export function fromHere(diagnostics: readonly Diagnostic[], configDir: string): readonly Diagnostic[] {
  const project = dirname(resolve(configDir));
  return diagnostics.map((diagnostic) => {
    const file = relative(process.cwd(), join(project, diagnostic.position.file)).replaceAll('\\', '/');
    return { ...diagnostic, position: { ...diagnostic.position, file } };
  });
}

import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { packagePath } from '../../package-root/index.js';

type Template<Values> = (values: Values) => string;

/**
 * A template of `templates/integration`. Values are not escaped: what comes from a configuration has passed through `literal.ts`
 * before. An unknown name in a template is an error; helpers are the built-in ones.
 */
export function apexTemplate<Values extends object>(file: string): Template<Values> {
  let compiled: Template<Values> | undefined;
  return (values) => {
    compiled ??= Handlebars.compile<Values>(
      readFileSync(packagePath('generator', 'templates', 'integration', file), 'utf8'),
      { noEscape: true, strict: true, knownHelpersOnly: true },
    );
    return compiled(values);
  };
}

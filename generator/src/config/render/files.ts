import { renderJsonSchema } from './json-schema.js';
import { renderReference } from './reference.js';

/** A file that is made from the schema, with its path below the project root. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string;
}

/** The files under version control that are made from the schema; a test compares them. */
export function renderConfigFiles(): readonly RenderedFile[] {
  return [
    { path: 'config/integration.schema.json', content: renderJsonSchema('integration') },
    { path: 'config/environment.schema.json', content: renderJsonSchema('environment') },
    { path: 'docs/configuration.md', content: renderReference() },
  ];
}

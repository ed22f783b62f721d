import type { Contract } from './contract.js';
import type { Environment, Integration } from './integration.js';

/** Everything that the emitters may read. Integrations are sorted by name. */
export interface ProjectModel {
  readonly integrations: readonly Integration[];
  readonly environments: readonly Environment[];
  readonly contracts: readonly Contract[];
}

/** How the origin line and the hash are written into a file. `none`: the format has no comments (see output/). */
export type HeaderStyle = 'xml' | 'apex' | 'none';

/** One file that an emitter wants; `output` adds the header and writes it. */
export interface GeneratedFile {
  /** Path below the output folder's parent project root, forward slashes: `force-app/main/…`. */
  readonly path: string;
  /** Text with `\n` line ends and a final newline, without the generated header. A text that is inserted into another file has no final newline. */
  readonly content: string;
  readonly header: HeaderStyle;
  /** What the file was generated from, for the header: a config file's path, or `the callout runtime`. */
  readonly origin: string;
}

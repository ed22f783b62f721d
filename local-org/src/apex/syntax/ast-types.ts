import type { ApexType } from '../types/types.js';
import type { Identifier, SourceRange } from './source.js';

/** One segment of a type name: `Map<Id, Account>` or `Database` in `Database.Batchable<SObject>`. */
export interface TypeNameSegment extends Identifier {
  readonly args: readonly TypeRefNode[];
}

/** A type as written. The checker sets `type`. */
export interface TypeRefNode {
  readonly kind: 'typeRef';
  readonly segments: readonly TypeNameSegment[];
  /** Number of `[]` after the name; each makes a list. */
  readonly arrayDepth: number;
  readonly range: SourceRange;
  /** Set by the checker; `any` until then and for a type that does not exist. */
  type: ApexType;
}

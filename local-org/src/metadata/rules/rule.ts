import type { Problem } from '../../model/index.js';
import type { Subject } from '../subject.js';
import type { SymbolTable } from '../symbols/symbolTable.js';
import type { XmlElement } from '../xml/document.js';

/** Something that a rule found, at the element that it is about. */
export interface Finding {
  readonly at: XmlElement;
  readonly message: string;
  /** Errors fail the deployment; warnings do not. Default `Error`. */
  readonly severity?: Problem['severity'];
}

/** What a rule may look at besides the component itself. */
export interface RuleContext {
  readonly symbols: SymbolTable;
  /** API version of the package: `66.0`. */
  readonly apiVersion: string;
}

/** One platform rule. */
export interface Rule {
  /** Stable name, also the name of its test. */
  readonly id: string;
  /** Metadata types whose components it checks. */
  readonly types: readonly string[];
  check(subject: Subject, context: RuleContext): Iterable<Finding>;
}

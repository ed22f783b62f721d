import type { Finding, Rule } from '../../diagnostics/index.js';
import type { IntegrationConfig, Section } from '../schema/index.js';
import type { FlatRequest } from './flatten.js';

/** What the checks of one integration look at. */
export interface Subject {
  readonly config: IntegrationConfig;
  /** The requests with their default names and methods, and their texts taken apart. */
  readonly requests: readonly FlatRequest[];
  /** Whether the file itself sets the value at this path. */
  readonly written: (...path: readonly (string | number)[]) => boolean;
}

/** A group of rules that are checked together, on an integration whose shape is right. */
export interface Check {
  /** All rules that `run` may report, for the reference. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** Parts of the file that `run` reads; with a problem in one of them it is not asked. */
  readonly needs: readonly Section[];
  run(subject: Subject): Iterable<Finding>;
}

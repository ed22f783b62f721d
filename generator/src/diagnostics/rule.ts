/** One check of the configuration: its stable name and the texts that never change. */
export interface Rule {
  /** Kebab-case name, printed with every finding: `unknown-key`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is checked, one sentence, for the reference. */
  readonly summary: string;
  /** Why it matters: the failure that it would cause. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Keys and list indexes from the root of a YAML file to a value: `['requests', 0, 'path']`. */
export type Path = readonly (string | number)[];

/** What a single finding says beyond its rule. */
export interface ProblemDetails {
  /** Replaces the rule's reason. */
  readonly reason?: string;
  /** Replaces the rule's fix. */
  readonly fix?: string;
  /** A near match for a misspelt key or value. */
  readonly suggestion?: string | undefined;
  /** Point at the key instead of its value. */
  readonly atKey?: boolean;
  /** Point at this text inside the value, if it stands there as it is. */
  readonly token?: string;
}

/** A rule that a value breaks; where the value stands is known by whoever checked it. */
export class Problem {
  public constructor(
    public readonly rule: Rule,
    /** What is wrong, one sentence. */
    public readonly message: string,
    public readonly details: ProblemDetails = {},
  ) {}
}

/** A problem and the place of the value that has it. */
export interface Finding {
  readonly path: Path;
  readonly problem: Problem;
}

/** The finding of `rule` at `path`. */
export function finding(path: Path, rule: Rule, message: string, details: ProblemDetails = {}): Finding {
  return { path, problem: new Problem(rule, message, details) };
}

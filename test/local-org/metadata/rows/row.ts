/** A mistake made in the sound package, and every problem that it must cause. */
export interface Row {
  /** Rule that finds it; also the name of the test. */
  readonly rule: string;
  readonly file: string;
  /** Text in the file, and what replaces its first occurrence. */
  readonly from: string;
  readonly to: string;
  /** Path of the changed copy, when the sound file stays beside it. */
  readonly as?: string;
  /** Problems in the order of their places: text in the changed file that ends where the problem is, and the message. */
  readonly problems: readonly Expected[];
}

export interface Expected {
  readonly at: string;
  readonly message: string;
  readonly severity?: 'Warning';
  /** File that it is reported in, when that is not the changed one. */
  readonly file?: string;
}

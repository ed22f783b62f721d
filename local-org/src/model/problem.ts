/** One failure or warning of a component, in the Metadata API's DeployMessage form. */
export interface Problem {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  /** Line and column in `fileName`, from 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: 'Error' | 'Warning';
  /** The platform's own wording where it is known. */
  readonly message: string;
}

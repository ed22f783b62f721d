export type LocalOrgErrorCode =
  'invalid-alias' | 'already-running' | 'not-running' | 'port-unavailable' | 'start-failed' | 'stop-failed';

/** A process of the local org or its external system could not be started or stopped. The message says why, in a form that users can read. */
export class LocalOrgError extends Error {
  public override readonly name = 'LocalOrgError';
  public readonly code: LocalOrgErrorCode;

  public constructor(code: LocalOrgErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

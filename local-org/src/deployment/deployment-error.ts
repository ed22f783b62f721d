/** Codes are those that the Metadata API uses in faults. */
export type DeploymentErrorCode =
  | 'FUNCTIONALITY_NOT_ENABLED'
  | 'INVALID_CROSS_REFERENCE_KEY'
  | 'INVALID_ID_FIELD'
  | 'INVALID_OPERATION'
  | 'INVALID_LOCATOR';

/** A request about a deployment or a retrieval that cannot be served; the deployment itself, if any, is not affected. */
export class DeploymentError extends Error {
  public override readonly name = 'DeploymentError';
  public readonly code: DeploymentErrorCode;

  public constructor(code: DeploymentErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

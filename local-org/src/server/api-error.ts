/** A refusal in the form that the REST API answers with: an HTTP status and `[{errorCode, message}]`. */
export class ApiError extends Error {
  public override readonly name = 'ApiError';
  public readonly status: number;
  public readonly code: string;

  public constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What the local org does not do; the message names it. */
export function notSupported(what: string): ApiError {
  return new ApiError(400, 'FUNCTIONALITY_NOT_ENABLED', `The local org does not support ${what}.`);
}

/** The platform's answer for paths that it does not have. */
export function notFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** One error in the form of the REST API. */
export interface ErrorItem {
  readonly message: string;
  readonly errorCode: string;
  /** Fields of the record that the error is about. */
  readonly fields?: readonly string[];
}

/** A refusal in the form that the REST API answers with: an HTTP status and `[{message, errorCode}]`. */
export class ApiError extends Error {
  public override readonly name = 'ApiError';
  public readonly status: number;
  public readonly code: string;
  public readonly items: readonly ErrorItem[];

  /** @param items all errors, when there may be several or they name fields */
  public constructor(status: number, code: string, message: string, items?: readonly ErrorItem[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.items = items ?? [{ message, errorCode: code }];
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

/** A refusal of the Connect API: HTTP status, error code, message. It holds no secret. */
export class ConnectError extends Error {
  public override readonly name = 'ConnectError';
  public readonly status: number;
  public readonly code: string;

  public constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function invalidInput(message: string): ConnectError {
  return new ConnectError(400, 'INVALID_API_INPUT', message);
}

export function notThere(what: string): ConnectError {
  return new ConnectError(404, 'NOT_FOUND', `${what} doesn't exist, or you don't have access to it.`);
}

export function noAccess(): ConnectError {
  return new ConnectError(403, 'INSUFFICIENT_ACCESS', 'Insufficient access rights on the user external credential.');
}

/** Why a zip was refused before anything in it was looked at; named like the API's status codes. */
export type PackageErrorCode = 'INVALID_ZIP_FILE' | 'LIMIT_EXCEEDED' | 'UNSUPPORTED_PACKAGE';

/** The zip as a whole cannot be read. What is wrong with a single file in it is a `Problem` instead. */
export class PackageError extends Error {
  public override readonly name = 'PackageError';
  public readonly code: PackageErrorCode;

  public constructor(code: PackageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

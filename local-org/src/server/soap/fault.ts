/** A SOAP answer that says why an operation was refused. */
export class SoapFault extends Error {
  public override readonly name = 'SoapFault';
  /** With its prefix: `sf:INVALID_TYPE`, `soapenv:Client`. */
  public readonly code: string;

  public constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A fault of the Metadata API: its messages start with the code. */
export function metadataFault(code: string, message: string): SoapFault {
  return new SoapFault(`sf:${code}`, `${code}: ${message}`);
}

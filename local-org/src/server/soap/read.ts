import { child, normalizeXml, parseXml, XmlError, type XmlElement } from '../../package/index.js';
import { SoapFault } from './fault.js';

/** The session header comes first in every client's envelope; a body of many megabytes is not parsed before it is checked. */
const HEADER_BYTES = 16_384;
const SESSION_ID = /<(?:[\w.-]+:)?sessionId\s*>([^<]*)</;
const REQUEST_LIMITS = { elements: 100_000, depth: 32 };

/** The session id of a request, without parsing it. */
export function sessionIdOf(body: Buffer): string | undefined {
  return SESSION_ID.exec(body.toString('utf8', 0, HEADER_BYTES))?.[1]?.trim();
}

/** A request: the one element in the envelope's body, and the headers that go with it. */
export interface SoapRequest {
  readonly operation: XmlElement;
  readonly header: XmlElement | undefined;
}

/** Throws SoapFault when the request is no envelope with an operation. */
export function readRequest(body: Buffer): SoapRequest {
  const envelope = parseEnvelope(body);
  const operation = child(envelope, 'Body')?.children[0];
  if (envelope.name !== 'Envelope' || operation === undefined)
    throw new SoapFault('soapenv:Client', 'The request is not a SOAP envelope with an operation in its body.');
  return { operation, header: child(envelope, 'Header') };
}

function parseEnvelope(body: Buffer): XmlElement {
  try {
    return parseXml(normalizeXml(body.toString('utf8')), REQUEST_LIMITS);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new SoapFault(
      'soapenv:Client',
      `The request is not well-formed XML: ${error.message} (line ${error.line}, column ${error.column})`,
    );
  }
}

import { escapeXml } from '../../package/index.js';

/** What a SOAP answer is written from: arrays repeat their element, undefined leaves it out, null makes it nil. */
export type SoapValue =
  string | number | boolean | null | undefined | readonly SoapValue[] | { readonly [name: string]: SoapValue };

/** XML namespaces of the SOAP APIs. */
export const NAMESPACES = {
  metadata: 'http://soap.sforce.com/2006/04/metadata',
  apex: 'http://soap.sforce.com/2006/08/apex',
} as const;

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The answer to an operation: `<xResponse><result>…</result></xResponse>`, with headers where there are any. */
export function soapResponse(
  operation: string,
  result: SoapValue,
  namespace: string = NAMESPACES.metadata,
  header: SoapValue = undefined,
): string {
  const head = header === undefined ? '' : `<soapenv:Header>${children(header)}</soapenv:Header>`;
  return envelope(namespace, head, `<${operation}Response>${element('result', result)}</${operation}Response>`);
}

/** A fault. The code is written with the prefix that clients look for, `sf:INVALID_SESSION_ID`. */
export function soapFault(code: string, message: string): string {
  const fault = `<faultcode>${escapeXml(code)}</faultcode><faultstring>${escapeXml(message)}</faultstring>`;
  return envelope(NAMESPACES.metadata, '', `<soapenv:Fault>${fault}</soapenv:Fault>`);
}

function envelope(namespace: string, head: string, body: string): string {
  const names = `xmlns:soapenv="${SOAP}" xmlns:sf="${namespace}" xmlns="${namespace}" xmlns:xsi="${XSI}"`;
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${names}>${head}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

function element(name: string, value: SoapValue): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${children(value)}</${name}>`;
}

function children(value: SoapValue): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([key, item]) => element(key, item))
    .join('');
}

function isList(value: SoapValue): value is readonly SoapValue[] {
  return Array.isArray(value);
}

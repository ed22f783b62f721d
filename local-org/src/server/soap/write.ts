import { escapeXml } from '../../package/index.js';

/** What a SOAP answer is written from: arrays repeat their element, undefined leaves it out. */
export type SoapValue =
  string | number | boolean | undefined | readonly SoapValue[] | { readonly [name: string]: SoapValue };

const ENVELOPE_START =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata" xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>';
const ENVELOPE_END = '</soapenv:Body></soapenv:Envelope>';

/** The answer to an operation: `<xResponse><result>…</result></xResponse>`. */
export function soapResponse(operation: string, result: SoapValue): string {
  return `${ENVELOPE_START}<${operation}Response>${element('result', result)}</${operation}Response>${ENVELOPE_END}`;
}

/** A fault. The code is written with the prefix that clients look for, `sf:INVALID_SESSION_ID`. */
export function soapFault(code: string, message: string): string {
  const fault = `<faultcode>${escapeXml(code)}</faultcode><faultstring>${escapeXml(message)}</faultstring>`;
  return `${ENVELOPE_START}<soapenv:Fault>${fault}</soapenv:Fault>${ENVELOPE_END}`;
}

function element(name: string, value: SoapValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  const content =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, item]) => element(key, item))
          .join('')
      : escapeXml(String(value));
  return `<${name}>${content}</${name}>`;
}

function isList(value: SoapValue): value is readonly SoapValue[] {
  return Array.isArray(value);
}

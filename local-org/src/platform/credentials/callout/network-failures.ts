import { CalloutFailure } from '../../../apex/runtime/index.js';

export const TIMED_OUT = 'Read timed out';

/** The platform calls out through Java, whose messages Apex sees; by the code of the system's error. */
const BY_CODE: Readonly<Record<string, (host: string) => string>> = {
  ECONNREFUSED: () => 'Connection refused',
  ECONNRESET: () => 'Connection reset',
  EPIPE: () => 'Connection reset',
  ENOTFOUND: (host) => `UnknownHostException: ${host}`,
  EAI_AGAIN: (host) => `UnknownHostException: ${host}`,
  EHOSTUNREACH: () => 'No route to host',
  ENETUNREACH: () => 'Network is unreachable',
  ETIMEDOUT: () => 'Connect timed out',
  CERT_HAS_EXPIRED: () =>
    'PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed',
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `No subject alternative DNS name matching ${host} found.`,
};

const UNTRUSTED =
  'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target';

/** Codes of a certificate that nobody vouches for. */
const UNTRUSTED_CODES: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Why there is no response, as a System.CalloutException says it. What is no failure of the network comes back as it is. */
export function failureOf(error: unknown, url: URL): unknown {
  if (error instanceof CalloutFailure || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (UNTRUSTED_CODES.has(code)) return new CalloutFailure(UNTRUSTED);
  // Node says "socket hang up" where the server closed the connection without an answer.
  if (code === 'ECONNRESET' && error.message === 'socket hang up')
    return new CalloutFailure('Unexpected end of file from server');
  const text = BY_CODE[code]?.(url.hostname);
  return text === undefined ? new CalloutFailure(error.message) : new CalloutFailure(text);
}

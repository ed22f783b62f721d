import { CalloutFailure } from '../../apex/runtime/index.js';

/** Why a callout through a named credential fails, in the platform's words. */
export const MESSAGES = {
  /** PLATFORM 1.5: seen where the named credential does not exist, or is not open to the caller. */
  noEndpoint: (namedCredential: string) =>
    `The callout couldn't access the endpoint. You might not have the required permissions, or the named credential "${namedCredential}" might not exist.`,
  /** PLATFORM 1.5.3. */
  noCredential: (externalCredential: string) =>
    `We couldn't access the credential(s). You might not have the required permissions, or the external credential "${externalCredential}" might not exist.`,
  /** PLATFORM 1.5.3. */
  notConfigured: "The external credential isn't fully configured.",
  /** The authorization server refused and said why (RFC 6749 section 5.2); what it left out stays empty. */
  tokenRefused: (error: string, description: string) =>
    `Unable to fetch the OAuth token. Error: ${error}. Error description: ${description}.`,
  /** The authorization server did not answer, or not in OAuth's form. */
  notRefreshed: "The expired credentials couldn't be refreshed. Try again later.",
  /** A merge field that the principal has no value for. */
  noField: (path: string) => `Field ${path} does not exist. Check spelling.`,
  /** Apex Developer Guide: Adding Remote Site Settings. */
  noRemoteSite: (endpoint: string) =>
    `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint}`,
} as const;

/** The org does not let a callout out: nothing was sent, and the log shows no credential (PLATFORM 1.5.3). */
export class CredentialRefusal extends CalloutFailure {}

import { z } from 'zod';

/**
 * What Salesforce does not document about credentials (PLATFORM section 6), as settings. docs/local-org.md lists them.
 */
export const credentialSettings = z
  .strictObject({
    /**
     * Callouts that find their session expired at the same time. `race`: each asks for a token of its own. `shared`: those of one principal wait for
     * one request.
     */
    parallelRefresh: z.enum(['race', 'shared']).default('race'),
    /**
     * A callout whose token another one has replaced by the time it finds its session expired. `refresh`: it asks for a token all the same.
     * `useNewer`: it is sent again with the newer one.
     */
    replacedToken: z.enum(['refresh', 'useNewer']).default('refresh'),
    /**
     * A user without the rights on UserExternalCredential that storing a refreshed token takes (PLATFORM 1.5.2). `response`: Apex sees the 401 that
     * the external system gave. `exception`: the callout fails.
     */
    refreshWithoutRights: z.enum(['response', 'exception']).default('response'),
    /** The same for the first token of a principal, which there is no 401 for. `allow`: the token is stored all the same. */
    firstTokenWithoutRights: z.enum(['exception', 'allow']).default('exception'),
    /** A refresh that the authorization server refuses or does not answer. */
    failedRefresh: z.enum(['exception', 'response']).default('exception'),
    /** A header of the credential that Apex has set too: whose value is sent. */
    headerConflict: z.enum(['credential', 'apex']).default('credential'),
    /** A header of the credential that holds a formula, while merge fields in headers are not allowed. */
    formulaNotAllowed: z.enum(['literal', 'exception']).default('literal'),
    /** Shape of the NAMED_CREDENTIAL lines in debug logs: `NamedCallout[...]` or parts between bars (PLATFORM 4). */
    logShape: z.enum(['namedCallout', 'bars']).default('namedCallout'),
    /** Longest body in NAMED_CREDENTIAL_RESPONSE, characters. */
    loggedBodyLength: z.coerce.number().int().min(0).default(1000),
  })
  .readonly();

export type CredentialSettings = z.infer<typeof credentialSettings>;
export type CredentialSettingsInput = z.input<typeof credentialSettings>;

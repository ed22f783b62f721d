import type { FieldValue } from '../../data/index.js';

/** What a user may do with stored credentials (PLATFORM 1.5.2): rights on the object UserExternalCredential. */
export interface CredentialRights {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly modifyAll: boolean;
}

/** What callouts need to know of the org that they leave from. */
export interface CredentialWorld {
  /** Whether a user's permission sets open a principal, named `ExternalCredential-Principal` (PLATFORM 1.5.1). */
  hasPrincipalAccess(userId: string, principal: string): boolean;
  rights(userId: string): CredentialRights;
  /** Value of a global in formulas, `['$User', 'Username']`; undefined for one that the local org does not have. */
  global(userId: string, path: readonly string[]): FieldValue | undefined;
  /** Id of a deployed component; undefined when it is not deployed. */
  componentId(type: string, fullName: string): string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
}

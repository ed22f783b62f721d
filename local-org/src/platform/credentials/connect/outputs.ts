import type { ExternalCredential, NamedCredential, Principal } from '../metadata/model.js';
import type { PrincipalRecord } from '../../secrets/index.js';
import { allowedValues } from './allowed-values.js';
import type { AuthenticationStatus } from './status.js';

/** Connect REST API: Credential Value. Encrypted values are never given back. */
export interface CredentialValueOutput {
  readonly encrypted: boolean;
  readonly revision: number | null;
  readonly value: string | null;
}

/** Connect REST API: Credential. */
export interface CredentialOutput {
  readonly authenticationProtocol: string;
  readonly authenticationProtocolVariant: string | null;
  readonly authenticationStatus: AuthenticationStatus;
  readonly credentials: Readonly<Record<string, CredentialValueOutput>>;
  readonly externalCredential: string;
  readonly principalName: string | null;
  readonly principalType: string;
}

/** The spelling of protocols in metadata and in the Connect API differs in one (PLATFORM 1.2). */
export function connectProtocol({ protocolName }: ExternalCredential): string {
  return protocolName === 'Oauth' ? 'OAuth' : protocolName === 'Password' ? 'Basic' : protocolName;
}

export function credentialOutput(
  external: ExternalCredential,
  principal: Principal,
  record: PrincipalRecord | undefined,
  status: AuthenticationStatus,
): CredentialOutput {
  const given = Object.entries(record?.values ?? {});
  const names = allowedValues(external)?.filter(({ name }) => record?.values[name] === undefined) ?? [];
  return {
    authenticationProtocol: connectProtocol(external),
    authenticationProtocolVariant: external.variant ?? null,
    authenticationStatus: status,
    credentials: Object.fromEntries([
      ...names.map(({ name, encrypted }) => [name, { encrypted, revision: null, value: null }]),
      ...given.map(([name, { value, encrypted }]) => [
        name,
        { encrypted, revision: null, value: encrypted ? null : value },
      ]),
      ...(record?.token === undefined
        ? []
        : [['oauthToken', { encrypted: true, revision: record.token.revision, value: null }]]),
    ]),
    externalCredential: external.name,
    principalName: principal.name === '' ? null : principal.name,
    principalType: principal.type,
  };
}

export interface PrincipalOutput {
  readonly authenticationStatus: AuthenticationStatus;
  readonly principalName: string;
  readonly principalType: string;
  readonly sequenceNumber: number;
}

/** Connect REST API: External Credential. */
export interface ExternalCredentialOutput {
  readonly authenticationProtocol: string;
  readonly authenticationProtocolVariant: string | null;
  readonly authenticationStatus: AuthenticationStatus;
  readonly customHeaders: readonly {
    readonly headerName: string;
    readonly headerValue: string;
    readonly sequenceNumber: number;
  }[];
  readonly developerName: string;
  readonly id: string | null;
  readonly masterLabel: string;
  readonly principals: readonly PrincipalOutput[];
  readonly relatedNamedCredentials: readonly { readonly developerName: string; readonly masterLabel: string }[];
}

export function externalCredentialOutput(
  external: ExternalCredential,
  id: string | undefined,
  principals: readonly PrincipalOutput[],
  related: readonly NamedCredential[],
): ExternalCredentialOutput {
  return {
    authenticationProtocol: connectProtocol(external),
    authenticationProtocolVariant: external.variant ?? null,
    authenticationStatus: together(principals),
    customHeaders: external.headers.map(({ name, value }, at) => ({
      headerName: name,
      headerValue: value,
      sequenceNumber: at + 1,
    })),
    developerName: external.name,
    id: id ?? null,
    masterLabel: external.label,
    principals,
    relatedNamedCredentials: related.map(({ name, label }) => ({ developerName: name, masterLabel: label })),
  };
}

/** Configured as soon as one principal is. */
function together(principals: readonly PrincipalOutput[]): AuthenticationStatus {
  const statuses = new Set(principals.map(({ authenticationStatus }) => authenticationStatus));
  if (statuses.has('Configured')) return 'Configured';
  return statuses.has('Unknown') ? 'Unknown' : 'NotConfigured';
}

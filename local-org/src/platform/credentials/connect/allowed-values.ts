import type { ExternalCredential } from '../metadata/model.js';

/** Values that a protocol takes, and whether each is encrypted (Connect REST API: Credential Value Input; PLATFORM 1.6). */
export interface AllowedValue {
  readonly name: string;
  readonly encrypted: boolean;
}

const CLIENT: readonly AllowedValue[] = [
  { name: 'clientId', encrypted: false },
  { name: 'clientSecret', encrypted: true },
];
const LOGIN: readonly AllowedValue[] = [
  { name: 'username', encrypted: false },
  { name: 'password', encrypted: true },
];

/** Undefined: any name is valid, and the caller says what is encrypted. */
export function allowedValues({ protocol }: ExternalCredential): readonly AllowedValue[] | undefined {
  switch (protocol.kind) {
    case 'clientCredentials':
      return CLIENT;
    case 'basic':
      return LOGIN;
    case 'custom':
      return undefined;
    case 'browser':
    case 'jwtBearer':
    case 'none':
    case 'unsupported':
      return [];
  }
}

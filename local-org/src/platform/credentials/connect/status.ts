import type { ExternalCredential } from '../metadata/model.js';
import type { PrincipalRecord } from '../../secrets/index.js';
import { givenValue } from '../callout/credential-fields.js';
import { allowedValues } from './allowed-values.js';

export type AuthenticationStatus = 'Configured' | 'NotConfigured' | 'Unknown';

/**
 * Whether a principal has what its protocol requires; it says nothing about whether a token works. Unknown for custom protocols
 * (PLATFORM 1.6). JWT bearer needs nothing but its certificate.
 */
export function statusOf(external: ExternalCredential, record: PrincipalRecord | undefined): AuthenticationStatus {
  switch (external.protocol.kind) {
    case 'custom':
    case 'none':
    case 'unsupported':
      return 'Unknown';
    case 'jwtBearer':
      return 'Configured';
    case 'browser':
      return record?.token === undefined ? 'NotConfigured' : 'Configured';
    case 'clientCredentials':
    case 'basic': {
      const needed = allowedValues(external) ?? [];
      const all = needed.every(({ name }) => givenValue({ external, record }, name) !== undefined);
      return all ? 'Configured' : 'NotConfigured';
    }
  }
}

import {
  apexError,
  ConnectFailure,
  uncommittedWork,
  Unsupported,
  type ApexRuntime,
  type CredentialOperation,
  type CredentialPort,
  type LibraryModule,
  type Suspendable,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { fromJson, toJson } from './connect-json.js';

const CREDENTIAL = 'ConnectApi.Credential';
const PROVIDER = 'ConnectApi.ExternalAuthIdentityProviderCredentials';

/** @throws the platform's refusal in tests without SeeAllData (Apex Developer Guide: Testing ConnectApi Code); Unsupported where there is no org */
function port(runtime: ApexRuntime): CredentialPort {
  const { test } = runtime.tx;
  if (test !== undefined && !test.seeAllData)
    throw apexError(
      'UnsupportedOperationException',
      'ConnectApi methods are not supported in data siloed tests. Please use @IsTest(SeeAllData=true).',
    );
  const found = test === undefined ? runtime.options.credentials : undefined;
  if (found === undefined) throw new Unsupported('ConnectApi.NamedCredentials without a running org');
  return found;
}

function call(runtime: ApexRuntime, operation: CredentialOperation, input: unknown, result?: string): unknown {
  try {
    const answer = port(runtime).call(operation, toJson(input), runtime.tx.userId);
    return result === undefined ? null : fromJson(runtime, answer, platform(result));
  } catch (error) {
    throw asConnectException(error);
  }
}

/** The same for what writes: like DML it must not stand before a callout (PLATFORM 1.4). */
function write(runtime: ApexRuntime, operation: CredentialOperation, input: unknown, result?: string): unknown {
  const answer = call(runtime, operation, input, result);
  runtime.tx.pendingWork = true;
  return answer;
}

function asConnectException(error: unknown): unknown {
  return error instanceof ConnectFailure
    ? apexError('ConnectApi.ConnectApiException', `${error.code}: ${error.message}`)
    : error;
}

const reference = (externalCredential: unknown, principalName: unknown, principalType: unknown): object => ({
  externalCredential,
  principalName: principalName ?? undefined,
  principalType: toJson(principalType),
});

/** ConnectApi.NamedCredentials (Apex Reference Guide). Other methods refuse by name: credentials are deployed as metadata. */
export const namedCredentialsModule: LibraryModule = {
  owner: 'ConnectApi.NamedCredentials',
  members: (runtime) => ({
    'createCredential/1': (input: unknown) => write(runtime, 'createCredential', input, CREDENTIAL),
    'createCredential/2': (input: unknown, action: unknown) => {
      if (action === null) return write(runtime, 'createCredential', input, CREDENTIAL);
      // Refusals of tests come first; elsewhere a transaction that cannot wait gets here.
      port(runtime);
      throw new Unsupported('ConnectApi.NamedCredentials.createCredential with Refresh in code that cannot wait');
    },
    updateCredential: (input: unknown) => write(runtime, 'updateCredential', input, CREDENTIAL),
    patchCredential: (input: unknown) => write(runtime, 'patchCredential', input, CREDENTIAL),
    deleteCredential: (external: unknown, name: unknown, type: unknown, parameters: unknown) =>
      write(runtime, 'deleteCredential', {
        ...reference(external, name, type),
        authenticationParameters: toJson(parameters),
      }),
    getCredential: (external: unknown, name: unknown, type: unknown) =>
      call(runtime, 'getCredential', reference(external, name, type), CREDENTIAL),
    getExternalCredential: (name: unknown) =>
      call(runtime, 'getExternalCredential', { name }, 'ConnectApi.ExternalCredential'),
    getExternalCredentials: () => call(runtime, 'getExternalCredentials', {}, 'ConnectApi.ExternalCredentialList'),
    getOAuthCredentialAuthUrl: (input: unknown) =>
      call(runtime, 'getOAuthCredentialAuthUrl', input, 'ConnectApi.OAuthCredentialAuthUrl'),
    getExternalAuthIdentityProviderCredentials: (name: unknown) =>
      call(runtime, 'getExternalAuthIdentityProviderCredentials', { name }, PROVIDER),
    createExternalAuthIdentityProviderCredentials: (name: unknown, input: unknown) =>
      write(runtime, 'createExternalAuthIdentityProviderCredentials', { name, input: toJson(input) }, PROVIDER),
    updateExternalAuthIdentityProviderCredentials: (name: unknown, input: unknown) =>
      write(runtime, 'updateExternalAuthIdentityProviderCredentials', { name, input: toJson(input) }, PROVIDER),
  }),
  suspendable: (runtime) => ({
    'createCredential/2': (input: unknown, action: unknown) => refresh(runtime, input, action),
  }),
};

function* refresh(runtime: ApexRuntime, input: unknown, action: unknown): Suspendable<unknown> {
  if (action === null) return write(runtime, 'createCredential', input, CREDENTIAL);
  const { userId, pendingWork, savepoints } = runtime.tx;
  if (pendingWork || savepoints.size > 0) throw uncommittedWork();
  const credentials = port(runtime);
  try {
    const answer = yield { kind: 'callout', perform: () => credentials.refresh(toJson(input), userId) };
    runtime.tx.pendingWork = true;
    return fromJson(runtime, answer, platform(CREDENTIAL));
  } catch (error) {
    throw asConnectException(error);
  }
}

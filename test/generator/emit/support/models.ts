import type {
  ApiName,
  Auth,
  AuthMethod,
  BasicAuth,
  BrowserAuth,
  ClientCredentialsAuth,
  CustomHeaderAuth,
  JwtBearerAuth,
  Environment,
  EnvironmentName,
  EnvironmentValues,
  FieldPath,
  Integration,
  IntegrationName,
  ObjectName,
  ProjectModel,
  ProjectPath,
  RecordTrigger,
  Seconds,
} from '../../../../generator/src/model/index.js';

const seconds = (value: number): Seconds => value as Seconds;
export const field = (path: string): FieldPath => path as FieldPath;
export const projectPath = (path: string): ProjectPath => path as ProjectPath;

export const CLIENT_CREDENTIALS: ClientCredentialsAuth = {
  type: 'clientCredentials',
  tokenUrl: 'https://login.example.com/token',
  clientAuthentication: 'body',
  scopes: ['read', 'write'],
};

export const BROWSER: BrowserAuth = {
  type: 'browser',
  provider: 'identityProvider',
  authorizeUrl: 'https://login.example.com/authorize',
  tokenUrl: 'https://login.example.com/token',
  userInfoUrl: undefined,
  clientId: undefined,
  clientAuthentication: 'body',
  pkce: true,
  scopes: ['api', 'refresh_token'],
};

/** A browser login whose URLs an auth provider holds. */
export const AUTH_PROVIDER: BrowserAuth = { ...BROWSER, provider: 'authProvider', clientId: 'client-1' };

export const JWT_BEARER: JwtBearerAuth = {
  type: 'jwtBearer',
  tokenUrl: 'https://login.example.com/token',
  certificate: 'Erp_Signing',
  issuer: 'client-id',
  subject: 'integration@example.com',
  audience: 'https://login.example.com',
  scopes: [],
};

export const CUSTOM_HEADER: CustomHeaderAuth = {
  type: 'customHeader',
  header: 'X-API-Key',
  prefix: '',
  parameter: 'ApiKey',
};

export const BASIC: BasicAuth = { type: 'basic' };

/** An authentication with a named principal in the secured style; `changes` are made on top. */
export function auth(method: AuthMethod, changes: Partial<Auth> = {}): Auth {
  return {
    method,
    principal: { scope: 'named', name: 'Integration' },
    generateAuthorizationHeader: true,
    credentialStyle: 'secured',
    expiredSession: [],
    refreshProbe: undefined,
    ...changes,
  };
}

/** A queued trigger on account updates; `changes` are made on top. */
export function trigger(changes: Partial<RecordTrigger> = {}): RecordTrigger {
  return {
    object: 'Account' as ObjectName,
    event: 'update',
    conditions: [],
    changedFields: [field('Name'), field('Phone')],
    delivery: 'queued',
    flowName: 'Account_Update_External_System',
    ...changes,
  };
}

/** `account-sync` with every default written out; `changes` are made on top. */
export function integration(changes: Partial<Integration> = {}): Integration {
  return {
    name: 'account-sync' as IntegrationName,
    apiName: 'AccountSync' as ApiName,
    label: 'Account sync',
    description: 'Sends changed accounts to the external system of record.',
    source: projectPath('config/integrations/account-sync.yaml'),
    endpoint: {
      url: 'https://erp.example.com/api/v1',
      timeout: seconds(30),
      headers: [],
      allowMergeFieldsInHeader: false,
      allowMergeFieldsInBody: false,
    },
    auth: auth(CLIENT_CREDENTIALS),
    trigger: trigger(),
    object: undefined,
    inputs: [],
    requests: [
      {
        name: 'update-account',
        method: 'POST',
        path: [{ kind: 'text', text: '/accounts' }],
        query: [],
        headers: [],
        body: { kind: 'none' },
        responseFields: [],
        outputs: [],
        idempotencyHeader: 'Idempotency-Key',
      },
    ],
    retry: {
      attempts: 8,
      initial: seconds(60),
      multiplier: 2,
      max: seconds(3600),
      jitter: 'full',
      retryAfter: true,
      deadline: seconds(86400),
      budget: { capacity: 100, refillPerMinute: 10, transientCost: 1, throttlingCost: 5 },
    },
    queue: {
      sweepEveryMinutes: 15,
      scheduler: 'flow',
      orderBy: [{ kind: 'field', path: field('Id') }],
      payload: 'snapshot',
      retentionDays: { succeeded: 7, dead: 90 },
      onFailure: 'block',
    },
    circuitBreaker: {
      enabled: true,
      failureRate: 50,
      minimumCalls: 20,
      window: seconds(60),
      openFor: seconds(60),
      halfOpenProbes: 3,
    },
    concurrency: { lanes: 1, batch: 50 },
    monitoring: { tokenTracking: true, deadLetterAlerts: { kind: 'none' }, circuitAlerts: { kind: 'none' } },
    ...changes,
  };
}

/** An environment that names only what is given. */
export function environment(
  name: string,
  options: {
    readonly isDefault?: boolean;
    readonly integrationUser?: string;
    readonly values?: Readonly<Record<string, Partial<EnvironmentValues>>>;
  } = {},
): Environment {
  const nothing: EnvironmentValues = {
    endpointUrl: undefined,
    tokenUrl: undefined,
    authorizeUrl: undefined,
    clientId: undefined,
  };
  return {
    name: name as EnvironmentName,
    source: projectPath(`config/environments/${name}.yaml`),
    isDefault: options.isDefault ?? false,
    integrationUser: options.integrationUser ?? `integration@${name}.example`,
    integrations: new Map(
      Object.entries(options.values ?? {}).map(([key, values]) => [key as IntegrationName, { ...nothing, ...values }]),
    ),
  };
}

/** A project with one default environment. */
export function project(integrations: readonly Integration[], environments?: readonly Environment[]): ProjectModel {
  return { integrations, environments: environments ?? [environment('local', { isDefault: true })], contracts: [] };
}

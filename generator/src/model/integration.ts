import type { Auth } from './auth.js';
import type { ApiName, EnvironmentName, IntegrationName, ProjectPath, Seconds } from './names.js';
import type { CircuitBreakerPolicy, ConcurrencyPolicy, MonitoringPolicy, QueuePolicy, RetryPolicy } from './policy.js';
import type { RequestStep } from './request.js';
import type { RecordTrigger } from './trigger.js';

/** A header that the named credential adds to every call. */
export interface EndpointHeader {
  readonly name: string;
  /** `static`: sent as it stands. `formula`: a Salesforce formula that the platform evaluates at run time. */
  readonly kind: 'static' | 'formula';
  readonly value: string;
}

export interface Endpoint {
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly timeout: Seconds;
  readonly headers: readonly EndpointHeader[];
  readonly allowMergeFieldsInHeader: boolean;
  readonly allowMergeFieldsInBody: boolean;
}

/** A value that the caller of an action-only integration passes in. */
export interface ActionInput {
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'datetime';
  readonly required: boolean;
  readonly description: string;
}

/** One integration with every default written out. Immutable; no emitter reads YAML. */
export interface Integration {
  readonly name: IntegrationName;
  readonly apiName: ApiName;
  readonly label: string;
  readonly description: string;
  readonly source: ProjectPath;
  readonly endpoint: Endpoint;
  readonly auth: Auth;
  readonly trigger: RecordTrigger | undefined;
  /** Object that merge fields read when the integration has no trigger but is called with a record; undefined for none. */
  readonly object: RecordTrigger['object'] | undefined;
  readonly inputs: readonly ActionInput[];
  readonly requests: readonly [RequestStep, ...RequestStep[]];
  readonly retry: RetryPolicy;
  readonly queue: QueuePolicy;
  readonly circuitBreaker: CircuitBreakerPolicy;
  readonly concurrency: ConcurrencyPolicy;
  readonly monitoring: MonitoringPolicy;
}

/** What differs between orgs for one integration. */
export interface EnvironmentValues {
  readonly endpointUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly authorizeUrl: string | undefined;
  /** Only of an auth provider. */
  readonly clientId: string | undefined;
}

/** One org that the project is deployed to. */
export interface Environment {
  readonly name: EnvironmentName;
  readonly source: ProjectPath;
  /** The generated files hold the values of the default environment; the others are applied by replacements at deployment. */
  readonly isDefault: boolean;
  /** Username whom every callout runs as (PlatformEventSubscriberConfig.user); must exist in the org. */
  readonly integrationUser: string;
  readonly integrations: ReadonlyMap<IntegrationName, EnvironmentValues>;
}

import type { Seconds } from './names.js';
import type { Template } from './template.js';

/** How a computed delay is spread: `none` exact, `full` 0..d, `equal` d/2..d, `decorrelated` initial..3*previous. */
export type Jitter = 'none' | 'full' | 'equal' | 'decorrelated';

/** When a failed row is tried again. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly initial: Seconds;
  readonly multiplier: number;
  readonly max: Seconds;
  readonly jitter: Jitter;
  /** Honour the receiver's Retry-After header. */
  readonly retryAfter: boolean;
  /** A row older than this is dead, whatever attempts are left. */
  readonly deadline: Seconds;
  /** Token bucket: retries stop being taken early when it is empty. */
  readonly budget: RetryBudget;
}

export interface RetryBudget {
  readonly capacity: number;
  readonly refillPerMinute: number;
  readonly transientCost: number;
  readonly throttlingCost: number;
}

export interface QueuePolicy {
  readonly sweepEveryMinutes: number;
  readonly scheduler: 'flow' | 'cron';
  /** Rows with the same key are delivered in order and share a lane. */
  readonly orderBy: Template;
  /** `snapshot` sends what the record was when it was saved; `latest` rebuilds at send time and coalesces waiting rows of one key. */
  readonly payload: 'snapshot' | 'latest';
  /** Days that a finished row is kept. */
  readonly retentionDays: { readonly succeeded: number; readonly dead: number };
  /** `block`: a failed row holds back later rows of its key. `skip`: later rows go ahead. */
  readonly onFailure: 'block' | 'skip';
}

export interface CircuitBreakerPolicy {
  readonly enabled: boolean;
  /** Percentage of failed calls in the window that opens the circuit. */
  readonly failureRate: number;
  readonly minimumCalls: number;
  readonly window: Seconds;
  readonly openFor: Seconds;
  /** Probes that are let through while half-open. */
  readonly halfOpenProbes: number;
}

export interface ConcurrencyPolicy {
  /** Dispatchers that may run at once, 1 to 10. */
  readonly lanes: number;
  /** Rows one dispatcher transaction sends. */
  readonly batch: number;
}

/** Where an alert goes. */
export type AlertChannel =
  | { readonly kind: 'none' }
  | { readonly kind: 'email'; readonly addresses: readonly string[] }
  | { readonly kind: 'notification'; readonly notificationType: string; readonly recipients: readonly string[] };

export interface MonitoringPolicy {
  readonly tokenTracking: boolean;
  readonly deadLetterAlerts: AlertChannel;
  readonly circuitAlerts: AlertChannel;
}

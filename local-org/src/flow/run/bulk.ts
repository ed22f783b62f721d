import type { Suspension } from '../../apex/runtime/index.js';
import { ApexThrowable, asThrowable, exceptionText, isCatchable } from '../../apex/runtime/index.js';
import type { FlowElement, FlowScreen } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import type { Interview } from '../interview/index.js';

/**
 * Where running flows stop: at a callout, or because what follows belongs into another transaction (PLATFORM 2.4): a person has to fill in a screen,
 * or the running transaction is taken back, which only screen flows do.
 */
export type FlowPause =
  | Suspension
  | { readonly kind: 'newTransaction' }
  | { readonly kind: 'screen'; readonly element: FlowScreen }
  | { readonly kind: 'rollback' };

/** Flow code that may pause. */
export type FlowRun<T> = Generator<FlowPause, T, unknown>;

/** One interview at an element that works for all interviews that stopped there together. */
export class BulkCall<E extends FlowElement = FlowElement> {
  /** Set when the element failed for this interview. */
  fault: FlowFault | undefined;

  constructor(
    readonly interview: Interview,
    readonly element: E,
  ) {}

  /** Runs a part of the element that concerns this interview alone; what goes wrong there is its fault. */
  attempt<T>(part: () => T): T | undefined {
    try {
      return part();
    } catch (error) {
      this.fault = faultOf(error);
      return undefined;
    }
  }
}

/**
 * What an error means for an interview: a fault for what the fault path may handle.
 * @throws everything else: exceeded limits end the transaction "even if the element has a defined fault connector path" (PLATFORM 2.4), and
 * what the local org does not implement ends it too
 */
export function faultOf(error: unknown): FlowFault {
  if (error instanceof FlowFault) return error;
  const thrown = asThrowable(error);
  if (!(thrown instanceof ApexThrowable) || !isCatchable(thrown)) throw thrown;
  return new FlowFault(exceptionText(thrown));
}

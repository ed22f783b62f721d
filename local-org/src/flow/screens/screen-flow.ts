import {
  ApexThrowable,
  exceptionText,
  runStepsSuspendable,
  type Steps,
  type Suspendable,
} from '../../apex/runtime/index.js';
import type { FlowDefinition, FlowScreen } from '../../metadata/index.js';
import { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runBatch, type BatchMember } from '../run/batch.js';
import type { FlowRun } from '../run/bulk.js';
import { untilNewTransaction } from '../run/drive.js';
import { fromJson, type FlowValue } from '../values/index.js';
import { fillIn, shownFields, type ScreenProblem, type ScreenValues, type ShownField } from './fields.js';

/** Where a screen flow has come to. */
export type ScreenState =
  | {
      readonly kind: 'screen';
      readonly name: string;
      readonly label: string;
      readonly fields: readonly ShownField[];
      /** What was wrong with what was filled in. */
      readonly problems: readonly ScreenProblem[];
    }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly message: string };

/** Ends a transaction that Roll Back Records takes back. */
class RolledBack extends Error {
  override readonly name = 'RolledBack';
}

/**
 * A screen flow that a person runs, with the rights of that person (PLATFORM 1.5.4). What lies between two screens is one transaction, which is
 * committed when the next screen shows; Roll Back Records takes back the running one (PLATFORM 2.4).
 */
export class ScreenFlow {
  private run: FlowRun<readonly BatchMember[]> | undefined;
  private interview: Interview | undefined;
  private screen: FlowScreen | undefined;

  constructor(
    private readonly org: FlowOrg,
    private readonly definition: FlowDefinition,
    private readonly from: string | undefined,
    private readonly userId: string,
  ) {}

  /** Begins, with the values of input variables as JSON. */
  start(inputs: Readonly<Record<string, unknown>> = {}): Promise<ScreenState> {
    if (this.run !== undefined) throw new Error('The screen flow has begun.');
    return this.advance(() => {
      const values = Object.entries(inputs).map(([name, value]): [string, FlowValue] => [name, fromJson(value)]);
      this.interview = new Interview(this.org, this.definition, { userMode: true, inputs: values });
      this.run = runBatch(this.org, [this.interview], this.from, function* (stop) {
        yield stop.kind === 'screen' ? { kind: 'screen', element: stop.element } : { kind: 'rollback' };
      });
      return [];
    });
  }

  /** Fills in the screen that shows, and goes on. */
  next(values: ScreenValues = {}): Promise<ScreenState> {
    const { interview, screen } = this;
    if (interview === undefined || screen === undefined) throw new Error('No screen shows.');
    return this.advance(() => fillIn(interview, screen, values));
  }

  private advance(begin: () => readonly ScreenProblem[]): Promise<ScreenState> {
    return runStepsSuspendable(this.org.runtime, this.legs(begin));
  }

  /** Transactions up to the next screen. */
  private *legs(begin: () => readonly ScreenProblem[]): Steps<ScreenState> {
    let state: ScreenState | undefined;
    let begun = false;
    while (state === undefined) {
      const leg = this.leg.bind(this);
      const outcome = yield {
        spec: { quiddity: 'INVOCABLE_ACTION', governor: 'sync', userId: this.userId },
        *work() {
          const problems = begun ? [] : begin();
          begun = true;
          state = yield* leg(problems);
        },
      };
      if (outcome.ok || outcome.error instanceof RolledBack) continue;
      const { error } = outcome;
      this.screen = undefined;
      return { kind: 'failed', message: error instanceof ApexThrowable ? exceptionText(error) : error.message };
    }
    return state;
  }

  /** Runs to the next screen, to the end, or to where another transaction begins: then without a state. */
  private *leg(problems: readonly ScreenProblem[]): Suspendable<ScreenState | undefined> {
    const { run, interview } = this;
    if (run === undefined || interview === undefined) throw new Error('The screen flow has not begun.');
    if (problems.length > 0 && this.screen !== undefined) return shown(interview, this.screen, problems);
    this.screen = undefined;
    const step = yield* untilNewTransaction(run);
    if (step.done === true) {
      const fault = step.value[0]?.fault;
      if (fault !== undefined) throw fault;
      return { kind: 'finished' };
    }
    if (step.value.kind === 'rollback') throw new RolledBack();
    if (step.value.kind !== 'screen') return undefined;
    this.screen = step.value.element;
    return shown(interview, this.screen, []);
  }
}

function shown(interview: Interview, screen: FlowScreen, problems: readonly ScreenProblem[]): ScreenState {
  return { kind: 'screen', name: screen.name, label: screen.label, fields: shownFields(interview, screen), problems };
}

import { table } from '../table/index.js';
import type { IntegrationState } from './runtime-state.js';

/** What stands on the terminal while an org is watched. */
export interface Screen {
  readonly title: string;
  /** Undefined before the first look, or when the runtime is not deployed. */
  readonly states: readonly IntegrationState[] | undefined;
  /** Newest last. */
  readonly lines: readonly string[];
}

const HEADER = [
  'integration',
  'pending',
  'in flight',
  'succeeded',
  'dead',
  'circuit',
  'last success',
  'last 401',
  'last refresh',
];

/** The whole screen as text, cut to the size of the terminal. */
export function screenText(
  { title, states, lines }: Screen,
  size: { readonly columns: number; readonly rows: number },
): string {
  const state =
    states === undefined
      ? 'The callout runtime is not deployed.'
      : states.length === 0
        ? 'No integration has sent anything yet.'
        : table(HEADER, states.map(stateRow));
  const above = [title, '', ...state.split('\n'), ''];
  const room = Math.max(size.rows - above.length - 1, 1);
  return [...above, ...lines.slice(-room)].map((line) => line.slice(0, size.columns)).join('\n');
}

function stateRow(state: IntegrationState): readonly (string | number)[] {
  const { integration, pending, inFlight, succeeded, dead, circuit } = state;
  const times = [state.lastSuccess, state.lastAuthFailure, state.lastRefresh].map((time) => time?.slice(11, 19) ?? '-');
  return [integration, pending, inFlight, succeeded, dead, circuit, ...times];
}

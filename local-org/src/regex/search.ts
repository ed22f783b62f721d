import { compileRegex, type RegexProgram } from './compile.js';
import { RegexBudget, RegexMachine, type Positions } from './match.js';

/** Every match from the first to the last, one after the other. */
export function* findAll(program: RegexProgram, text: string): Generator<Positions> {
  const budget = new RegexBudget();
  let from = 0;
  let last = 0;
  while (from <= text.length) {
    const found = new RegexMachine(program, { text, start: 0, end: text.length, last }, budget).find(from);
    if (found === undefined) return;
    const [start = 0, end = 0] = found;
    yield found;
    last = end;
    from = end > start ? end : end + 1;
  }
}

/** Does the whole text match? */
export function matchesWhole(source: string, text: string): boolean {
  const machine = new RegexMachine(compileRegex(source), { text, start: 0, end: text.length, last: 0 });
  return machine.matchAt(0, true) !== undefined;
}

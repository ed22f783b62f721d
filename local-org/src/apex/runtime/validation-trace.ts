import type { ValidationResult } from '../../data/index.js';
import type { ApexRuntime } from './runtime.js';

/** Notes what the validation rules of a record said, as a code unit of its own. */
export function noteValidation(runtime: ApexRuntime, { object, id, rules }: ValidationResult): void {
  if (!runtime.traces('Validation', 'INFO')) return;
  const unit = `Validation:${object.name}:${id?.slice(0, 15) ?? 'new'}`;
  runtime.trace({
    category: 'ApexCode',
    level: 'ERROR',
    event: 'CODE_UNIT_STARTED',
    line: 'EXTERNAL',
    parts: [unit],
  });
  for (const { rule, passed } of rules) {
    const note = (event: string, ...parts: readonly string[]): void =>
      runtime.trace({ category: 'Validation', level: 'INFO', event, parts });
    note('VALIDATION_RULE', '', rule.name);
    note('VALIDATION_FORMULA', rule.condition);
    note(passed ? 'VALIDATION_PASS' : 'VALIDATION_FAIL');
  }
  runtime.trace({ category: 'ApexCode', level: 'ERROR', event: 'CODE_UNIT_FINISHED', parts: [unit] });
}

import type { FlowCondition, FlowConditions, FlowLogic, FlowOperator, FlowPath } from '../../metadata/index.js';
import { comparisons, isBlankValue, isNullValue, type ComparisonOperator, type FlowValue } from '../values/index.js';
import { hasChanged } from './formula.js';
import type { Interview } from './interview.js';
import { operandValue, pathValue } from './resolve.js';

/** Whether a logic holds, given how to test the condition at an index. */
export function logicHolds(logic: FlowLogic, test: (index: number) => boolean): boolean {
  switch (logic.kind) {
    case 'condition':
      return test(logic.index);
    case 'not':
      return !logicHolds(logic.part, test);
    case 'and':
      return logic.parts.every((part) => logicHolds(part, test));
    case 'or':
      return logic.parts.some((part) => logicHolds(part, test));
  }
}

/** Whether conditions hold; without any they do. */
export function conditionsHold(interview: Interview, { logic, conditions }: FlowConditions): boolean {
  return logicHolds(logic, (index) => {
    const condition = conditions[index];
    return condition !== undefined && conditionHolds(interview, condition);
  });
}

type Special = Exclude<FlowOperator, ComparisonOperator>;

const isUnset = (interview: Interview, path: FlowPath, test: (value: FlowValue) => boolean): boolean =>
  test(pathValue(interview, path));

/** Operators that ask something about their left side; the right side is true or false. */
const QUESTIONS: Readonly<Record<Special, (interview: Interview, left: FlowPath) => boolean>> = {
  IsNull: (interview, left) => isUnset(interview, left, isNullValue),
  IsBlank: (interview, left) => isUnset(interview, left, isBlankValue),
  IsEmpty: (interview, left) => isUnset(interview, left, isBlankValue),
  IsChanged: hasChanged,
  HasError: (interview, left) => interview.faulted.has(left[0].toLowerCase()),
  WasVisited: (interview, left) => interview.visited.has(left[0].toLowerCase()),
  WasSet: (interview, left) => !isUnset(interview, left, isNullValue),
  WasSelected: (interview, left) => interview.selected.has(left[0].toLowerCase()),
};

function isQuestion(operator: FlowOperator): operator is Special {
  return operator in QUESTIONS;
}

function conditionHolds(interview: Interview, { left, operator, right }: FlowCondition): boolean {
  const wanted = operandValue(interview, right);
  if (isQuestion(operator)) return QUESTIONS[operator](interview, left) === (wanted !== false);
  return comparisons[operator](leftValue(interview, left), wanted);
}

/** An outcome stands for whether it was taken. */
function leftValue(interview: Interview, path: FlowPath): FlowValue {
  const [first] = path;
  return path.length === 1 && interview.isOutcome(first)
    ? interview.visited.has(first.toLowerCase())
    : pathValue(interview, path);
}

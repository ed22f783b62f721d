export { Interview, type InterviewStart } from './interview.js';
export { conditionsHold, logicHolds } from './conditions.js';
export { evaluateFormula, formulaHolds, hasChanged } from './formula.js';
export { assign, operandValue, pathValue, textValue } from './resolve.js';
export { memberOf, setMember } from './members.js';

import type { AssignExpression, Expression } from '../syntax/index.js';
import type { ApexType } from '../types/index.js';
import { typeName } from '../types/index.js';
import { inheritsFrom } from './access.js';
import { assignment } from './assign.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { checkExpression, checkTarget, convertTo } from './expression.js';
import { operation } from './operators.js';

/** Fields that are final get their value while their class or instance is made; computed fields of rows get none. */
export function checkWritable(target: Expression, body: Body): void {
  if (target.kind !== 'name' && target.kind !== 'field') return;
  const meaning = target.target;
  const at = target.kind === 'field' ? target.name.range : target.range;
  if (meaning.kind === 'field' && meaning.field.kind === 'field' && meaning.field.isFinal) {
    const isMaking = body.kind === 'constructor' || body.kind === 'initializer' || body.kind === 'field';
    // A constructor also makes the part of the object that the classes above declare.
    const isOwn =
      body.kind === 'constructor' ? inheritsFrom(body.owner, meaning.field.owner) : meaning.field.owner === body.owner;
    if (!isOwn || !isMaking) {
      report(
        body,
        at,
        `Final members can only be assigned in their declaration, init blocks, or constructors: ${meaning.field.name}`,
      );
    }
    return;
  }
  if (meaning.kind === 'sobjectField' && meaning.field.isCalculated && !/^id$/i.test(meaning.field.name)) {
    report(body, at, `Field is not writeable: ${meaning.object}.${meaning.field.name}`);
    return;
  }
  const unwritable =
    meaning.kind === 'enumConstant' ||
    meaning.kind === 'type' ||
    meaning.kind === 'namespace' ||
    meaning.kind === 'label' ||
    meaning.kind === 'sobjectChildren';
  if (unwritable) report(body, at, 'Expression cannot be assigned');
}

/** `target = value` and `target op= value`. */
export function checkAssign(expression: AssignExpression, body: Body): ApexType {
  const { target, value, operator } = expression;
  const type = checkTarget(target, body);
  checkWritable(target, body);
  checkExpression(value, body);
  if (operator === undefined) {
    convertTo(value, type, body, expression.range);
    return type;
  }
  const result = operation(operator, target, value, expression.range, body);
  expression.arithmetic = result.arithmetic;
  if (assignment(result.type, type) === undefined) {
    report(body, expression.range, `Illegal assignment from ${typeName(result.type)} to ${typeName(type)}`);
  }
  return type;
}

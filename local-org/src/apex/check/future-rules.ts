import { hasAnnotation, hasModifier } from '../symbols/index.js';
import { typeName } from '../types/index.js';
import type { ApexType } from '../types/index.js';
import type { MethodDeclaration } from '../syntax/index.js';
import type { Findings } from './problems.js';

/** Future methods take primitives and collections of them: rows may have changed by the time that they run. */
function isFutureType(type: ApexType): boolean {
  switch (type.kind) {
    case 'any':
      return true;
    case 'primitive':
      return type.name !== 'Object';
    case 'list':
    case 'set':
      return isFutureType(type.element);
    case 'map':
      return isFutureType(type.key) && isFutureType(type.value);
    default:
      return false;
  }
}

export function checkFutureMethod(node: MethodDeclaration, findings: Findings): void {
  if (!hasAnnotation(node.modifiers, 'future') || node.symbol === undefined) return;
  const at = node.name.range;
  if (!hasModifier(node.modifiers, 'static')) findings.report(at, 'Future methods must be declared as static');
  if (node.symbol.returns.kind !== 'void')
    findings.report(at, `Future methods do not support return type of ${typeName(node.symbol.returns)}`);
  for (const { type } of node.symbol.parameters) {
    if (!isFutureType(type)) findings.report(at, `Future methods do not support parameter type of ${typeName(type)}`);
  }
}

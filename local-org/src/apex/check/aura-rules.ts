import { accessOf, hasAnnotation, hasModifier } from '../symbols/index.js';
import type { MethodDeclaration } from '../syntax/index.js';
import type { Findings } from './problems.js';

/** Lightning Aura Components Developer Guide, "Server-Side Actions": from this API version on, they cannot be overloaded. */
const NO_OVERLOADS_SINCE = 55;

/** Methods for Lightning components: visible, named apart, and instance ones are getters. */
export function checkAuraMethods(methods: readonly MethodDeclaration[], apiVersion: number, findings: Findings): void {
  const aura = methods.filter((method) => hasAnnotation(method.modifiers, 'auraenabled'));
  for (const { modifiers, name } of aura) {
    const access = accessOf(modifiers);
    if (access !== 'public' && access !== 'global')
      findings.report(name.range, 'AuraEnabled methods require at least one of the following global, public');
    if (!hasModifier(modifiers, 'static') && !/^get/i.test(name.name)) {
      findings.report(name.range, "Non static AuraEnabled methods must be named with a prefix 'get'");
    }
    const isOverloaded =
      apiVersion >= NO_OVERLOADS_SINCE &&
      aura.some((other) => other.name !== name && other.name.name.toLowerCase() === name.name.toLowerCase());
    if (isOverloaded)
      findings.report(name.range, `Overload of AuraEnabled method: ${name.name} overload is not permitted`);
  }
}

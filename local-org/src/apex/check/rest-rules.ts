import { accessOf, findAnnotation, hasAnnotation, hasModifier } from '../symbols/index.js';
import type { DeclaredType } from '../symbols/index.js';
import type { ClassDeclaration, MethodDeclaration } from '../syntax/index.js';
import type { Findings } from './problems.js';

const VERBS = ['HttpGet', 'HttpPost', 'HttpPut', 'HttpPatch', 'HttpDelete'];

/** A REST class is global, and its URL starts with a slash. */
export function checkRestResource(node: ClassDeclaration, findings: Findings): void {
  const resource = findAnnotation(node.modifiers, 'restresource');
  if (resource === undefined) return;
  if (accessOf(node.modifiers) !== 'global')
    findings.report(node.name.range, 'RestResource classes must be declared as global');
  const url = resource.parameters.find((parameter) => parameter.name.name.toLowerCase() === 'urlmapping');
  if (url !== undefined && !url.text.startsWith('/'))
    findings.report(node.name.range, "Rest Resource url must begin with a forward slash, '/'");
}

/** A REST method is global and static, in a REST class; those without a body take no parameters. */
export function checkRestMethod(node: MethodDeclaration, owner: DeclaredType, findings: Findings): void {
  const at = node.name.range;
  for (const verb of VERBS) {
    if (!hasAnnotation(node.modifiers, verb.toLowerCase())) continue;
    if (!hasAnnotation(owner.modifiers, 'restresource'))
      findings.report(at, `Defining type for ${verb} methods must be declared as RestResource`);
    if (accessOf(node.modifiers) !== 'global') findings.report(at, `${verb} methods must be declared as global`);
    if (!hasModifier(node.modifiers, 'static')) findings.report(at, `${verb} methods must be declared as static`);
    if ((verb === 'HttpGet' || verb === 'HttpDelete') && node.parameters.length > 0)
      findings.report(at, `${verb} methods do not support parameters`);
  }
}

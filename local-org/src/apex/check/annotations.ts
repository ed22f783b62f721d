import { accessOf, findAnnotation, hasAnnotation, hasModifier } from '../symbols/index.js';
import type { DeclaredType } from '../symbols/index.js';
import type { ClassDeclaration, Identifier, MethodDeclaration, Modifiers } from '../syntax/index.js';
import { ANNOTATIONS } from './annotation-table.js';
import { checkAuraMethods } from './aura-rules.js';
import { checkInvocableMethod } from './invocable-rules.js';
import { checkFutureMethod } from './future-rules.js';
import { checkRestMethod, checkRestResource } from './rest-rules.js';
import type { Findings } from './problems.js';

/** Unknown annotations and properties, missing properties, double annotations. */
export function checkAnnotations(modifiers: Modifiers, name: Identifier, findings: Findings, site?: 'methods'): void {
  const seen = new Set<string>();
  for (const annotation of modifiers.annotations) {
    const key = annotation.name.name.toLowerCase();
    const rule = ANNOTATIONS.get(key);
    if (rule === undefined) {
      findings.report(annotation.range, `Annotation does not exist: ${annotation.name.name}`);
      continue;
    }
    if (seen.has(key)) findings.report(name.range, `Duplicate modifier: ${rule.name}`);
    seen.add(key);
    for (const parameter of annotation.parameters) {
      if (rule.properties.includes(parameter.name.name.toLowerCase())) continue;
      findings.report(
        parameter.name.range,
        `No such property, ${parameter.name.name}, defined on this annotation: ${rule.name}`,
      );
    }
    const isParallel = annotation.parameters.some((parameter) => /^isparallel$/i.test(parameter.name.name));
    if (isParallel && site === 'methods')
      findings.report(name.range, `Annotation property, isParallel on ${rule.name}, is not allowed on methods`);
    for (const required of rule.required) {
      const isGiven = annotation.parameters.some(
        (parameter) => parameter.name.name.toLowerCase() === required.toLowerCase(),
      );
      if (!isGiven) findings.report(annotation.range, `Required property is missing: ${required}`);
    }
  }
}

/** Annotations of which a type has one method at most. */
const ONCE = ['InvocableMethod', 'TestSetup', 'HttpGet', 'HttpPost', 'HttpPut', 'HttpPatch', 'HttpDelete'];

function methods(node: ClassDeclaration): readonly MethodDeclaration[] {
  return node.members.filter((member) => member.kind === 'method');
}

/** Rules between the annotations of a class and those of its methods. */
export function checkClassAnnotations(node: ClassDeclaration, owner: DeclaredType, findings: Findings): void {
  const own = methods(node);
  for (const name of ONCE) {
    if (own.filter((method) => hasAnnotation(method.modifiers, name.toLowerCase())).length > 1) {
      findings.report(node.name.range, `Only one method per type can be defined with: ${name}`);
    }
  }
  const isTest = findAnnotation(node.modifiers, 'istest');
  if (isTest !== undefined && owner.outer !== undefined)
    findings.report(node.name.range, 'IsTest can only be used on a top level type');
  const seesAll = isTest?.parameters.some(
    (parameter) => /^seealldata$/i.test(parameter.name.name) && parameter.text === 'true',
  );
  if (seesAll === true && own.some((method) => hasAnnotation(method.modifiers, 'testsetup'))) {
    findings.report(node.name.range, 'Test class cannot be annotated with @isTest(SeeAllData=true)');
  }
  checkRestResource(node, findings);
  checkAuraMethods(own, owner.apiVersion, findings);
}

function requireTestClass(name: string, node: MethodDeclaration, owner: DeclaredType, findings: Findings): void {
  if (!owner.isTest) findings.report(node.name.range, `Defining type for ${name} methods must be declared as IsTest`);
}

function checkTestMethod(node: MethodDeclaration, owner: DeclaredType, findings: Findings): void {
  const { modifiers, name, parameters } = node;
  const kind = hasAnnotation(modifiers, 'testsetup')
    ? 'TestSetup'
    : hasAnnotation(modifiers, 'istest')
      ? 'IsTest'
      : hasModifier(modifiers, 'testmethod')
        ? 'testMethod'
        : undefined;
  if (kind === undefined) return;
  if (!hasModifier(modifiers, 'static')) findings.report(name.range, `${kind} methods must be declared as static`);
  requireTestClass(kind, node, owner, findings);
  if (parameters.length > 0) findings.report(name.range, 'Test methods must have no arguments');
  if (kind === 'TestSetup' && node.returnType !== undefined)
    findings.report(name.range, 'Test setup method must return void');
}

function checkRemote(node: MethodDeclaration, findings: Findings): void {
  const { modifiers, name } = node;
  const isRemote = hasAnnotation(modifiers, 'remoteaction');
  if (isRemote && !hasModifier(modifiers, 'static'))
    findings.report(name.range, 'RemoteAction methods must be declared as static');
  const access = accessOf(modifiers);
  if (isRemote && access !== 'public' && access !== 'global')
    findings.report(name.range, 'RemoteAction methods require at least one of the following global, public');
  const isSchedule = /^execute$/i.test(name.name);
  if (hasAnnotation(modifiers, 'readonly') && !isRemote && !isSchedule && !hasModifier(modifiers, 'webservice')) {
    findings.report(
      name.range,
      'Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
    );
  }
}

/** Rules that a method's annotations put on the method. */
export function checkMethodAnnotations(node: MethodDeclaration, owner: DeclaredType, findings: Findings): void {
  checkAnnotations(node.modifiers, node.name, findings, 'methods');
  checkTestMethod(node, owner, findings);
  checkRemote(node, findings);
  checkFutureMethod(node, findings);
  checkRestMethod(node, owner, findings);
  checkInvocableMethod(node, findings);
}

import type { DeployPackage, OrgView, Problem } from '../model/index.js';
import type { ApexSource, SourceResult } from './check/index.js';
import { APEX_TYPES, apexSource, compileOnce } from './compilation.js';
import { schemaComponents } from './symbols/index.js';

function key(component: { readonly type: string; readonly fullName: string }): string {
  return `${component.type}/${component.fullName.toLowerCase()}`;
}

/** Apex that exists once the package is deployed: the package's own, and what the org keeps. */
function sources(pkg: DeployPackage, org: OrgView): readonly ApexSource[] {
  const gone = new Set([...pkg.components.map(key), ...pkg.deletions.map(key)]);
  const kept = APEX_TYPES.flatMap((type) => org.components(type)).filter((component) => !gone.has(key(component)));
  return [
    ...pkg.components.flatMap((component) => apexSource(component, true)),
    ...kept.flatMap((component) => apexSource(component, false)),
  ];
}

function problems({ source, findings }: SourceResult): readonly Problem[] {
  return findings.map(({ line, column, message }) => ({
    type: source.kind === 'class' ? 'ApexClass' : 'ApexTrigger',
    fullName: source.name,
    fileName: source.fileName,
    line,
    column,
    severity: 'Error',
    message,
  }));
}

/** A class that stays in the org but no longer compiles fails the deployment, as the platform words it. */
function dependents({ source, findings }: SourceResult): readonly Problem[] {
  const [first] = findings;
  if (first === undefined) return [];
  const kind = source.kind === 'class' ? 'Class' : 'Trigger';
  return [
    {
      type: source.kind === 'class' ? 'ApexClass' : 'ApexTrigger',
      fullName: source.name,
      fileName: source.fileName,
      line: first.line,
      column: first.column,
      severity: 'Error',
      message: `Dependent class is invalid and needs recompilation: ${kind} ${source.name} : ${first.message}`,
    },
  ];
}

function changesApex(pkg: DeployPackage): boolean {
  return [...pkg.components, ...pkg.deletions].some(
    ({ type }) => APEX_TYPES.includes(type) || type === 'CustomObject' || type === 'CustomField',
  );
}

/**
 * Every compile error of a deployment's Apex, with the platform's messages: those of the package's classes and triggers, and one for each
 * class of the org that the deployment would break.
 */
export function checkApex(pkg: DeployPackage, org: OrgView): readonly Problem[] {
  if (!changesApex(pkg)) return [];
  const { results } = compileOnce(sources(pkg, org), schemaComponents(pkg, org));
  return results.flatMap((result) => (result.source.isChecked ? problems(result) : dependents(result)));
}

import type { Component, DeployPackage, OrgView, Problem } from '../model/index.js';
import { compileProgram } from './check/index.js';
import type { ApexSource, Program, SourceResult } from './check/index.js';
import { projectSchema } from './symbols/index.js';

const KINDS: Readonly<Record<string, ApexSource['kind']>> = { ApexClass: 'class', ApexTrigger: 'trigger' };

const DEFAULT_VERSION = 66;

function apiVersion(component: Component): number {
  const match = /<apiVersion>\s*([\d.]+)\s*<\/apiVersion>/.exec(component.metaXml ?? '');
  return match?.[1] === undefined ? DEFAULT_VERSION : Number.parseFloat(match[1]);
}

function apexSource(component: Component, isChecked: boolean): readonly ApexSource[] {
  const kind = KINDS[component.type];
  if (kind === undefined) return [];
  return [
    {
      kind,
      name: component.fullName,
      fileName: component.fileName,
      source: component.content,
      apiVersion: apiVersion(component),
      isChecked,
    },
  ];
}

function key(component: { readonly type: string; readonly fullName: string }): string {
  return `${component.type}/${component.fullName.toLowerCase()}`;
}

/** Apex that exists once the package is deployed: the package's own, and what the org keeps. */
function sources(pkg: DeployPackage, org: OrgView): readonly ApexSource[] {
  const gone = new Set([...pkg.components.map(key), ...pkg.deletions.map(key)]);
  const kept = Object.keys(KINDS)
    .flatMap((type) => org.components(type))
    .filter((component) => !gone.has(key(component)));
  return [
    ...pkg.components.flatMap((component) => apexSource(component, true)),
    ...kept.flatMap((component) => apexSource(component, false)),
  ];
}

/** Compiles the Apex of a deployment together with the org's, against the schema that both make up. */
export function compileUnits(pkg: DeployPackage, org: OrgView): Program {
  return compileProgram(sources(pkg, org), projectSchema(pkg, org));
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
    ({ type }) => type in KINDS || type === 'CustomObject' || type === 'CustomField',
  );
}

/**
 * Every compile error of a deployment's Apex, with the platform's messages: those of the package's classes and triggers, and one for each
 * class of the org that the deployment would break.
 */
export function checkApex(pkg: DeployPackage, org: OrgView): readonly Problem[] {
  if (!changesApex(pkg)) return [];
  const { results } = compileUnits(pkg, org);
  return results.flatMap((result) => (result.source.isChecked ? problems(result) : dependents(result)));
}

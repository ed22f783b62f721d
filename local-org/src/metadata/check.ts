import type { Component, DeployPackage, OrgView, Problem, SymbolCatalog } from '../model/index.js';
import { componentTypes, supportedSettings, type ComponentType } from './registry/componentTypes.js';
import { isApiVersion } from './rules/apexFiles.js';
import { rules } from './rules/index.js';
import type { Finding, RuleContext } from './rules/rule.js';
import { validateShape } from './schema/validate.js';
import { childComponents, parseComponent, xmlFileName, type ChildComponent, type Subject } from './subject.js';
import { SymbolTable } from './symbols/symbolTable.js';
import { walk, type Position, type XmlElement } from './xml/document.js';

/**
 * Checks a package as an org would: shape of every file, references within the package and the org, platform rules.
 * @returns every problem of every component, in the order of the package and of the places in each file; empty when the
 *   package can be deployed. A file whose shape is wrong is not checked further, but what it declares still counts for
 *   the other files.
 */
export function checkMetadata(pkg: DeployPackage, org: OrgView, catalog: SymbolCatalog): readonly Problem[] {
  const symbols = new SymbolTable(
    pkg,
    org,
    catalog,
    pkg.deletions.filter(({ when }) => when === 'pre'),
  );
  const context: RuleContext = { symbols, apiVersion: pkg.apiVersion };
  return [...packageProblems(pkg), ...pkg.components.flatMap((component) => checkComponent(component, context))];
}

const START: Position = { line: 1, column: 1 };

function problem(component: Component, fileName: string, at: Position, message: string): Problem {
  const { type, fullName } = component;
  return { type, fullName, fileName, line: at.line, column: at.column, severity: 'Error', message };
}

// PLATFORM 0, 5: a package names the API version that its files are written for, and each component once.
function* packageProblems(pkg: DeployPackage): Generator<Problem> {
  if (!isApiVersion(pkg.apiVersion)) {
    const manifest: Problem = {
      type: '',
      fullName: 'package.xml',
      fileName: 'package.xml',
      ...START,
      severity: 'Error',
      message: `Invalid version specified: ${pkg.apiVersion}`,
    };
    yield manifest;
  }
  const seen = new Set<string>();
  for (const component of pkg.components) {
    const key = `${component.type}:${component.fullName.toLowerCase()}`;
    if (seen.has(key)) {
      yield problem(component, component.fileName, START, `Duplicate component in the package: ${component.fullName}`);
    }
    seen.add(key);
  }
}

function checkComponent(component: Component, context: RuleContext): readonly Problem[] {
  const definition = componentTypes.get(component.type);
  if (definition === undefined) {
    return [unsupported(component, `Metadata type ${component.type} is not supported by the local org`)];
  }
  if (component.type === 'Settings' && !supportedSettings.includes(component.fullName)) {
    return [unsupported(component, `${component.fullName} settings are not supported by the local org`)];
  }
  const parsed = parseComponent(component, definition);
  const fileName = xmlFileName(component, definition);
  if (parsed === undefined) return [problem(component, component.fileName, START, `File ${fileName} is missing`)];
  if (parsed.kind === 'malformed') {
    return [problem(component, fileName, parsed.at, `Error parsing file: ${parsed.message}`)];
  }
  return new ComponentCheck({ component, definition, root: parsed.root }, fileName).run(context);
}

const unsupported = (component: Component, message: string): Problem =>
  problem(component, component.fileName, START, message);

class ComponentCheck {
  private readonly owners = new Map<XmlElement, ChildComponent>();

  constructor(
    private readonly subject: Subject,
    private readonly fileName: string,
  ) {
    for (const child of childComponents(subject)) {
      for (const element of walk(child.element)) this.owners.set(element, child);
    }
  }

  run(context: RuleContext): readonly Problem[] {
    const { root, component, definition } = this.subject;
    const shape = validateShape(root, rootOf(definition, component));
    // As on the platform, a file that cannot be read as its type gets no further.
    const findings = shape.length > 0 ? shape : this.applyRules(context);
    return findings.map((finding) => this.report(finding)).sort(byPlace);
  }

  private applyRules(context: RuleContext): readonly Finding[] {
    const { type } = this.subject.component;
    return rules.filter((rule) => rule.types.includes(type)).flatMap((rule) => [...rule.check(this.subject, context)]);
  }

  /** A problem inside a child component is the child's, as in a deploy result. */
  private report({ at, message, severity }: Finding): Problem {
    const { type, fullName } = this.owners.get(at) ?? this.subject.component;
    return { type, fullName, fileName: this.fileName, ...at.at, severity: severity ?? 'Error', message };
  }
}

const rootOf = (definition: ComponentType, component: Component): string => definition.root(component.fullName);

const byPlace = (a: Problem, b: Problem): number => a.line - b.line || a.column - b.column;

import type { Diagnostic, Environment, EnvironmentName, Integration, IntegrationName } from '../model/index.js';
import { bodyFinding } from './body-place.js';
import type { BodyPlace } from './body-place.js';
import { checkEnvironments, checkProject, environmentRules } from './checks/index.js';
import { Problem, byCodeUnit, compareDiagnostics } from '../diagnostics/index.js';
import type { Rule } from '../diagnostics/index.js';
import { configFolder, contractFinder, listYaml, projectPath } from './folder.js';
import type { ConfigFolder } from './folder.js';
import { isEnvironmentName, isIntegrationName } from './formats/index.js';
import { loadEnvironment, loadIntegration, loadRules, writtenKeysOf } from './load-file.js';
import type { Loading, LoadingIntegration } from './load-file.js';
import { deepFreeze, normaliseEnvironment, normaliseIntegration } from './normalise/index.js';
import type { EnvironmentConfig } from './schema/index.js';
import { diagnosticAt } from './yaml/index.js';
import type { YamlSource } from './yaml/index.js';

export interface LoadOptions {
  /** Folder of the project; paths in diagnostics and in the model are relative to it. */
  readonly projectRoot: string;
  /** Folder with `integrations/`, `environments/` and `contracts/`; relative to the project root, or absolute. */
  readonly configDir: string;
}

export interface LoadedConfig {
  /** Those without errors, by name. Deeply frozen. */
  readonly integrations: readonly Integration[];
  /** Those without errors, by name. Deeply frozen. */
  readonly environments: readonly Environment[];
  /** All problems of all files, sorted by place. With an error among them, nothing should be generated. */
  readonly diagnostics: readonly Diagnostic[];
  /** For `explain`: the paths that an integration's file sets itself, such as `retry.attempts`. */
  readonly writtenKeys: (name: IntegrationName) => ReadonlySet<string>;
  /**
   * The diagnostic of a problem with a body, where the body or its value stands in the integration's file. For checks
   * that need more than the configuration. Throws RangeError for an integration that was not read.
   */
  readonly bodyDiagnostic: (name: IntegrationName, place: BodyPlace, problem: Problem) => Diagnostic;
}

/**
 * Reads and checks the whole configuration. Never throws for what files contain: every problem is a diagnostic, and
 * all of them come at once.
 */
export function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  // Reading is synchronous: for many small files it is several times faster than promises are.
  return Promise.resolve(load(configFolder(options.projectRoot, options.configDir)));
}

function load(folder: ConfigFolder): LoadedConfig {
  const integrationFiles = listYaml(folder, 'integrations');
  const environmentFiles = listYaml(folder, 'environments');
  const contracts = contractFinder(folder);
  const integrations = integrationFiles.entries.map((entry) => loadIntegration(entry, contracts));
  const environments = environmentFiles.entries.map(loadEnvironment);
  checkAcross(integrations, environments);
  const general: Diagnostic[] = [...integrationFiles.diagnostics, ...environmentFiles.diagnostics];
  const missing = (name: string, rule: Rule, message: string): void => {
    const file = projectPath(folder, `${folder.folder}/${name}`);
    general.push(diagnosticAt({ file, line: 1, column: 1 }, '', new Problem(rule, message)));
  };
  if (integrationFiles.entries.length === 0 && integrationFiles.diagnostics.length === 0) {
    missing('integrations', loadRules.noIntegrations, 'There is no integration.');
  } else if (environmentFiles.entries.length === 0 && environmentFiles.diagnostics.length === 0) {
    missing(
      'environments',
      environmentRules.noEnvironment,
      'There is no environment, so the integration user is unknown.',
    );
  }
  const diagnostics = [...general, ...integrations.flatMap(diagnosticsOf), ...environments.flatMap(diagnosticsOf)];
  return {
    integrations: integrations.flatMap((loading) => finishIntegration(loading, folder)).sort(byName),
    environments: finishEnvironments(environments).toSorted(byName),
    diagnostics: diagnostics.sort(compareDiagnostics),
    writtenKeys: (name) => writtenKeysOf(integrations.find(({ entry }) => entry.name === name)),
    bodyDiagnostic: (name, place, problem) => {
      const loading = integrations.find(({ entry }) => entry.name === name);
      if (loading?.yaml === undefined) throw new RangeError(`The integration ${name} was not read.`);
      return loading.yaml.source.toDiagnostic(bodyFinding(loading.requests, place, problem));
    },
  };
}

/** Files come sorted with their endings, which is not quite the order of their names. */
function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return byCodeUnit(left.name, right.name);
}

function diagnosticsOf({ diagnostics }: Loading<unknown>): readonly Diagnostic[] {
  return diagnostics;
}

function hasErrors({ diagnostics }: Loading<unknown>): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** Adds what only shows when all files are looked at together. */
function checkAcross(
  integrations: readonly LoadingIntegration[],
  environments: readonly Loading<EnvironmentConfig>[],
): void {
  const owners = new Map<YamlSource, Loading<unknown>>();
  const named = integrations.flatMap((loading) => {
    const { entry, yaml, parsed } = loading;
    if (yaml === undefined || !isIntegrationName(entry.name)) return [];
    owners.set(yaml.source, loading);
    const config = parsed.broken.has('trigger') ? undefined : parsed.config;
    return [{ name: entry.name, source: yaml.source, config }];
  });
  const known = new Map(
    integrations.map(
      ({ entry, parsed }) => [entry.name, parsed.broken.has('auth') ? undefined : parsed.config] as const,
    ),
  );
  const sources = environments.flatMap((loading) => {
    if (loading.yaml === undefined) return [];
    owners.set(loading.yaml.source, loading);
    return [{ source: loading.yaml.source, config: loading.parsed.config, broken: loading.parsed.broken }];
  });
  for (const { source, finding: item } of [...checkProject(named), ...checkEnvironments(sources, known)]) {
    owners.get(source)?.diagnostics.push(source.toDiagnostic(item));
  }
}

function finishIntegration(loading: LoadingIntegration, folder: ConfigFolder): readonly Integration[] {
  const { entry, parsed, requests } = loading;
  if (hasErrors(loading) || parsed.config === undefined || !isIntegrationName(entry.name)) return [];
  const origin = {
    name: entry.name,
    source: entry.file,
    contractsFolder: projectPath(folder, `${folder.folder}/contracts`),
  };
  return [deepFreeze(normaliseIntegration(parsed.config, requests, origin))];
}

function finishEnvironments(environments: readonly Loading<EnvironmentConfig>[]): readonly Environment[] {
  const single = environments.length === 1;
  return environments.flatMap((loading) => {
    const { entry, parsed } = loading;
    if (hasErrors(loading) || parsed.config === undefined || !isEnvironmentName(entry.name)) return [];
    const name: EnvironmentName = entry.name;
    const isDefault = single || parsed.config.default;
    return [deepFreeze(normaliseEnvironment(parsed.config, { name, source: entry.file, isDefault }))];
  });
}

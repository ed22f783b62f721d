import type { Diagnostic, Environment, EnvironmentName, Integration, IntegrationName } from '../model/index.js';
import { INTEGRATION_CHECKS, checkEnvironments, checkProject, environmentRules, flattenRequests, projectRules } from './checks/index.js';
import type { FlatRequest } from './checks/index.js';
import { Problem, compareDiagnostics, finding, quote } from './diagnostics/index.js';
import type { Rule } from './diagnostics/index.js';
import { configFolder, contractExists, listYaml, projectPath } from './folder.js';
import type { ConfigFolder, FolderEntry } from './folder.js';
import { environmentNameFormat, integrationNameFormat, isEnvironmentName, isIntegrationName, parseContract } from './formats/index.js';
import type { TextFormat } from './formats/index.js';
import { deepFreeze, normaliseEnvironment, normaliseIntegration } from './normalise/index.js';
import { memberOf, parseEnvironment, parseIntegration } from './schema/index.js';
import type { EnvironmentConfig, IntegrationConfig, Parsed } from './schema/index.js';
import { diagnosticAt, readYamlFile } from './yaml/index.js';
import type { YamlFile, YamlSource } from './yaml/index.js';

export interface LoadOptions {
  /** Folder of the project; paths in diagnostics and in the model are relative to it. */
  readonly projectRoot: string;
  /** Folder with `integrations/`, `environments/` and `contracts/`; relative to the project root, or absolute. */
  readonly configDir: string;
}

export interface LoadedConfig {
  /** Those without errors, by name. Deeply frozen. */
  readonly integrations: readonly Integration[];
  /** Those without errors, by name. Deeply frozen. Empty when no default environment can be told. */
  readonly environments: readonly Environment[];
  /** All problems of all files, sorted by place. With an error among them, nothing should be generated. */
  readonly diagnostics: readonly Diagnostic[];
  /** For `explain`: paths that an integration's file sets itself, such as `retry.attempts`. */
  readonly writtenKeys: ReadonlyMap<IntegrationName, ReadonlySet<string>>;
}

/** Rules of this file. */
export const loadRules = {
  missingContract: {
    code: 'missing-contract',
    severity: 'error',
    summary: 'The file of a contract exists below config/contracts.',
    reason: 'The Apex classes of the body are generated from it.',
    fix: 'Create the file, or correct the name.',
  },
  noIntegrations: {
    code: 'no-integrations',
    severity: 'error',
    summary: 'There is at least one integration.',
    reason: 'There is nothing to generate.',
    fix: 'Run `callout init`, which writes a first integration, or check the configuration folder.',
  },
} as const satisfies Record<string, Rule>;

/** One file on its way through the checks. */
interface Loading<T> {
  readonly entry: FolderEntry;
  readonly yaml: YamlFile | undefined;
  readonly parsed: Parsed<T>;
  readonly diagnostics: Diagnostic[];
}

interface LoadingIntegration extends Loading<IntegrationConfig> {
  readonly requests: readonly FlatRequest[];
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
  const integrations = integrationFiles.entries.map((entry) => loadIntegration(entry, folder));
  const environments = environmentFiles.entries.map((entry) => loadFile(entry, parseEnvironment, environmentNameFormat));
  checkAcross(integrations, environments);
  const general: Diagnostic[] = [...integrationFiles.diagnostics, ...environmentFiles.diagnostics];
  const missing = (name: string, rule: Rule, message: string): void => {
    const file = projectPath(folder, `${folder.folder}/${name}`);
    general.push(diagnosticAt({ file, line: 1, column: 1 }, '', new Problem(rule, message)));
  };
  if (integrationFiles.entries.length === 0 && integrationFiles.diagnostics.length === 0) {
    missing('integrations', loadRules.noIntegrations, 'There is no integration.');
  } else if (environmentFiles.entries.length === 0 && environmentFiles.diagnostics.length === 0) {
    missing('environments', environmentRules.noEnvironment, 'There is no environment, so the integration user is unknown.');
  }
  const diagnostics = [...general, ...integrations.flatMap(diagnosticsOf), ...environments.flatMap(diagnosticsOf)];
  return {
    integrations: integrations.flatMap((loading) => finishIntegration(loading, folder)),
    environments: finishEnvironments(environments),
    diagnostics: diagnostics.sort(compareDiagnostics),
    writtenKeys: new Map(integrations.flatMap(writtenKeysOf)),
  };
}

function diagnosticsOf({ diagnostics }: Loading<unknown>): readonly Diagnostic[] {
  return diagnostics;
}

function hasErrors({ diagnostics }: Loading<unknown>): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function loadFile<T extends { readonly name?: string | undefined }>(
  entry: FolderEntry,
  parse: (data: Readonly<Record<string, unknown>>) => Parsed<T>,
  nameFormat: TextFormat,
): Loading<T> {
  const { file: yaml, diagnostics: yamlDiagnostics } = readYamlFile(entry.absolute, entry.file);
  const diagnostics = [...yamlDiagnostics];
  for (const problem of nameFormat.check(entry.name)) {
    diagnostics.push(diagnosticAt({ file: entry.file, line: 1, column: 1 }, '', new Problem(problem.rule, problem.message, { ...problem.details, fix: `${problem.details.fix ?? problem.rule.fix} Rename the file.` })));
  }
  const parsed: Parsed<T> = yaml === undefined ? { config: undefined, findings: [], broken: new Set() } : parse(yaml.data);
  if (yaml !== undefined) {
    for (const item of parsed.findings) diagnostics.push(yaml.source.toDiagnostic(item));
    const name = parsed.config?.name;
    if (name !== undefined && name !== entry.name) {
      const message = `The name ${quote(name)} is not that of the file, ${quote(entry.name)}.`;
      diagnostics.push(yaml.source.toDiagnostic(finding(['name'], projectRules.nameMismatch, message)));
    }
  }
  return { entry, yaml, parsed, diagnostics };
}

function loadIntegration(entry: FolderEntry, folder: ConfigFolder): LoadingIntegration {
  const loading = loadFile(entry, parseIntegration, integrationNameFormat);
  const { yaml, parsed, diagnostics } = loading;
  const { config, broken } = parsed;
  if (yaml === undefined || config === undefined) return { ...loading, requests: [] };
  const requests = flattenRequests(config);
  const written = (...path: readonly (string | number)[]): boolean => path.reduce<unknown>(memberOf, yaml.data) !== undefined;
  for (const check of INTEGRATION_CHECKS) {
    if (check.needs.some((section) => broken.has(section))) continue;
    for (const item of check.run({ config, requests, written })) diagnostics.push(yaml.source.toDiagnostic(item));
  }
  for (const { index, config: request } of requests) {
    const contract = request.contract === undefined ? undefined : parseContract(request.contract);
    if (contract === undefined || contractExists(folder, contract.file)) continue;
    const message = `There is no contract file ${quote(contract.file)}.`;
    diagnostics.push(yaml.source.toDiagnostic(finding(['requests', index, 'contract'], loadRules.missingContract, message)));
  }
  return { ...loading, requests };
}

/** Adds what only shows when all files are looked at together. */
function checkAcross(integrations: readonly LoadingIntegration[], environments: readonly Loading<EnvironmentConfig>[]): void {
  const owners = new Map<YamlSource, Loading<unknown>>();
  const named = integrations.flatMap((loading) => {
    const { entry, yaml, parsed } = loading;
    if (yaml === undefined || !isIntegrationName(entry.name)) return [];
    owners.set(yaml.source, loading);
    const config = parsed.broken.has('trigger') ? undefined : parsed.config;
    return [{ name: entry.name, source: yaml.source, config }];
  });
  const known = new Map(
    integrations.map(({ entry, parsed }) => [entry.name, parsed.broken.has('auth') ? undefined : parsed.config] as const),
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
  const origin = { name: entry.name, source: entry.file, contractsFolder: projectPath(folder, `${folder.folder}/contracts`) };
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

function writtenKeysOf({ entry, yaml }: LoadingIntegration): readonly (readonly [IntegrationName, ReadonlySet<string>])[] {
  if (yaml === undefined || !isIntegrationName(entry.name)) return [];
  const keys = new Set<string>();
  collectKeys(yaml.data, '', keys);
  return [[entry.name, keys]];
}

function collectKeys(value: unknown, path: string, keys: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`;
    keys.add(place);
    collectKeys(member, place, keys);
  }
}

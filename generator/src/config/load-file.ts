import type { Diagnostic } from '../model/index.js';
import { INTEGRATION_CHECKS, flattenRequests, projectRules } from './checks/index.js';
import type { FlatRequest } from './checks/index.js';
import { Problem, finding, quote } from '../diagnostics/index.js';
import type { Finding, Rule } from '../diagnostics/index.js';
import type { FolderEntry } from './folder.js';
import { environmentNameFormat, integrationNameFormat, parseContract } from './formats/index.js';
import type { TextFormat } from './formats/index.js';
import { memberOf, parseEnvironment, parseIntegration } from './schema/index.js';
import type { EnvironmentConfig, IntegrationConfig, Parsed } from './schema/index.js';
import { diagnosticAt, readYamlFile, yamlRules } from './yaml/index.js';
import type { YamlFile, YamlSource } from './yaml/index.js';

/** Rules about what is there at all. */
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
export interface Loading<T> {
  readonly entry: FolderEntry;
  readonly yaml: YamlFile | undefined;
  readonly parsed: Parsed<T>;
  readonly diagnostics: Diagnostic[];
}

const MOST_PROBLEMS = 100;

/**
 * Takes the findings of one file. Finding a place in a large file costs time, so only a hundred are looked up: a file
 * with more is broken as a whole.
 */
function report(findings: readonly Finding[], source: YamlSource, diagnostics: Diagnostic[]): void {
  const room = Math.max(MOST_PROBLEMS - diagnostics.length, 0);
  for (const item of findings.slice(0, room)) diagnostics.push(source.toDiagnostic(item));
  const rest = findings.slice(room);
  if (rest.length === 0) return;
  const isError = rest.some(({ problem }) => problem.rule.severity === 'error');
  const rule: Rule = isError ? yamlRules.moreProblems : { ...yamlRules.moreProblems, severity: 'warning' };
  diagnostics.push(
    source.toDiagnostic(
      finding([], rule, `The file has ${rest.length} more ${rest.length === 1 ? 'problem' : 'problems'}.`),
    ),
  );
}

/** An integration on its way; `requests` is empty when nothing can be said about them. */
export interface LoadingIntegration extends Loading<IntegrationConfig> {
  readonly requests: readonly FlatRequest[];
}

/** Reads an environment and checks it by itself. */
export function loadEnvironment(entry: FolderEntry): Loading<EnvironmentConfig> {
  return loadFile(entry, parseEnvironment, environmentNameFormat);
}

function loadFile<T extends { readonly name?: string | undefined }>(
  entry: FolderEntry,
  parse: (data: Readonly<Record<string, unknown>>) => Parsed<T>,
  nameFormat: TextFormat,
): Loading<T> {
  const { file: yaml, diagnostics: yamlDiagnostics } = readYamlFile(entry.absolute, entry.file);
  const diagnostics = [...yamlDiagnostics];
  for (const problem of nameFormat.check(entry.name)) {
    diagnostics.push(
      diagnosticAt(
        { file: entry.file, line: 1, column: 1 },
        '',
        new Problem(problem.rule, problem.message, {
          ...problem.details,
          fix: `${problem.details.fix ?? problem.rule.fix} Rename the file.`,
        }),
      ),
    );
  }
  const parsed: Parsed<T> =
    yaml === undefined ? { config: undefined, findings: [], broken: new Set() } : parse(yaml.data);
  if (yaml !== undefined) {
    const mine: Diagnostic[] = [];
    report(parsed.findings, yaml.source, mine);
    // What is wrong with the YAML of a line explains what seems wrong with its meaning.
    const spoilt = new Set(yamlDiagnostics.map(({ position }) => position.line));
    diagnostics.push(
      ...mine.filter(({ position, code }) => !spoilt.has(position.line) || code === yamlRules.moreProblems.code),
    );
    const name = parsed.config?.name;
    if (name !== undefined && name !== entry.name) {
      const message = `The name ${quote(name)} is not that of the file, ${quote(entry.name)}.`;
      diagnostics.push(yaml.source.toDiagnostic(finding(['name'], projectRules.nameMismatch, message)));
    }
  }
  return { entry, yaml, parsed, diagnostics };
}

/** Reads an integration and checks it by itself. `contracts` says whether a file of a contract exists. */
export function loadIntegration(entry: FolderEntry, contracts: (file: string) => boolean): LoadingIntegration {
  const loading = loadFile(entry, parseIntegration, integrationNameFormat);
  const { yaml, parsed, diagnostics } = loading;
  const { config, broken } = parsed;
  if (yaml === undefined || config === undefined) return { ...loading, requests: [] };
  const requests = flattenRequests(config);
  const written = (...path: readonly (string | number)[]): boolean =>
    path.reduce<unknown>(memberOf, yaml.data) !== undefined;
  const findings: Finding[] = [];
  for (const check of INTEGRATION_CHECKS) {
    if (check.needs.every((section) => !broken.has(section)))
      findings.push(...check.run({ config, requests, written }));
  }
  for (const { index, config: request } of requests) {
    const contract = request.contract === undefined ? undefined : parseContract(request.contract);
    if (contract === undefined || contracts(contract.file)) continue;
    findings.push(
      finding(
        ['requests', index, 'contract'],
        loadRules.missingContract,
        `There is no contract file ${quote(contract.file)}.`,
      ),
    );
  }
  report(findings, yaml.source, diagnostics);
  yaml.source.release();
  return { ...loading, requests };
}

/** The paths of all keys that the file has: `retry.attempts`. */
export function writtenKeysOf(loading: LoadingIntegration | undefined): ReadonlySet<string> {
  const keys = new Set<string>();
  collectKeys(loading?.yaml?.data, '', keys);
  return keys;
}

function collectKeys(value: unknown, path: string, keys: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`;
    keys.add(place);
    collectKeys(member, place, keys);
  }
}

import { basename, dirname, resolve } from 'node:path';
import type { ContractRef, Diagnostic, Environment, Integration, ProjectModel } from '../model/index.js';

export interface LoadedProject {
  /** Problems of the configuration and the contracts, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Integrations that were read, with or without problems. */
  readonly integrations: number;
  /** What a person may want to know that is no problem of the configuration: a damaged cache. */
  readonly notes: readonly string[];
  /** Undefined when there is an error. */
  readonly project: ProjectModel | undefined;
}

/** Reads configuration and contracts, and compares bodies with their contracts. All problems are reported together. */
export async function loadProject(configDir: string): Promise<LoadedProject> {
  // Loaded late: a run that finds everything as it was needs neither.
  const { loadConfig } = await import('../config/index.js');
  const { loadContracts } = await import('../contracts/index.js');
  const { compareDiagnostics } = await import('../diagnostics/index.js');
  const { checkContractBodies } = await import('./contract-bodies.js');
  const folder = resolve(configDir);
  const projectRoot = dirname(folder);
  const config = await loadConfig({ projectRoot, configDir: basename(folder) });
  const refs = contractRefs(config.integrations);
  const contracts = await loadContracts({ projectRoot, refs, takenClassNames: classNames(config.integrations) });
  const bodies = checkContractBodies(config, contracts.contracts);
  const diagnostics = [...config.diagnostics, ...contracts.diagnostics, ...bodies].toSorted(compareDiagnostics);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return {
    diagnostics,
    integrations: config.integrations.length,
    notes: contracts.notes,
    project: failed
      ? undefined
      : { integrations: config.integrations, environments: config.environments, contracts: contracts.contracts },
  };
}

/** The environments that can be read, whatever else is wrong with the configuration. */
export async function loadEnvironments(configDir: string): Promise<readonly Environment[]> {
  const { loadConfig } = await import('../config/index.js');
  const folder = resolve(configDir);
  return (await loadConfig({ projectRoot: dirname(folder), configDir: basename(folder) })).environments;
}

/** Names of the classes that the integrations themselves generate: a contract must not take one of them. */
function classNames(integrations: readonly Integration[]): readonly string[] {
  return integrations.flatMap(({ apiName }) =>
    ['Callout', 'CalloutTest', 'Test', 'Action'].map((end) => `${apiName}${end}`),
  );
}

/** Every contract once, in the order of file and interface. */
function contractRefs(integrations: readonly Integration[]): readonly ContractRef[] {
  const refs = new Map<string, ContractRef>();
  for (const { body } of integrations.flatMap(({ requests }) => requests)) {
    if (body.kind === 'contract') refs.set(`${body.contract.file}#${body.contract.interfaceName}`, body.contract);
  }
  return [...refs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, ref]) => ref);
}

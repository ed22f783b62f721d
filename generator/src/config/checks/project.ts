import { finding, quote } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import { toApiName, toFlowName } from '../formats/index.js';
import type { IntegrationConfig } from '../schema/index.js';
import type { IntegrationName } from '../../model/index.js';

export const projectRules = {
  nameMismatch: {
    code: 'name-mismatch',
    severity: 'error',
    summary: 'The name in a file is the name of the file.',
    reason:
      'Environments, commands and messages name an integration by one name. With two of them nobody knows which is meant.',
    fix: 'Remove the key, or rename the file.',
  },
  duplicateName: {
    code: 'duplicate-name',
    severity: 'error',
    summary: 'One file describes one integration or environment.',
    reason: 'Two files with the same name, one .yaml and one .yml, would generate the same files.',
    fix: 'Delete or rename one of them.',
  },
  duplicateApiName: {
    code: 'duplicate-api-name',
    severity: 'error',
    summary: 'Integrations have different API names.',
    reason:
      'Salesforce does not tell upper and lower case apart: the classes and credentials of one would replace those of the other.',
    fix: 'Rename one of the files.',
  },
  duplicateFlowName: {
    code: 'duplicate-flow-name',
    severity: 'error',
    summary: 'Integrations have different flows.',
    reason: 'The second flow would replace the first, whose records would not be sent any more.',
    fix: 'Give one of them another `trigger.flowName`.',
  },
} as const satisfies Record<string, Rule>;

/** One integration file for the checks across files. */
export interface ProjectFile<Source> {
  readonly name: IntegrationName;
  readonly source: Source;
  readonly config: IntegrationConfig | undefined;
}

/** A finding and the file that it is in. */
export interface FileFinding<Source> {
  readonly source: Source;
  readonly finding: Finding;
}

/** Checks what several integrations must not share. Files come sorted; the later one is reported. */
export function checkProject<S extends { readonly file: string }>(
  files: readonly ProjectFile<S>[],
): readonly FileFinding<S>[] {
  const findings: FileFinding<S>[] = [];
  const apiNames = new Map<string, ProjectFile<S>>();
  const flows = new Map<string, ProjectFile<S>>();
  for (const entry of files) {
    const { name, source, config } = entry;
    const apiName = toApiName(name);
    const rival = apiNames.get(apiName.toLowerCase());
    if (rival !== undefined) {
      const same = rival.name === name;
      const message = same
        ? `${rival.source.file} has the same name.`
        : `The API name ${quote(apiName)} is also that of ${rival.source.file}.`;
      findings.push({
        source,
        finding: finding([], same ? projectRules.duplicateName : projectRules.duplicateApiName, message),
      });
    }
    apiNames.set(apiName.toLowerCase(), rival ?? entry);
    if (config?.trigger === undefined) continue;
    const flow = config.trigger.flowName ?? toFlowName(name);
    const owner = flows.get(flow.toLowerCase());
    if (owner !== undefined && owner.name !== name) {
      const path = config.trigger.flowName === undefined ? ['trigger'] : ['trigger', 'flowName'];
      const message = `The flow ${quote(flow)} is also that of ${owner.source.file}.`;
      findings.push({
        source,
        finding: finding(path, projectRules.duplicateFlowName, message, { atKey: path.length === 1 }),
      });
    }
    flows.set(flow.toLowerCase(), owner ?? entry);
  }
  return findings;
}

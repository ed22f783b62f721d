import type { Contract, GeneratedFile, Integration, ProjectModel } from '../../model/index.js';
import { contractClassText } from './contract-class.js';
import { contractTestText, testClassName } from './contract-test.js';

/** Metadata beside each Apex class (Metadata API Developer Guide, "ApexClass"). */
const CLASS_METADATA = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <status>Active</status>
</ApexClass>
`;

/**
 * Apex class, test class and their metadata for each contract that an integration uses. They stand in the folder of the
 * alphabetically first one, because a class exists once in an org however many integrations share it.
 */
export function emitContracts(project: Pick<ProjectModel, 'integrations' | 'contracts'>): readonly GeneratedFile[] {
  const owners = firstUsers(project.integrations);
  return project.contracts.flatMap((contract) => {
    const owner = owners.get(refKey(contract.ref));
    return owner === undefined ? [] : contractFiles(contract, owner);
  });
}

function contractFiles(contract: Contract, owner: string): readonly GeneratedFile[] {
  const folder = `force-app/main/integrations/${owner}/classes`;
  const origin = contract.ref.file;
  const classFiles = (name: string, content: string): readonly GeneratedFile[] => [
    { path: `${folder}/${name}.cls`, content, header: 'apex', origin },
    { path: `${folder}/${name}.cls-meta.xml`, content: CLASS_METADATA, header: 'xml', origin },
  ];
  return [
    ...classFiles(contract.className, contractClassText(contract)),
    ...classFiles(testClassName(contract), contractTestText(contract)),
  ];
}

function firstUsers(integrations: readonly Pick<Integration, 'name' | 'requests'>[]): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  const sorted = [...integrations].sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const { name, requests } of sorted) {
    for (const { body } of requests) {
      if (body.kind !== 'contract') continue;
      const key = refKey(body.contract);
      if (!users.has(key)) users.set(key, name);
    }
  }
  return users;
}

function refKey({ file, interfaceName }: Contract['ref']): string {
  return `${file}#${interfaceName}`;
}

import writeFileAtomic from 'write-file-atomic';

export const PROJECT_FILE = 'sfdx-project.json';

/** A project that only holds what is generated; API version as everywhere in the generated files. */
export const NEW_PROJECT = `{
  "packageDirectories": [{ "path": "force-app", "default": true }],
  "sourceApiVersion": "66.0"
}
`;

/** Replaces sfdx-project.json as a whole, so that an interrupted run leaves the old one. */
export async function writeProjectFile(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text);
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../../generator/src/config/index.js';
import { formatDiagnostic } from '../../../generator/src/diagnostics/index.js';
import type { LoadedConfig } from '../../../generator/src/config/index.js';

export type Files = Readonly<Record<string, string | Uint8Array>>;

const LOCAL_ENVIRONMENT = 'default: true\nintegrationUser: integration@callout.example\n';

/** Loads a project that holds these files, and a default environment when they have none. */
export async function loadFiles(files: Files): Promise<LoadedConfig> {
  const projectRoot = mkdtempSync(join(tmpdir(), 'callout-config-'));
  try {
    const hasEnvironment = Object.keys(files).some((path) => path.startsWith('config/environments/'));
    const all: Files = hasEnvironment ? files : { ...files, 'config/environments/local.yaml': LOCAL_ENVIRONMENT };
    for (const [path, content] of Object.entries(all)) {
      mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
      writeFileSync(join(projectRoot, path), content);
    }
    return await loadConfig({ projectRoot, configDir: 'config' });
  } finally {
    rmSync(projectRoot, { recursive: true, force: true });
  }
}

/** Loads a project with one integration of this text. */
export function loadText(text: string | Uint8Array, name = 'sample'): Promise<LoadedConfig> {
  return loadFiles({ [`config/integrations/${name}.yaml`]: text });
}

/** All problems as a person reads them. */
export function printed({ diagnostics }: LoadedConfig): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, { colour: false })).join('\n');
}

export function codesOf({ diagnostics }: LoadedConfig): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

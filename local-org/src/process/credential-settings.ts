import { credentialSettings, type CredentialSettings } from '../platform/settings/index.js';

/** A setting that the local org does not have, or a value that it cannot take. The message says which. */
export class CredentialSettingError extends Error {
  public override readonly name = 'CredentialSettingError';
}

/** Reads `parallelRefresh=shared`. Throws CredentialSettingError. */
export function readCredentialSettings(assignments: readonly string[]): CredentialSettings {
  const entries = assignments.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new CredentialSettingError(`"${text}" does not have the form name=value.`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  const parsed = credentialSettings.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(': '));
  throw new CredentialSettingError(`Credential settings: ${problems.join('; ')}`);
}

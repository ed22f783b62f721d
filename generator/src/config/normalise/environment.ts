import type {
  Environment,
  EnvironmentName,
  EnvironmentValues,
  IntegrationName,
  ProjectPath,
} from '../../model/index.js';
import { isIntegrationName, withoutTrailingSlash } from '../formats/index.js';
import type { EnvironmentConfig } from '../schema/index.js';
import { expectChecked } from './expect.js';

/** Writes out every default of an environment that has passed all checks. */
export function normaliseEnvironment(
  config: EnvironmentConfig,
  origin: { readonly name: EnvironmentName; readonly source: ProjectPath; readonly isDefault: boolean },
): Environment {
  const url = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : withoutTrailingSlash(text);
  const integrations = new Map<IntegrationName, EnvironmentValues>();
  for (const [name, values] of Object.entries(config.integrations)) {
    integrations.set(expectChecked(isIntegrationName, name), {
      endpointUrl: url(values.endpoint),
      tokenUrl: values.tokenUrl,
      authorizeUrl: values.authorizeUrl,
      clientId: values.clientId,
    });
  }
  return { ...origin, integrationUser: config.integrationUser, integrations };
}

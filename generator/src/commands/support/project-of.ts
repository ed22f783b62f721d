import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';
import type { Environment, Integration } from '../../model/index.js';

const messages = loadMessages('prove');

/**
 * Integrations of the project, by default all, and its default environment. Throws UserError for a configuration with errors, and for an
 * integration that it does not have.
 */
export async function projectOf(
  configDir: string,
  wanted: readonly string[] | undefined,
): Promise<{ readonly integrations: readonly Integration[]; readonly environment: Environment }> {
  const { loadProject } = await import('../../pipeline/index.js');
  const { project } = await loadProject(configDir);
  if (project === undefined)
    throw new UserError('ConfigError', messages.get('error.invalidConfig'), {
      actions: messages.list('error.invalidConfig.actions'),
    });
  const names = project.integrations.map(({ name }) => name);
  const unknown = wanted?.find((name) => !names.some((known) => known === name));
  if (unknown !== undefined)
    throw new UserError('UnknownIntegrationError', messages.get('error.unknownIntegration', unknown), {
      actions: messages.list('error.unknownIntegration.actions', names.join(', ')),
    });
  const environment = project.environments.find(({ isDefault }) => isDefault);
  if (environment === undefined)
    throw new UserError('UnknownEnvironmentError', messages.get('error.noEnvironment'), {
      actions: messages.list('error.noEnvironment.actions'),
    });
  return {
    integrations: project.integrations.filter(({ name }) => wanted === undefined || wanted.includes(name)),
    environment,
  };
}

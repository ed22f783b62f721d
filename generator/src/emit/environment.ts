import type { Auth, Environment, EnvironmentValues, Integration, ProjectModel } from '../model/index.js';

/** The environment whose values stand in the generated files; undefined when the project has none. */
export function defaultEnvironment(project: ProjectModel): Environment | undefined {
  return project.environments.find(({ isDefault }) => isDefault);
}

/** The integration as an environment sees it: what the environment does not name stays as the integration says. */
export function inEnvironment(integration: Integration, environment: Environment | undefined): Integration {
  const values = environment?.integrations.get(integration.name);
  if (values === undefined) return integration;
  const { endpoint } = integration;
  return {
    ...integration,
    endpoint: { ...endpoint, url: values.endpointUrl ?? endpoint.url },
    auth: { ...integration.auth, method: methodIn(integration.auth, values) },
  };
}

function methodIn({ method }: Auth, values: EnvironmentValues): Auth['method'] {
  switch (method.type) {
    case 'clientCredentials':
    case 'jwtBearer':
      return { ...method, tokenUrl: values.tokenUrl ?? method.tokenUrl };
    case 'browser':
      return {
        ...method,
        tokenUrl: values.tokenUrl ?? method.tokenUrl,
        authorizeUrl: values.authorizeUrl ?? method.authorizeUrl,
        clientId: values.clientId ?? method.clientId,
      };
    case 'customHeader':
    case 'basic':
      return method;
  }
}

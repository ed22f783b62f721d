import type { AuthMethod, Integration } from '../model/index.js';

/** One entry for each kind of authentication: to support another kind is to add an entry to every such table. */
export type MethodTable<Result> = {
  readonly [Type in AuthMethod['type']]: (
    method: Extract<AuthMethod, { type: Type }>,
    integration: Integration,
  ) => Result;
};

/** What the table says for the integration's kind of authentication. */
export function forMethod<Result>(table: MethodTable<Result>, integration: Integration): Result {
  const { method } = integration.auth;
  switch (method.type) {
    case 'clientCredentials':
      return table.clientCredentials(method, integration);
    case 'browser':
      return table.browser(method, integration);
    case 'jwtBearer':
      return table.jwtBearer(method, integration);
    case 'customHeader':
      return table.customHeader(method, integration);
    case 'basic':
      return table.basic(method, integration);
  }
}

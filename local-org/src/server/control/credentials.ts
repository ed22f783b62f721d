import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { ApiError } from '../api-error.js';
import { jsonBody } from '../body.js';
import type { OrgServices } from '../services.js';

/** What Salesforce does not document about credentials, while the org runs. The platform has no such path. */
export const CREDENTIAL_SETTINGS_PATH = '/callout/settings/credentials';
/** Certificates of the org, whose public keys the platform offers for download in Setup. */
const CERTIFICATES_PATH = '/callout/certificates';

/** Registers the settings of credentials and the public keys of certificates; like everything else they need a session. */
export function registerCredentialControl(app: FastifyInstance, { live, store }: OrgServices): void {
  app.get(CREDENTIAL_SETTINGS_PATH, async () => (await live.credentials()).settings);
  app.patch(CREDENTIAL_SETTINGS_PATH, async (request) => {
    const credentials = await live.credentials();
    try {
      return credentials.configure(jsonBody(request));
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      const problems = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new ApiError(400, 'INVALID_SETTING', problems.join('; '));
    }
  });
  app.get<{ Params: { name: string } }>(`${CERTIFICATES_PATH}/:name`, async ({ params: { name } }) => {
    if (store.state.component('Certificate', name) === undefined)
      throw new ApiError(404, 'NOT_FOUND', `There is no certificate "${name}".`);
    return { publicKey: (await live.credentials()).publicKey(name) };
  });
}

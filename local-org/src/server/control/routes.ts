import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { InvalidRouteError } from '../../platform/network/index.js';
import { ApiError } from '../api-error.js';
import { jsonBody } from '../body.js';
import type { OrgServices } from '../services.js';

/** Where callouts go instead of the address that is deployed. The platform has no such path. */
export const ROUTES_PATH = '/callout/routes';

const routeList = z.array(z.strictObject({ from: z.string(), to: z.string() })).max(1000);

/** Registers reading and replacing the routes; like everything else it needs a session. */
export function registerRoutes(app: FastifyInstance, { routes }: OrgServices): void {
  app.get(ROUTES_PATH, () => routes.all());
  app.put(ROUTES_PATH, (request) => {
    const wanted = routeList.safeParse(jsonBody(request));
    if (!wanted.success) throw new ApiError(400, 'JSON_PARSER_ERROR', 'Routes are a list of {"from": URL, "to": URL}.');
    try {
      routes.replace(wanted.data);
    } catch (error) {
      if (error instanceof InvalidRouteError) throw new ApiError(400, 'INVALID_ROUTE', error.message);
      throw error;
    }
    return routes.all();
  });
}

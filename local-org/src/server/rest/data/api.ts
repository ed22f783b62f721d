import type { RestCall } from '../route.js';

/** Which of the two sets of objects a resource shows. */
export type Api = 'data' | 'tooling';

/** Where the resources of each API are, below the version. They have the same form. */
export const ROOTS = ['', '/tooling'] as const;

/** The API that a request is for. */
export function apiOf({ route }: Pick<RestCall, 'route'>): Api {
  return route.startsWith('/tooling/') ? 'tooling' : 'data';
}

/** Where the records of a request's API are: `/services/data/v66.0/tooling`. */
export function baseOf(call: Pick<RestCall, 'route' | 'version'>): string {
  return `/services/data/${call.version}${apiOf(call) === 'tooling' ? '/tooling' : ''}`;
}

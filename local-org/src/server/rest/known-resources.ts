import { notSupported, type ApiError } from '../api-error.js';

/** Resources of the platform (REST API Developer Guide: Reference) that the local org does not have, by their first parts. */
const ABSENT: readonly string[] = [
  'actions',
  'analytics',
  'appMenu',
  'async-queries',
  'chatter',
  'commerce',
  'compactLayouts',
  'composite/graph',
  'connect',
  'consent',
  'domains',
  'dedupe',
  'eclair',
  'event',
  'emailConnect',
  'folders',
  'jobs/connectors',
  'knowledgeManagement',
  'licensing',
  'localizedvalue',
  'metadata',
  'named-credentials',
  'parameterizedSearch',
  'process',
  'quickActions',
  'recent',
  'scheduling',
  'search',
  'support',
  'tabs',
  'theme',
  'tooling',
  'ui-api',
  'wave',
];

/** A refusal by name for a path that only the platform has. */
export function refuseKnownResource(path: string): ApiError | undefined {
  const below = path.replace(/^\/+services\/+data\/+v[^/]+\/*/, '').replace(/\/{2,}/g, '/');
  const resource = ABSENT.find((name) => below === name || below.startsWith(`${name}/`));
  return resource === undefined ? undefined : notSupported(`the REST resource /${resource}`);
}

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
  'search/layout',
  'search/scopeOrder',
  'search/suggestions',
  'support',
  'tabs',
  'theme',
  'tooling',
  'ui-api',
  'wave',
];

/** What the platform has below an object besides its records, by the last parts of the path. */
const ABSENT_OF_OBJECTS =
  /^sobjects\/\w+\/(deleted|updated|listviews|quickActions|relevantItems|describe\/(?:layouts|approvalLayouts|compactLayouts|namedLayouts))(?:\/|$)/;

function belowVersion(path: string): string {
  return path.replace(/^\/+services\/+data\/+v[^/]+\/*/, '').replace(/\/{2,}/g, '/');
}

/** A refusal by name for what looks like a record's path and is none. */
export function refuseBelowObject(path: string): ApiError | undefined {
  const resource = ABSENT_OF_OBJECTS.exec(belowVersion(path))?.[1];
  return resource === undefined ? undefined : notSupported(`the REST resource /sobjects/{object}/${resource}`);
}

/** A refusal by name for a path that only the platform has. */
export function refuseKnownResource(path: string): ApiError | undefined {
  const below = belowVersion(path);
  const resource = ABSENT.find((name) => below === name || below.startsWith(`${name}/`));
  return resource === undefined ? undefined : notSupported(`the REST resource /${resource}`);
}

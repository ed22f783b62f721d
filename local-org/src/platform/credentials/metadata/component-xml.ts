import { XMLParser } from 'fast-xml-parser';
import type { Component } from '../../../model/index.js';

/** Elements that may repeat in the credential types. */
const LISTS: ReadonlySet<string> = new Set([
  'externalAuthIdentityProviderParameters',
  'externalCredentialParameters',
  'namedCredentialParameters',
]);

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  htmlEntities: true,
  isArray: (tag) => LISTS.has(tag),
});

/** What stands inside the root element of a component that was checked when it was deployed; every value is text. */
export function elementsOf({ type, content }: Component): unknown {
  const document: unknown = parser.parse(content);
  return typeof document === 'object' && document !== null
    ? Object.entries(document).find(([name]) => name === type)?.[1]
    : undefined;
}

import type { Rule } from './rule.js';

/** The form of every API name: letters, digits, single underscores, a letter first, no underscore last. */
export const isApiName = (name: string): boolean => /^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name);

const FORM =
  'can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, ' +
  'not end with an underscore, and not contain two consecutive underscores.';

/** The platform's sentence about a malformed API name. */
export const nameForm = (what: string): string => `The ${what} API Name ${FORM}`;

/** Types whose full name is one API name, with the longest that the platform takes. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['ApexClass', 255],
  ['ApexTrigger', 255],
  ['AuthProvider', 80],
  ['CustomNotificationType', 80],
  ['CustomPermission', 80],
  ['ExternalAuthIdentityProvider', 80],
  ['ExternalCredential', 80],
  ['Flow', 80],
  ['NamedCredential', 80],
  ['PermissionSet', 80],
  ['PlatformEventSubscriberConfig', 80],
]);

/** Names of components. */
export const nameRules: readonly Rule[] = [
  {
    // PLATFORM 1.1-1.2, 3.5: credentials, flows, permission sets and configurations are known by their API name.
    id: 'api-name-form',
    types: [...LENGTHS.keys()],
    *check({ component, root }) {
      const longest = LENGTHS.get(component.type) ?? 80;
      if (!isApiName(component.fullName)) yield { at: root, message: nameForm(component.type) };
      if (component.fullName.length > longest) {
        yield { at: root, message: `Value too long for field: fullName maximum length is:${longest}` };
      }
    },
  },
];

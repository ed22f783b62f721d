import type { Subject } from '../../subject.js';
import type { ObjectSymbol } from '../../symbols/objectSymbol.js';
import { childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';

const types = ['PermissionSet'];

/** Object permissions: element, how the platform calls it, and what must be granted with it. */
const PERMISSIONS: readonly (readonly [element: string, name: string, needs: readonly string[]])[] = [
  ['allowRead', 'Read', []],
  ['allowCreate', 'Create', ['Read']],
  ['allowEdit', 'Edit', ['Read']],
  ['allowDelete', 'Delete', ['Read', 'Edit']],
  ['viewAllRecords', 'View All', ['Read']],
  ['modifyAllRecords', 'Modify All', ['Read', 'Edit', 'Delete', 'View All']],
];

interface Row {
  readonly element: XmlElement;
  readonly object: string;
  /** Granted permissions by the platform's names. */
  readonly granted: ReadonlySet<string>;
}

function rows({ root }: Subject): readonly Row[] {
  return childrenOf(root, 'objectPermissions').flatMap((element) => {
    const object = textOf(element, 'object');
    if (object === undefined) return [];
    const granted = PERMISSIONS.filter(([flag]) => isTrue(element, flag)).map(([, name]) => name);
    return [{ element, object, granted: new Set(granted) }];
  });
}

function* rowDependencies({ element, object, granted }: Row): Generator<Finding> {
  for (const [, name, needs] of PERMISSIONS) {
    const missing = needs.filter((need) => !granted.has(need));
    if (!granted.has(name) || missing.length === 0) continue;
    const needed = missing.map((need) => `${need} ${object}`).join(', ');
    yield { at: element, message: `Permission ${name} ${object} depends on permission(s): ${needed}` };
  }
}

/** Objects that a detail object belongs to. */
function mastersOf(object: ObjectSymbol | undefined): readonly string[] {
  return [...(object?.fields.values() ?? [])]
    .filter((field) => field.custom?.type === 'MasterDetail')
    .flatMap((field) => field.referenceTo);
}

/** Rules of the object rows of a permission set. */
export const objectPermissionRules: readonly Rule[] = [
  {
    // PLATFORM 1.5, 5: a right is granted together with the rights that it depends on.
    id: 'object-permission-dependencies',
    types,
    *check(subject) {
      for (const row of rows(subject)) yield* rowDependencies(row);
    },
  },
  {
    // PLATFORM 5: reading a detail needs Read on its master in the same permission set.
    id: 'detail-needs-read-on-master',
    types,
    *check(subject, { symbols }) {
      const all = rows(subject);
      const readable = new Set(
        all.filter(({ granted }) => granted.has('Read')).map(({ object }) => object.toLowerCase()),
      );
      for (const { element, object, granted } of all) {
        if (!granted.has('Read')) continue;
        for (const master of mastersOf(symbols.object(object))) {
          if (readable.has(master.toLowerCase())) continue;
          yield { at: element, message: `Permission Read ${object} depends on permission(s): Read ${master}` };
        }
      }
    },
  },
  {
    // PLATFORM 5: a row that grants nothing is invalid.
    id: 'object-permission-grants-something',
    types,
    *check(subject) {
      for (const { element, object, granted } of rows(subject)) {
        if (granted.size === 0 && !isTrue(element, 'viewAllFields')) {
          yield { at: element, message: `The object permissions for ${object} grant nothing; leave the row out.` };
        }
      }
    },
  },
  {
    // PLATFORM 3.6: custom settings and custom metadata types have no object permissions, but accesses of their own.
    id: 'no-object-permissions-for-settings',
    types,
    *check(subject, { symbols }) {
      for (const { element, object } of rows(subject)) {
        const kind = symbols.object(object)?.kind;
        const instead =
          kind === 'customSetting'
            ? 'customSettingAccesses'
            : kind === 'metadataType'
              ? 'customMetadataTypeAccesses'
              : undefined;
        if (instead !== undefined) {
          yield { at: element, message: `Object permissions can't be set for ${object}; use ${instead}.` };
        }
      }
    },
  },
  {
    // PLATFORM 3.5: events are published and received, never changed; only Read and Create exist.
    id: 'event-permissions-are-read-and-create',
    types,
    *check(subject, { symbols }) {
      for (const { element, object, granted } of rows(subject)) {
        if (symbols.object(object)?.kind !== 'event') continue;
        for (const name of granted) {
          if (name === 'Read' || name === 'Create') continue;
          yield { at: element, message: `Permission ${name} can't be granted for the platform event ${object}.` };
        }
      }
    },
  },
  {
    // PLATFORM 1.5: a row per object; contiguous repeats of the same one contradict each other.
    id: 'permission-rows-unique',
    types,
    *check({ root }) {
      const keys: readonly (readonly [row: string, key: string])[] = [
        ['classAccesses', 'apexClass'],
        ['customMetadataTypeAccesses', 'name'],
        ['customPermissions', 'name'],
        ['customSettingAccesses', 'name'],
        ['externalCredentialPrincipalAccesses', 'externalCredentialPrincipal'],
        ['fieldPermissions', 'field'],
        ['objectPermissions', 'object'],
        ['tabSettings', 'tab'],
        ['userPermissions', 'name'],
      ];
      for (const [row, key] of keys) {
        const seen = new Set<string>();
        for (const element of childrenOf(root, row)) {
          const name = textOf(element, key)?.toLowerCase();
          if (name === undefined) continue;
          if (seen.has(name))
            yield { at: element, message: `Duplicate ${row} found for ${textOf(element, key) ?? ''}` };
          seen.add(name);
        }
      }
    },
  },
];

import type { ObjectKind } from '../../symbols/systemFields.js';
import { isContainerOnly, type Subject } from '../../subject.js';
import { child, childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import { isApiName, nameForm } from '../names.js';
import type { Finding, Rule, RuleContext } from '../rule.js';
import { customFields } from './fields.js';

const types = ['CustomObject'];

interface KindRule {
  readonly title: string;
  readonly needs: readonly string[];
  readonly refuses: readonly string[];
  /** Field types that it takes; undefined means all. */
  readonly fieldTypes?: readonly string[];
}

const COMMON: readonly string[] = [
  'Checkbox',
  'Date',
  'DateTime',
  'Email',
  'Number',
  'Percent',
  'Phone',
  'Text',
  'TextArea',
  'Url',
];
const RECORD_ONLY: readonly string[] = [
  'enableActivities',
  'enableHistory',
  'enableReports',
  'nameField',
  'recordTypes',
  'sharingModel',
];

/** What the definition of each kind of object must and must not say (PLATFORM 3.5, 3.6). */
const KINDS: Readonly<Record<ObjectKind, KindRule>> = {
  standard: { title: 'standard object', needs: [], refuses: [] },
  custom: {
    title: 'custom object',
    needs: ['deploymentStatus', 'label', 'nameField', 'pluralLabel', 'sharingModel'],
    refuses: ['eventType', 'publishBehavior'],
  },
  event: {
    title: 'platform event',
    needs: ['deploymentStatus', 'eventType', 'label', 'pluralLabel'],
    refuses: [...RECORD_ONLY, 'compactLayouts', 'listViews', 'validationRules'],
    fieldTypes: ['Checkbox', 'Date', 'DateTime', 'LongTextArea', 'Number', 'Text'],
  },
  metadataType: {
    title: 'custom metadata type',
    needs: ['label', 'pluralLabel'],
    refuses: [...RECORD_ONLY, 'compactLayouts', 'deploymentStatus', 'eventType', 'publishBehavior'],
    fieldTypes: [...COMMON, 'LongTextArea', 'MetadataRelationship', 'Picklist'],
  },
  customSetting: {
    title: 'custom setting',
    needs: ['label'],
    refuses: [...RECORD_ONLY, 'compactLayouts', 'deploymentStatus', 'eventType', 'listViews', 'publishBehavior'],
    fieldTypes: [...COMMON, 'Currency'],
  },
};

function kindOf({ component }: Subject, { symbols }: RuleContext): ObjectKind {
  return symbols.object(component.fullName)?.kind ?? 'standard';
}

/** Whether this file defines the object, and not merely adds to one that exists. */
const defines = (subject: Subject, { symbols }: RuleContext): boolean =>
  !isContainerOnly(subject) &&
  symbols.definitions('CustomObject', subject.component.fullName).every((found) => found === subject.component);

function* nameFieldProblems(field: XmlElement): Generator<Finding> {
  const type = textOf(field, 'type');
  if (type !== 'Text' && type !== 'AutoNumber') {
    yield {
      at: child(field, 'type') ?? field,
      message: `nameField must be of type Text or AutoNumber, but is ${type ?? 'missing'}`,
    };
  }
  if (textOf(field, 'label') === undefined)
    yield { at: field, message: 'Must specify a non-empty label for the CustomField' };
  const format = textOf(field, 'displayFormat');
  if (type === 'AutoNumber' && format === undefined) {
    yield { at: field, message: "Must specify 'displayFormat' for a CustomField of type AutoNumber" };
  }
  if (type === 'AutoNumber' && format !== undefined && !/\{0+\}/.test(format)) {
    yield {
      at: child(field, 'displayFormat') ?? field,
      message: `The display format "${format}" must contain one number in braces, such as {0000}`,
    };
  }
}

/** Suffixes of custom objects that the local org has; a name without any suffix is a standard object's. */
const CUSTOM_NAME = /__(?:c|e|mdt)$/i;

/** Rules of whole objects. */
export const objectRules: readonly Rule[] = [
  {
    // PLATFORM 5: children can only be deployed into an object that exists; standard objects cannot be created.
    id: 'object-exists',
    types,
    *check(subject, { symbols }) {
      const { component, root } = subject;
      const name = component.fullName;
      if (!CUSTOM_NAME.test(name) && /__\w+$/.test(name)) {
        yield {
          at: root,
          message: `Objects with the suffix ${name.slice(name.lastIndexOf('__'))} are not supported by the local org`,
        };
        return;
      }
      const creates = CUSTOM_NAME.test(name) && !isContainerOnly(subject);
      const other = symbols.definitions('CustomObject', name).some((found) => found !== component);
      if (creates || other || symbols.isStandardObject(name)) return;
      yield { at: root, message: `Entity of type 'CustomObject' named '${name}' cannot be found` };
    },
  },
  {
    // PLATFORM 3.5-3.6: what a definition needs depends on the kind of object.
    id: 'object-definition-complete',
    types,
    *check(subject, context) {
      if (!defines(subject, context)) return;
      for (const element of KINDS[kindOf(subject, context)].needs) {
        if (child(subject.root, element) === undefined) {
          yield { at: subject.root, message: `Must specify '${element}' for a CustomObject` };
        }
      }
    },
  },
  {
    // PLATFORM 3.5-3.6: events, settings and custom metadata types have no name field, sharing or activities.
    id: 'object-kind-refuses-elements',
    types,
    *check(subject, context) {
      const { title, refuses } = KINDS[kindOf(subject, context)];
      for (const name of refuses) {
        const at = child(subject.root, name);
        if (at === undefined || (/^enable/.test(name) && !isTrue(subject.root, name))) continue;
        yield { at, message: `Can not specify '${name}' for a ${title}` };
      }
    },
  },
  {
    // PLATFORM 3.5-3.6: events, settings and custom metadata types take only some field types.
    id: 'object-kind-field-types',
    types,
    *check(subject, context) {
      const { title, fieldTypes } = KINDS[kindOf(subject, context)];
      for (const field of fieldTypes === undefined ? [] : customFields(subject.root)) {
        const type = textOf(field, 'type') ?? '';
        if (fieldTypes?.includes(type) === true) continue;
        yield { at: child(field, 'type') ?? field, message: `Fields of type ${type} are not allowed on a ${title}` };
      }
    },
  },
  {
    // TOOLCHAIN 13.2: the name of a record is a text or an auto number.
    id: 'object-name-field',
    types,
    *check({ root }) {
      const field = child(root, 'nameField');
      if (field !== undefined) yield* nameFieldProblems(field);
    },
  },
  {
    // TOOLCHAIN 13.2: names of at most 40 characters before the suffix, in the form of API names.
    id: 'object-names',
    types,
    *check({ component, root }) {
      const bare = component.fullName.replace(/__[a-z]+$/i, '');
      if (!isApiName(bare)) yield { at: root, message: nameForm('Object Name') };
      if (bare.length > 40) yield { at: root, message: 'Value too long for field: fullName maximum length is:40' };
      for (const element of ['label', 'pluralLabel']) {
        const at = child(root, element);
        if (at !== undefined && at.text.trim().length > 40) {
          yield { at, message: `Value too long for field: ${element} maximum length is:40` };
        }
      }
    },
  },
  {
    // PLATFORM 3.6: list custom settings exist only where the org's schema settings allow them.
    id: 'list-custom-settings-enabled',
    types,
    *check({ root }, { symbols }) {
      const at = child(root, 'customSettingsType');
      if (at === undefined || at.text.trim() !== 'List') return;
      const settings = symbols.find('Settings', 'Schema');
      if (settings !== undefined && isTrue(settings.root, 'enableListCustomSettingCreation')) return;
      yield {
        at,
        message: 'List custom settings are not enabled: set enableListCustomSettingCreation in Schema.settings',
      };
    },
  },
  {
    // PLATFORM 5: a tab or page finds an object by its compact layout's fields, of which there are at most ten.
    id: 'compact-layout-size',
    types,
    *check({ root }) {
      for (const layout of childrenOf(root, 'compactLayouts')) {
        const [, ...rest] = childrenOf(layout, 'fields');
        const eleventh = rest[9];
        if (rest.length === 0 && childrenOf(layout, 'fields').length === 0) {
          yield { at: layout, message: 'A compact layout needs at least one field' };
        }
        if (eleventh !== undefined) yield { at: eleventh, message: 'A compact layout can have at most 10 fields' };
      }
    },
  },
];

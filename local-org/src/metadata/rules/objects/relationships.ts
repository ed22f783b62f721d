import type { RuleContext, Rule } from '../rule.js';
import { child, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import { isApiName } from '../names.js';
import { customFields } from './fields.js';

const types = ['CustomObject'];
const ofType = (root: XmlElement, type: string): readonly XmlElement[] =>
  customFields(root).filter((field) => textOf(field, 'type') === type);

/** All master-detail fields of an object, wherever they were deployed. */
function masterDetails(object: string, { symbols }: RuleContext): number {
  return [...(symbols.object(object)?.fields.values() ?? [])].filter(({ custom }) => custom?.type === 'MasterDetail')
    .length;
}

/** Rules of relationship fields. */
export const relationshipRules: readonly Rule[] = [
  {
    // PLATFORM 5: a required lookup must say what happens to the child when the parent goes.
    id: 'required-lookup-needs-delete-constraint',
    types,
    *check({ root }) {
      for (const field of ofType(root, 'Lookup')) {
        const constraint = textOf(field, 'deleteConstraint') ?? 'SetNull';
        if (isTrue(field, 'required') && constraint === 'SetNull') {
          yield {
            at: child(field, 'required') ?? field,
            message:
              'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
          };
        }
      }
    },
  },
  {
    // PLATFORM 5: a detail's sharing is its master's.
    id: 'detail-is-controlled-by-parent',
    types,
    *check(subject, context) {
      const { root, component } = subject;
      const model = textOf(root, 'sharingModel');
      const detail = masterDetails(component.fullName, context) > 0;
      if (model === undefined || /__(?:e|mdt)$/.test(component.fullName)) return;
      const at = child(root, 'sharingModel') ?? root;
      if (detail && model !== 'ControlledByParent') {
        yield {
          at,
          message: `${model} is not a valid sharing model for ${component.fullName}: it is the detail of a master, use ControlledByParent`,
        };
      }
      if (!detail && model === 'ControlledByParent' && /__c$/.test(component.fullName)) {
        yield {
          at,
          message: `ControlledByParent is not a valid sharing model for ${component.fullName}: it has no master-detail field`,
        };
      }
    },
  },
  {
    // TOOLCHAIN 13.2: at most two master-detail relationships for an object.
    id: 'at-most-two-masters',
    types,
    *check({ root, component }, context) {
      const [, , third] = ofType(root, 'MasterDetail');
      const [last] = ofType(root, 'MasterDetail').slice(-1);
      const at = third ?? last;
      if (at !== undefined && masterDetails(component.fullName, context) > 2) {
        yield { at, message: 'A custom object can have at most two master-detail relationships' };
      }
    },
  },
  {
    // PLATFORM 3.6: details cannot hang on settings, events or custom metadata.
    id: 'relationship-targets-record-object',
    types,
    *check({ root }, { symbols }) {
      for (const field of [...ofType(root, 'Lookup'), ...ofType(root, 'MasterDetail')]) {
        const target = textOf(field, 'referenceTo');
        const kind = target === undefined ? undefined : symbols.object(target)?.kind;
        if (kind === undefined || kind === 'standard' || kind === 'custom') continue;
        yield {
          at: child(field, 'referenceTo') ?? field,
          message: `A relationship field can't refer to ${target ?? ''}: it is no object with records of its own`,
        };
      }
    },
  },
  {
    // TOOLCHAIN 13.2: a relationship name belongs to one field among all fields that refer to the same object.
    id: 'relationship-names-unique',
    types,
    *check({ root, component }) {
      const seen = new Map<string, string>();
      for (const field of [...ofType(root, 'Lookup'), ...ofType(root, 'MasterDetail')]) {
        const name = textOf(field, 'relationshipName');
        const target = textOf(field, 'referenceTo');
        if (name === undefined || target === undefined) continue;
        const at = child(field, 'relationshipName') ?? field;
        if (!isApiName(name)) yield { at, message: `The relationship name "${name}" is not a valid API name` };
        const key = `${target}.${name}`.toLowerCase();
        if (seen.has(key)) yield { at, message: `There is already a Child Relationship named ${name} on ${target}.` };
        seen.set(key, component.fullName);
      }
    },
  },
];

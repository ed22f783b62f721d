import type { FieldPath, ObjectName } from '../../model/index.js';
import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';

export const salesforceRules = {
  badObject: {
    code: 'bad-object',
    severity: 'error',
    summary: 'An object is written as its API name.',
    reason: 'The name becomes part of SOQL and of metadata.',
    fix: 'Write the API name, such as `Account` or `Order__c`. Setup > Object Manager shows it.',
  },
  badField: {
    code: 'bad-field',
    severity: 'error',
    summary: 'A field is written as its API name, or as a path of relationships that ends with one.',
    reason: 'The name becomes part of SOQL and of metadata.',
    fix: 'Write the API name, such as `Phone` or `Order_Number__c`, or a path, such as `Owner.Email`.',
  },
  relationshipName: {
    code: 'relationship-name',
    severity: 'error',
    summary: 'A path goes over relationships, not over lookup fields.',
    reason: 'SOQL knows the related record by the name of the relationship, not by that of the lookup field.',
    fix: 'Write `Order__r.Name` for the lookup `Order__c`, and `Owner.Email` for `OwnerId`.',
  },
  fieldPathTooLong: {
    code: 'field-path-too-long',
    severity: 'error',
    summary: 'A path goes over at most five relationships.',
    reason: 'SOQL follows at most five relationships from a record to its parents.',
    fix: 'Add a formula field on a nearer object and use that.',
  },
  directField: {
    code: 'direct-field',
    severity: 'error',
    summary: "Conditions, changed fields and response fields are the record's own fields.",
    reason:
      "A flow's entry conditions, its comparison with the prior values, and the update with the answer see the record alone.",
    fix: 'Use a field of the record itself, for example a formula field that shows the related value.',
  },
} as const satisfies Record<string, Rule>;

const NAME = '[A-Za-z](?:_?[A-Za-z0-9])*';
const OBJECT = new RegExp(`^(?:${NAME}__)?${NAME}(?:__[A-Za-z]+)?$`);
const SEGMENT = new RegExp(`^(?:${NAME}__)?${NAME}(?:__[cr]|__pc|__pr)?$`, 'i');
const LONGEST_SEGMENT = 60;
// Most fields look like this: nothing more needs to be checked.
const PLAIN_FIELD = /^[A-Za-z][A-Za-z0-9]{0,39}$/;
const MOST_RELATIONSHIPS = 5;

export function isObjectName(text: string): text is ObjectName {
  return text.length <= LONGEST_SEGMENT && OBJECT.test(text);
}

export function isFieldPath(text: string): text is FieldPath {
  return fieldPathProblems(text).length === 0;
}

/** API name of an object, custom or standard. */
export const objectNameFormat: TextFormat = {
  pattern: '^[A-Za-z][A-Za-z0-9_]*$',
  check: (value) =>
    isObjectName(value)
      ? []
      : [new Problem(salesforceRules.badObject, `${quote(value)} is not an API name of an object.`)],
};

/** API name of one of the record's own fields. */
export const fieldNameFormat: TextFormat = {
  pattern: '^[A-Za-z][A-Za-z0-9_]*$',
  check: (value) => {
    const problems = fieldPathProblems(value);
    if (problems.length > 0) return problems;
    return value.includes('.')
      ? [new Problem(salesforceRules.directField, `${quote(value)} is a field of a related record.`)]
      : [];
  },
};

/** The problems of a path such as `Owner.Email`. */
export function fieldPathProblems(path: string): readonly Problem[] {
  if (PLAIN_FIELD.test(path)) return [];
  const segments = path.split('.');
  if (segments.some((segment) => segment.length > LONGEST_SEGMENT || !SEGMENT.test(segment))) {
    return [new Problem(salesforceRules.badField, `${quote(path)} is not an API name of a field.`)];
  }
  if (segments.length - 1 > MOST_RELATIONSHIPS) {
    return [
      new Problem(salesforceRules.fieldPathTooLong, `${quote(path)} goes over ${segments.length - 1} relationships.`),
    ];
  }
  const corrected = segments
    .map((segment, at) => (at < segments.length - 1 ? toRelationship(segment) : toField(segment)))
    .join('.');
  if (corrected === path) return [];
  return [
    new Problem(salesforceRules.relationshipName, `${quote(path)} mixes up lookup field and relationship.`, {
      suggestion: corrected,
    }),
  ];
}

/** `Order__c` to `Order__r`, `OwnerId` to `Owner`. */
function toRelationship(segment: string): string {
  if (/__c$/i.test(segment)) return segment.replace(/__c$/i, '__r');
  return /[a-z]Id$/.test(segment) ? segment.slice(0, -2) : segment;
}

function toField(segment: string): string {
  return segment.replace(/__r$/i, '__c');
}

/** A whole number's smallest and largest value. */
type Range = readonly [from: number, to: number];

/** What one field type takes of the attributes that are not common to all. */
export interface FieldTypeRule {
  /** Attributes that must be there. */
  readonly needs: readonly string[];
  /** Attributes that may be there besides. */
  readonly takes: readonly string[];
  /** Bounds of numeric attributes. */
  readonly ranges?: Readonly<Record<string, Range>>;
  /** Whether the field can be a formula. */
  readonly formula?: true;
}

/** Attributes that only some types take; every other element of a field is common to all. */
export const RESTRICTED: readonly string[] = [
  'caseSensitive',
  'defaultValue',
  'deleteConstraint',
  'displayFormat',
  'externalId',
  'formula',
  'formulaTreatBlanksAs',
  'length',
  'lookupFilter',
  'maskChar',
  'maskType',
  'metadataRelationshipControllingField',
  'populateExistingRows',
  'precision',
  'referenceTargetField',
  'referenceTo',
  'relationshipLabel',
  'relationshipName',
  'relationshipOrder',
  'reparentableMasterDetail',
  'required',
  'scale',
  'startingNumber',
  'summarizedField',
  'summaryFilterItems',
  'summaryForeignKey',
  'summaryOperation',
  'unique',
  'valueSet',
  'visibleLines',
  'writeRequiresMasterRead',
];

const FORMULA: readonly string[] = ['formula', 'formulaTreatBlanksAs'];
const plain: FieldTypeRule = { needs: [], takes: ['defaultValue', 'required'] };
const computable: FieldTypeRule = { needs: [], takes: ['defaultValue', 'required', ...FORMULA], formula: true };
const numeric: FieldTypeRule = {
  needs: ['precision', 'scale'],
  takes: ['defaultValue', 'required', ...FORMULA],
  ranges: { precision: [1, 18], scale: [0, 17] },
  formula: true,
};
const relationship: readonly string[] = ['lookupFilter', 'relationshipLabel'];

/**
 * Attributes by field type: what the Metadata API reference lists for CustomField as required for and limited to each
 * type (MD:CustomField, TOOLCHAIN 13.2). A standard field that is only configured has no type and is not checked.
 */
const FIELD_TYPES: Readonly<Record<string, FieldTypeRule>> = {
  AutoNumber: { needs: [], takes: ['displayFormat', 'externalId', 'populateExistingRows', 'startingNumber'] },
  Checkbox: { needs: ['defaultValue'], takes: FORMULA, formula: true },
  Currency: numeric,
  Date: computable,
  DateTime: computable,
  Email: { needs: [], takes: ['caseSensitive', 'defaultValue', 'externalId', 'required', 'unique'] },
  EncryptedText: {
    needs: ['length', 'maskChar', 'maskType'],
    takes: ['required'],
    ranges: { length: [1, 175] },
  },
  Hierarchy: { needs: [], takes: [...relationship, 'deleteConstraint', 'relationshipName', 'required'] },
  Html: { needs: ['length', 'visibleLines'], takes: [], ranges: { length: [256, 131072], visibleLines: [2, 100] } },
  Location: { needs: ['scale'], takes: ['required'], ranges: { scale: [0, 15] } },
  LongTextArea: {
    needs: ['length', 'visibleLines'],
    takes: ['defaultValue'],
    ranges: { length: [256, 131072], visibleLines: [2, 100] },
  },
  Lookup: {
    needs: ['referenceTo'],
    takes: [...relationship, 'deleteConstraint', 'relationshipName', 'required'],
  },
  MasterDetail: {
    needs: ['referenceTo', 'relationshipName'],
    takes: [...relationship, 'relationshipOrder', 'reparentableMasterDetail', 'writeRequiresMasterRead'],
    ranges: { relationshipOrder: [0, 1] },
  },
  MetadataRelationship: {
    needs: ['referenceTo'],
    takes: [...relationship, 'metadataRelationshipControllingField', 'relationshipName', 'required', 'unique'],
  },
  MultiselectPicklist: {
    needs: ['valueSet', 'visibleLines'],
    takes: ['defaultValue', 'required'],
    ranges: { visibleLines: [3, 10] },
  },
  Number: { ...numeric, takes: [...numeric.takes, 'externalId', 'unique'] },
  Percent: numeric,
  Phone: plain,
  Picklist: { needs: ['valueSet'], takes: ['defaultValue', 'required'] },
  Summary: { needs: ['summaryForeignKey', 'summaryOperation'], takes: ['summarizedField', 'summaryFilterItems'] },
  Text: {
    needs: ['length'],
    takes: ['caseSensitive', 'defaultValue', 'externalId', 'required', 'unique', ...FORMULA],
    ranges: { length: [1, 255] },
    formula: true,
  },
  TextArea: plain,
  Time: computable,
  Url: plain,
};

/** The rules by the name of the field type. */
export const fieldTypes: ReadonlyMap<string, FieldTypeRule> = new Map(Object.entries(FIELD_TYPES));

/** Attributes that say "yes" or nothing: a false one is as good as absent. */
export const FLAGS: ReadonlySet<string> = new Set([
  'caseSensitive',
  'externalId',
  'populateExistingRows',
  'reparentableMasterDetail',
  'required',
  'unique',
  'writeRequiresMasterRead',
]);

/** Attributes that a formula field's type asks for only when people enter the value. */
export const NOT_FOR_FORMULAS: readonly string[] = ['defaultValue', 'externalId', 'required', 'unique'];

/** Needed attributes that a formula field may leave out. */
export const OPTIONAL_IN_FORMULAS: ReadonlySet<string> = new Set(['defaultValue', 'length']);

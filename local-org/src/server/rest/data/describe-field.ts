import type { UserAccess } from '../../../access/index.js';
import type { FieldSchema, FieldType, ObjectSchema } from '../../../data/index.js';
import { isAggregatable, isFilterable, isFormula, isGroupable, isSortable } from '../../../data/index.js';

/** XML Schema type by field type, where it is not `xsd:string`. */
const SOAP_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  long: 'xsd:long',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
  location: 'urn:location',
  anyType: 'xsd:anyType',
};

function defaultValue(field: FieldSchema): boolean | string | null {
  if (field.type === 'boolean') return field.defaultValue === 'true';
  return field.picklist.find(({ isDefault }) => isDefault)?.value ?? null;
}

function numbers(field: FieldSchema): { readonly precision: number; readonly scale: number; readonly digits: number } {
  const isWhole = field.type === 'int' || field.type === 'long';
  const isDecimal = field.type === 'double' || field.type === 'currency' || field.type === 'percent';
  return {
    precision: isDecimal ? (field.precision ?? 18) : 0,
    scale: isDecimal ? (field.scale ?? 0) : 0,
    digits: isWhole ? 8 : 0,
  };
}

/** A field as `describe` shows it to a user. */
export function describeField(access: UserAccess, object: ObjectSchema, field: FieldSchema): object {
  const calculated = isFormula(field);
  const writable =
    !field.readOnly && !calculated && field.type !== 'id' && field.type !== 'address' && field.type !== 'location';
  const isReference = field.type === 'reference';
  const length = field.type === 'id' || isReference ? 18 : (field.length ?? 0);
  return {
    aggregatable: isAggregatable(field),
    aiPredictionField: false,
    autoNumber: field.autoNumber !== undefined,
    byteLength: length * 3,
    calculated,
    calculatedFormula: field.formula ?? null,
    cascadeDelete: isReference && field.deleteConstraint === 'cascade',
    caseSensitive: field.caseSensitive,
    compoundFieldName: null,
    controllerName: null,
    createable: writable && access.canWriteField(object, field, 'insert'),
    custom: field.custom,
    defaultValue: defaultValue(field),
    defaultValueFormula: field.type === 'boolean' ? null : (field.defaultValue ?? null),
    defaultedOnCreate:
      field.type === 'boolean' || field.autoNumber !== undefined || field.name === 'OwnerId' || field.readOnly,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    displayLocationInDecimal: false,
    encrypted: field.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: null,
    filterable: isFilterable(field),
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: calculated && field.blankAsZero,
    groupable: isGroupable(field),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === 'id' || field.externalId || (field.nameField && object.kind === 'custom'),
    inlineHelpText: null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: isReference && field.referenceTo.length > 1,
    nillable: !field.required && field.type !== 'boolean' && field.type !== 'id' && !(field.readOnly && !calculated),
    permissionable: field.custom && !field.required && !field.masterDetail,
    picklistValues: field.picklist.map(({ value, label, active, isDefault }) => ({
      active,
      defaultValue: isDefault,
      label,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: isReference && field.referenceTo.length > 1,
    ...numbers(field),
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail ? 0 : null,
    restrictedDelete: isReference && field.deleteConstraint === 'restrict',
    restrictedPicklist: field.restrictedPicklist,
    searchPrefilterable: false,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: isSortable(field),
    type: field.type,
    unique: field.unique,
    updateable: writable && access.canWriteField(object, field, 'update'),
    writeRequiresMasterRead: false,
  };
}

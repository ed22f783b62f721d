/** Relationships of standard objects that the extracted tables lack. */
export interface ObjectSupplement {
  /** [name, object, field] */
  readonly children?: readonly (readonly [string, string, string])[];
  /** [field, relationship, object] */
  readonly parents?: readonly (readonly [string, string, string])[];
}

/** By object name. Source: Object Reference for the Salesforce Platform, API 66. */
export const OBJECT_SUPPLEMENT: Readonly<Record<string, ObjectSupplement>> = {
  EntityDefinition: { children: [['Fields', 'FieldDefinition', 'EntityDefinitionId']] },
  FlowDefinitionView: { parents: [['TriggerObjectOrEventId', 'TriggerObjectOrEvent', 'EntityDefinition']] },
};

/** Relationships of standard objects that the extracted tables lack. */
export interface ObjectSupplement {
  /** [name, object, field] */
  readonly children?: readonly (readonly [string, string, string])[];
  /** [field, relationship, object] */
  readonly parents?: readonly (readonly [string, string, string])[];
  /** Fields that the tables take for relationships, and that are plain texts. */
  readonly texts?: readonly string[];
}

/** By object name. Source: Object Reference for the Salesforce Platform, API 66. */
export const OBJECT_SUPPLEMENT: Readonly<Record<string, ObjectSupplement>> = {
  EntityDefinition: { children: [['Fields', 'FieldDefinition', 'EntityDefinitionId']] },
  EntityParticle: { parents: [['EntityDefinitionId', 'EntityDefinition', 'EntityDefinition']] },
  FieldDefinition: {
    parents: [['EntityDefinitionId', 'EntityDefinition', 'EntityDefinition']],
    texts: ['DurableId'],
  },
  FlowDefinitionView: { parents: [['TriggerObjectOrEventId', 'TriggerObjectOrEvent', 'EntityDefinition']] },
};

/** What the extracted tables lack or get wrong about standard objects. */
export interface ObjectSupplement {
  /** [name, object, field] */
  readonly children?: readonly (readonly [string, string, string])[];
  /** [field, relationship, object] */
  readonly parents?: readonly (readonly [string, string, string])[];
  /** Fields that the tables take for relationships, and that are plain texts. */
  readonly texts?: readonly string[];
  /** Audit fields that whoever makes the record may set. */
  readonly writable?: readonly string[];
}

/** By object name. Source: Object Reference for the Salesforce Platform, API 66. */
export const OBJECT_SUPPLEMENT: Readonly<Record<string, ObjectSupplement>> = {
  EntityDefinition: { children: [['Fields', 'FieldDefinition', 'EntityDefinitionId']] },
  EntityParticle: { parents: [['EntityDefinitionId', 'EntityDefinition', 'EntityDefinition']] },
  FieldDefinition: {
    parents: [['EntityDefinitionId', 'EntityDefinition', 'EntityDefinition']],
    texts: ['DurableId'],
  },
  FeedComment: { writable: ['CreatedById', 'CreatedDate'] },
  FeedItem: { writable: ['CreatedById', 'CreatedDate'] },
  FlowDefinitionView: { parents: [['TriggerObjectOrEventId', 'TriggerObjectOrEvent', 'EntityDefinition']] },
};

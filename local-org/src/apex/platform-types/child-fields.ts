import type { ObjectTable } from './tables.js';

/** Reference fields behind the child relationships of polymorphic fields, which the tables cannot tell. */
const BY_RELATIONSHIP: Readonly<Record<string, string>> = {
  Tasks: 'WhatId',
  Events: 'WhatId',
  OpenActivities: 'WhatId',
  ActivityHistories: 'WhatId',
  ContentDocumentLinks: 'LinkedEntityId',
  Attachments: 'ParentId',
  Notes: 'ParentId',
  NotesAndAttachments: 'ParentId',
  Emails: 'RelatedToId',
  EmailMessages: 'ParentId',
  Feeds: 'ParentId',
  ProcessInstances: 'TargetObjectId',
  ProcessSteps: 'TargetObjectId',
  TopicAssignments: 'EntityId',
  FeedSubscriptionsForEntity: 'ParentId',
};

/** People are the `Who` of an activity. */
const PEOPLE = new Set(['Contact', 'Lead']);

/**
 * Field of the child object behind a child relationship: the customary one of a polymorphic relationship, the only reference to the parent,
 * else the one that is named like it. Undefined when the tables give no hint.
 */
export function childField(parent: string, relationship: string, child: ObjectTable | undefined): string | undefined {
  if (child === undefined) return undefined;
  const fields = child.r.filter(([, , object]) => object === parent).map(([field]) => field);
  const [only] = fields;
  const custom =
    PEOPLE.has(parent) && BY_RELATIONSHIP[relationship] === 'WhatId' ? 'WhoId' : BY_RELATIONSHIP[relationship];
  if (custom !== undefined && child.r.some(([field]) => field === custom)) return custom;
  if (fields.length === 1) return only;
  const named = fields.find((field) => field === `${parent}Id`) ?? fields.find((field) => field === 'ParentId');
  if (named !== undefined) return named;
  if (only !== undefined) return only;
  return child.r.find(([field, , object]) => (object === 'Name' || object === 'SObject') && field !== 'OwnerId')?.[0];
}

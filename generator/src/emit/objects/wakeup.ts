import type { ObjectDefinition } from './definition.js';
import { text } from './fields.js';

/** The event that starts a pass over the queue as the integration user; published after commit, so that its rows are there (PLATFORM 3.5). */
export const WAKEUP: ObjectDefinition = {
  name: 'CalloutWakeup__e',
  object: {
    deploymentStatus: 'Deployed',
    description:
      'Asks for a pass over the callout queue. The subscriber runs as the integration user, so every callout has one identity.',
    eventType: 'HighVolume',
    label: 'Callout Wakeup',
    pluralLabel: 'Callout Wakeups',
    publishBehavior: 'PublishAfterCommit',
  },
  fields: [
    text(40)('Integration__c', 'Integration', 'Developer name of the callout policy whose rows are due.'),
    text(40)('Reason__c', 'Reason', 'Who asks: a flow, the retry, the sweep or an operator.'),
  ],
  listViews: [],
  compactLayouts: [],
  validationRules: [],
  layout: undefined,
};

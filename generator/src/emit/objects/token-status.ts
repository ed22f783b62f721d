import type { ObjectDefinition } from './definition.js';
import { dateTime, number } from './fields.js';

/** List custom setting, one record per integration: what the runtime saw of the token's life (PLATFORM 4: tokens cannot be read). */
export const TOKEN_STATUS: ObjectDefinition = {
  name: 'CalloutTokenStatus__c',
  object: {
    customSettingsType: 'List',
    description:
      'One record per integration: when calls last succeeded, when a session last expired, when a refresh was last seen. Tokens themselves cannot be read.',
    enableFeeds: false,
    label: 'Callout Token Status',
    visibility: 'Public',
  },
  fields: [
    dateTime('Last_Success_At__c', 'Last Success At', 'When a call last succeeded.'),
    dateTime(
      'Last_Auth_Failure_At__c',
      'Last Authentication Failure At',
      'When a call last ended with an expired session.',
    ),
    dateTime(
      'Last_Refresh_At__c',
      'Last Refresh Seen At',
      'When a success last followed an authentication failure: the platform has fetched a new token.',
    ),
    number(9)(
      'Consecutive_Failures__c',
      'Consecutive Failures',
      'Authentication failures in a row since the last success.',
    ),
    number(3)('Last_Status_Code__c', 'Last Status Code', 'HTTP status of the last answer.'),
  ],
  listViews: [],
  compactLayouts: [],
  validationRules: [],
  layout: undefined,
};

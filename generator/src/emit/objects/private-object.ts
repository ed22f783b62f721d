import type { CustomObject } from '@salesforce/types/metadata';
import type { Source } from '../xml/index.js';

/** What the objects of the runtime differ in. */
export interface PrivateObjectOptions {
  readonly label: string;
  readonly pluralLabel: string;
  readonly description: string;
  readonly nameField: NonNullable<Source<CustomObject>['nameField']>;
  /** Columns of search results and of the tab's recent list, besides the name. */
  readonly listColumns: readonly string[];
}

/** An object whose records are the runtime's business: private sharing, no activities, no feeds; people see them by permission set. */
export function privateObject(options: PrivateObjectOptions): Source<CustomObject> {
  return {
    allowInChatterGroups: false,
    deploymentStatus: 'Deployed',
    description: options.description,
    enableActivities: false,
    enableBulkApi: true,
    enableFeeds: false,
    enableHistory: false,
    enableLicensing: false,
    enableReports: true,
    enableSearch: true,
    enableSharing: true,
    enableStreamingApi: true,
    externalSharingModel: 'Private',
    label: options.label,
    nameField: options.nameField,
    pluralLabel: options.pluralLabel,
    searchLayouts: {
      customTabListAdditionalFields: options.listColumns,
      searchResultsAdditionalFields: options.listColumns,
    },
    sharingModel: 'Private',
    visibility: 'Public',
  };
}

/** A component that lives inside its parent's file: `CustomField` in `objects/Order__c.object`. */
export interface ChildType {
  readonly type: string;
  /** Element of the parent that holds one child: `fields`. */
  readonly element: string;
  /** Whether the child's full name is `Parent.Child`; labels stand alone. */
  readonly qualified: boolean;
}

/** How one metadata type appears in a deployment package. */
export interface ComponentType {
  readonly type: string;
  /** Folder below the package root. */
  readonly folder: string;
  /** Suffix in metadata format, without the dot: `flow`. */
  readonly suffix: string;
  /** Whether the content is code, and the XML stands beside it in `<file>-meta.xml`. */
  readonly metaXml: boolean;
  /** Root element by full name; most types use their own name. */
  readonly root: (fullName: string) => string;
  readonly children: readonly ChildType[];
}

const child = (type: string, element: string, qualified = true): ChildType => ({ type, element, qualified });

const OBJECT_CHILDREN: readonly ChildType[] = [
  child('BusinessProcess', 'businessProcesses'),
  child('CompactLayout', 'compactLayouts'),
  child('CustomField', 'fields'),
  child('FieldSet', 'fieldSets'),
  child('Index', 'indexes'),
  child('ListView', 'listViews'),
  child('RecordType', 'recordTypes'),
  child('SharingReason', 'sharingReasons'),
  child('ValidationRule', 'validationRules'),
  child('WebLink', 'webLinks'),
];

interface Row {
  readonly type: string;
  readonly folder: string;
  readonly suffix: string;
  readonly metaXml?: true;
  readonly root?: (fullName: string) => string;
  readonly children?: readonly ChildType[];
}

const ROWS: readonly Row[] = [
  { type: 'ApexClass', folder: 'classes', suffix: 'cls', metaXml: true },
  { type: 'ApexTrigger', folder: 'triggers', suffix: 'trigger', metaXml: true },
  { type: 'AuthProvider', folder: 'authproviders', suffix: 'authprovider' },
  { type: 'Certificate', folder: 'certs', suffix: 'crt', metaXml: true },
  { type: 'CustomApplication', folder: 'applications', suffix: 'app' },
  {
    type: 'CustomLabels',
    folder: 'labels',
    suffix: 'labels',
    children: [child('CustomLabel', 'labels', false)],
  },
  { type: 'CustomMetadata', folder: 'customMetadata', suffix: 'md' },
  { type: 'CustomNotificationType', folder: 'notificationtypes', suffix: 'notiftype' },
  { type: 'CustomObject', folder: 'objects', suffix: 'object', children: OBJECT_CHILDREN },
  { type: 'CustomPermission', folder: 'customPermissions', suffix: 'customPermission' },
  { type: 'CustomTab', folder: 'tabs', suffix: 'tab' },
  {
    type: 'ExternalAuthIdentityProvider',
    folder: 'externalAuthIdentityProviders',
    suffix: 'externalAuthIdentityProvider',
  },
  { type: 'ExternalCredential', folder: 'externalCredentials', suffix: 'externalCredential' },
  {
    type: 'ExternalServiceRegistration',
    folder: 'externalServiceRegistrations',
    suffix: 'externalServiceRegistration',
  },
  { type: 'Flow', folder: 'flows', suffix: 'flow' },
  { type: 'GlobalValueSet', folder: 'globalValueSets', suffix: 'globalValueSet' },
  { type: 'Group', folder: 'groups', suffix: 'group' },
  { type: 'Layout', folder: 'layouts', suffix: 'layout' },
  { type: 'NamedCredential', folder: 'namedCredentials', suffix: 'namedCredential' },
  { type: 'PermissionSet', folder: 'permissionsets', suffix: 'permissionset' },
  { type: 'PermissionSetGroup', folder: 'permissionsetgroups', suffix: 'permissionsetgroup' },
  {
    type: 'PlatformEventSubscriberConfig',
    folder: 'PlatformEventSubscriberConfigs',
    suffix: 'platformEventSubscriberConfig',
  },
  { type: 'Queue', folder: 'queues', suffix: 'queue' },
  { type: 'RemoteSiteSetting', folder: 'remoteSiteSettings', suffix: 'remoteSite' },
  { type: 'Settings', folder: 'settings', suffix: 'settings', root: (fullName) => `${fullName}Settings` },
];

/**
 * Every metadata type that the local org accepts, by its name. Folder and suffix follow the source-deploy-retrieve
 * registry (PLATFORM 5). A type that is not here is refused by name.
 */
export const componentTypes: ReadonlyMap<string, ComponentType> = new Map(
  ROWS.map((row) => [row.type, { metaXml: false, root: () => row.type, children: [], ...row }]),
);

/** Settings files that the local org acts on or stores; every other one is refused by name. */
export const supportedSettings: readonly string[] = ['Apex', 'Flow', 'Schema', 'Security'];

/** XML types whose shape the schema must describe: the roots of {@link componentTypes}. */
export const schemaRoots: readonly string[] = [...componentTypes.values()].flatMap((definition) =>
  definition.type === 'Settings' ? supportedSettings.map(definition.root) : [definition.root('')],
);

import { ApexThrowable, exceptionText } from '../../../local-org/src/apex/runtime/index.js';
import { LiveOrg, type LiveOrgOptions } from '../../../local-org/src/platform/live/index.js';
import type { OrgStore } from '../../../local-org/src/store/index.js';
import type { FieldValue, SObject } from '../../../local-org/src/data/index.js';
import { testOrg, type TestOrg } from '../support/deploying.js';
import { packageXml, type PackageFiles } from '../support/packages.js';

export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

/** A live org over a deployment service that checks nothing. */
export interface LiveTestOrg {
  readonly live: LiveOrg;
  readonly store: OrgStore;
  readonly admin: string;
  /** Deploys files, and fails the test when that fails. */
  deploy(files: PackageFiles): Promise<void>;
  insert(object: string, ...rows: Readonly<Record<string, FieldValue>>[]): readonly string[];
  /** Each row as its values by field name, without the Id unless it is asked for. */
  query(soql: string): readonly Readonly<Record<string, FieldValue>>[];
}

export function liveOrg(options: Partial<LiveOrgOptions> & { readonly deployments?: TestOrg } = {}): LiveTestOrg {
  const { deployments = testOrg({ check: () => [] }), ...rest } = options;
  const { store } = deployments;
  const live = new LiveOrg({ store, clock: { now: () => NOW }, ...rest });
  const admin = store.admin.id;
  return {
    live,
    store,
    admin,
    deploy: async (files) => {
      const { status, details } = await deployments.deploy(files);
      if (status !== 'Succeeded') throw new Error(`${status}: ${JSON.stringify(details.componentFailures)}`);
    },
    insert: (object, ...rows) =>
      inText(() =>
        live.dml(admin, 'insert', (runtime) => rows.map((row) => runtime.record(object, row)), { allOrNone: true }),
      ).map(({ id, errors }) => {
        if (id === null) throw new Error(errors.map(({ message }) => message).join('; '));
        return id;
      }),
    query: (soql) => {
      const result = inText(() => live.query(admin, soql));
      if (result.kind === 'count') return [{ count: result.count }];
      return result.rows.map((row: SObject) =>
        Object.fromEntries([...row.values].filter(([name]) => name !== 'Id' || /\bId\b/i.test(soql))),
      );
    },
  };
}

/** Apex exceptions as errors with their text. */
function inText<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ApexThrowable ? new Error(exceptionText(error)) : error;
  }
}

const META = (type: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>66.0</apiVersion><status>Active</status></${type}>`;

/** Files of classes and triggers by name, objects by name with the XML inside, and other components by path. */
export function files(content: {
  readonly classes?: Readonly<Record<string, string>>;
  readonly triggers?: Readonly<Record<string, string>>;
  readonly objects?: Readonly<Record<string, string>>;
  readonly records?: Readonly<Record<string, string>>;
  readonly permissionSets?: readonly string[];
  readonly destructive?: Readonly<Record<string, readonly string[]>>;
}): PackageFiles {
  const { classes = {}, triggers = {}, objects = {}, records = {}, permissionSets = [], destructive } = content;
  const found: Record<string, string> = {
    'package.xml': packageXml({
      ApexClass: Object.keys(classes),
      ApexTrigger: Object.keys(triggers),
      CustomObject: Object.keys(objects),
      CustomMetadata: Object.keys(records),
      PermissionSet: permissionSets,
    }),
  };
  const code = (folder: string, suffix: string, type: string, sources: Readonly<Record<string, string>>): void => {
    for (const [name, source] of Object.entries(sources)) {
      found[`${folder}/${name}.${suffix}`] = source;
      found[`${folder}/${name}.${suffix}-meta.xml`] = META(type);
    }
  };
  code('classes', 'cls', 'ApexClass', classes);
  code('triggers', 'trigger', 'ApexTrigger', triggers);
  for (const [name, xml] of Object.entries(objects))
    found[`objects/${name}.object`] =
      `<?xml version="1.0" encoding="UTF-8"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${xml}</CustomObject>`;
  for (const [name, xml] of Object.entries(records))
    found[`customMetadata/${name}.md`] =
      `<?xml version="1.0" encoding="UTF-8"?><CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><label>${name}</label>${xml}</CustomMetadata>`;
  for (const name of permissionSets)
    found[`permissionsets/${name}.permissionset`] =
      `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>${name} label</label></PermissionSet>`;
  if (destructive !== undefined) found['destructiveChangesPost.xml'] = packageXml(destructive);
  return found;
}

/** A custom field's element. */
export function field(name: string, type: string, rest = ''): string {
  return `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${rest}</fields>`;
}

/** What a custom object needs besides its fields. */
export const OBJECT =
  '<label>Thing</label><pluralLabel>Things</pluralLabel><nameField><label>Name</label><type>Text</type></nameField>' +
  '<deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>';

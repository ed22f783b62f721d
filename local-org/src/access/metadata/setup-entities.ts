import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

import type { Store } from '../../data/index.js';
import { rowsWith } from '../permissions/permission-sets.js';
import type { GrantedPermissions } from './read-permissions.js';
import type { DeployedMetadata, RowWriter, WrittenRow } from './row-writer.js';

type Deployed = DeployedMetadata['components'][number];

/** Something besides objects and fields that permission sets open, and the rows that stand for it. */
export interface SetupEntityKind {
  /** SetupEntityType of its access rows (Object Reference: SetupEntityAccess). */
  readonly type: string;
  readonly label: string;
  readonly names: (granted: GrantedPermissions) => readonly string[];
  /** Id of what a permission set names; undefined when the org does not have it. */
  readonly idOf: (store: Store, name: string) => string | undefined;
}

const byName =
  (object: string, field: string) =>
  (store: Store, name: string): string | undefined =>
    rowsWith(store, object, field, name)[0]?.id;

export const SETUP_ENTITIES: readonly SetupEntityKind[] = [
  {
    type: 'ApexClass',
    label: 'Apex class',
    names: (granted) => granted.classes,
    idOf: byName('ApexClass', 'Name'),
  },
  {
    type: 'CustomPermission',
    label: 'custom permission',
    names: (granted) => granted.customPermissions,
    idOf: byName('CustomPermission', 'DeveloperName'),
  },
  {
    type: 'CustomEntityDefinition',
    label: 'custom metadata type or setting',
    names: (granted) => granted.types,
    idOf: byName('CustomObject', 'DeveloperName'),
  },
  {
    type: 'FlowDefinition',
    label: 'flow',
    names: (granted) => granted.flows,
    idOf: byName('FlowDefinition', 'DeveloperName'),
  },
  {
    type: 'ExternalCredentialParameter',
    label: 'principal',
    names: (granted) => granted.principals,
    idOf: principalId,
  },
];

/** Types of parameters that are principals (PLATFORM 1.2). */
const PRINCIPALS: ReadonlySet<unknown> = new Set(['NamedPrincipal', 'PerUserPrincipal']);

/** Id of the principal `ExternalCredential-Principal`; undefined when the org has none of that name. */
export function principalId(store: Store, principal: string): string | undefined {
  const dash = principal.indexOf('-');
  const [found] = rowsWith(store, 'ExternalCredential', 'DeveloperName', principal.slice(0, Math.max(dash, 0)).trim());
  if (found === undefined) return undefined;
  const name = principal
    .slice(dash + 1)
    .trim()
    .toLowerCase();
  return rowsWith(store, 'ExternalCredentialParameter', 'ExternalCredentialId', found.id).find(
    ({ values }) => PRINCIPALS.has(values['ParameterType']) && String(values['ParameterName']).toLowerCase() === name,
  )?.id;
}

function labelled({ fullName, content }: Deployed): WrittenRow {
  const label = /<(?:label|masterLabel)>([^<]*)</.exec(content)?.[1];
  return { values: { DeveloperName: fullName, MasterLabel: label ?? fullName } };
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  htmlEntities: true,
  isArray: (tag) => tag === 'externalCredentialParameters',
});

const credential = z.object({
  ExternalCredential: z.object({
    label: z.string().optional(),
    authenticationProtocol: z.string().optional(),
    externalCredentialParameters: z
      .array(
        z.object({
          parameterGroup: z.string().optional(),
          parameterName: z.string(),
          parameterType: z.string(),
          parameterValue: z.string().optional(),
          sequenceNumber: z.coerce.number().optional(),
        }),
      )
      .default([]),
  }),
});

function followCredentials(rows: RowWriter, { components, componentId }: DeployedMetadata): void {
  const read = components
    .filter(({ type }) => type === 'ExternalCredential')
    .map(({ fullName, content }) => ({
      fullName,
      ...credential.parse(parser.parse(content)).ExternalCredential,
    }));
  const ids = rows.follow(
    'ExternalCredential',
    ['DeveloperName'],
    read.map(({ fullName, label, authenticationProtocol }) => ({
      id: componentId('ExternalCredential', fullName),
      values: {
        DeveloperName: fullName,
        MasterLabel: label ?? fullName,
        AuthenticationProtocol: authenticationProtocol ?? null,
      },
    })),
  );
  rows.follow(
    'ExternalCredentialParameter',
    ['ExternalCredentialId', 'ParameterName', 'ParameterType', 'ParameterGroup'],
    read.flatMap((one, index) =>
      one.externalCredentialParameters.map((parameter) => ({
        values: {
          ExternalCredentialId: ids[index] ?? null,
          ParameterGroup: parameter.parameterGroup ?? null,
          ParameterName: parameter.parameterName,
          ParameterType: parameter.parameterType,
          ParameterValue: parameter.parameterValue ?? null,
          SequenceNumber: parameter.sequenceNumber ?? null,
        },
      })),
    ),
  );
}

/** Brings the rows up to date that stand for what permission sets open; classes have rows already. */
export function followSetupEntities(rows: RowWriter, deployed: DeployedMetadata): void {
  const ofType = (type: string): readonly Deployed[] => deployed.components.filter((one) => one.type === type);
  const { schema } = rows.store;
  const types = ofType('CustomObject').filter(({ fullName }) => {
    const kind = schema.object(fullName)?.kind;
    return kind === 'customMetadata' || kind === 'listSetting' || kind === 'hierarchySetting';
  });
  const named: readonly (readonly [string, readonly Deployed[]])[] = [
    ['CustomPermission', ofType('CustomPermission')],
    ['FlowDefinition', ofType('Flow')],
    ['CustomObject', types],
  ];
  for (const [object, components] of named) {
    const wanted = components.map((component) => ({
      ...labelled(component),
      id: object === component.type ? deployed.componentId(component.type, component.fullName) : undefined,
    }));
    rows.follow(object, ['DeveloperName'], wanted);
  }
  followCredentials(rows, deployed);
}

import type { GeneratedFile, Integration, ProjectModel } from '../model/index.js';
import { emitAuthProvider } from './auth-provider.js';
import { emitPolicy } from './custom-metadata.js';
import { emitObject } from './custom-object.js';
import { emitOperatorPermission } from './custom-permission.js';
import { emitTabs } from './custom-tab.js';
import { defaultEnvironment, inEnvironment } from './environment.js';
import { emitExternalAuthIdentityProvider } from './external-auth-identity-provider.js';
import { emitExternalCredential } from './external-credential.js';
import { emitRuntimeFlows, emitTriggerFlow } from './flow/index.js';
import { emitLayout } from './layout.js';
import type { FilePlace } from './metadata-file.js';
import { emitNamedCredential } from './named-credential.js';
import { emitNotificationTypes } from './notification-type.js';
import { OBJECTS } from './objects/index.js';
import {
  emitActionPermissionSet,
  emitCredentialPermissionSet,
  emitIntegrationUserPermissionSet,
  emitOperatorPermissionSet,
  emitUserPermissionSet,
} from './permission-set/index.js';
import { integrationPlace, RUNTIME } from './places.js';
import { emitSchemaSettings } from './schema-settings.js';
import { emitSubscriberConfig } from './subscriber-config.js';

/** What emits the metadata of the runtime. To emit another type, add a line. */
const RUNTIME_EMITTERS: readonly ((place: FilePlace, project: ProjectModel) => readonly GeneratedFile[])[] = [
  (place) => OBJECTS.flatMap((definition) => emitObject(definition, place)),
  (place) => OBJECTS.flatMap((definition) => emitLayout(definition, place)),
  emitTabs,
  (place) => [emitSchemaSettings(place)],
  (place) => [emitOperatorPermission(place)],
  (place) => [emitOperatorPermissionSet(place), emitIntegrationUserPermissionSet(place), emitUserPermissionSet(place)],
  (place, project) => emitNotificationTypes(project, place),
  emitRuntimeFlows,
  (place, project) => [emitSubscriberConfig(defaultEnvironment(project), place)],
];

/** What emits the metadata of one integration. To emit another type, add a line. */
const INTEGRATION_EMITTERS: readonly ((integration: Integration, place: FilePlace) => readonly GeneratedFile[])[] = [
  (integration, place) => [emitNamedCredential(integration, place)],
  emitAuthentication,
  emitCredentialPermissionSet,
  emitActionPermissionSet,
  (integration, place) => [emitPolicy(integration, place)],
  (integration, place) =>
    integration.trigger === undefined ? [] : [emitTriggerFlow(integration, integration.trigger, place)],
];

/** All metadata but Apex and manifests. The values in it are those of the default environment. */
export function emitMetadata(project: ProjectModel): GeneratedFile[] {
  const preset = defaultEnvironment(project);
  return [
    ...RUNTIME_EMITTERS.flatMap((emit) => emit(RUNTIME, project)),
    ...project.integrations.flatMap((integration) => {
      const local = inEnvironment(integration, preset);
      const place = integrationPlace(integration);
      return INTEGRATION_EMITTERS.flatMap((emit) => emit(local, place));
    }),
  ];
}

/** The external credential and, for a login in the browser, the provider that it refers to. */
function emitAuthentication(integration: Integration, place: FilePlace): readonly GeneratedFile[] {
  const { credentialStyle, method } = integration.auth;
  const credential = credentialStyle === 'secured' ? [emitExternalCredential(integration, place)] : [];
  if (method.type !== 'browser') return credential;
  return [
    ...credential,
    method.provider === 'authProvider'
      ? emitAuthProvider(integration, method, place)
      : emitExternalAuthIdentityProvider(integration, method, place),
  ];
}

import type { LibraryModule } from '../runtime/index.js';
import { flowInterviewModule, internalFlowModule } from './flow-interview.js';
import { approvalModule } from './approval.js';
import { asyncOptionsModule, contextModules, signatureModules } from './async.js';
import { iterableModule, iteratorModule, listModule, mapModule, setModule } from './collections.js';
import { cacheModules } from './cache.js';
import { namedCredentialsModule } from './connect-named-credentials.js';
import { databaseModule, databaseTypeModules } from './database.js';
import { dateModule, datetimeModule, timeModule, timeZoneModule } from './dates.js';
import { dataModule } from './bean.js';
import { beanModules } from './beans.js';
import { formulaModules } from './formula-eval.js';
import { metadataDeploymentModules } from './metadata-deployment.js';
import { businessHoursModule } from './business-hours.js';
import { blobModule, cryptoModule, encodingModule, idModule, urlModule, uuidModule } from './encoding.js';
import { describeFieldModules } from './describe-field.js';
import { describeObjectModules } from './describe-object.js';
import { enumModule } from './enums.js';
import { exceptionModule, exceptionModuleOf } from './exception.js';
import { fieldSetModules } from './field-set.js';
import { httpRequestModule, httpResponseModule } from './http.js';
import { httpModule } from './http-send.js';
import { jsonModules } from './json.js';
import { limitsModule, orgLimitModules } from './limits.js';
import { locationModule } from './location.js';
import { messagingModules } from './messaging.js';
import { booleanModule, decimalModule, doubleModule, integerModule, longModule, mathModule } from './numbers.js';
import { apexPagesModule } from './page-messages.js';
import { pageReferenceModules } from './page-reference.js';
import { matcherModule, patternModule } from './pattern.js';
import { eventBusModules, settingModules, triggerModule } from './platform-misc.js';
import { databaseBatchModule } from './scheduling.js';
import { schemaModules } from './schema.js';
import { restModules } from './rest.js';
import { searchModules } from './search.js';
import { securityModules } from './security.js';
import { domModules } from './dom.js';
import { visualEditorModules } from './visual-editor.js';
import { webServiceModule } from './web-service.js';
import { xmlStreamModules } from './xml-stream.js';
import { packageModules } from './packages.js';
import { siteModules } from './sites.js';
import { sobjectModule } from './sobject.js';
import { standardControllerModule, standardSetControllerModule } from './standard-controllers.js';
import { stringModule } from './string.js';
import { assertModule, instanceModule, objectModule, systemModule } from './system.js';
import { testBrokerModule, testModule } from './test.js';
import { internalSchemaTokens, internalTypesModule, typeModule } from './type.js';
import { featureModule, requestModule, userInfoModule } from './users-limits.js';

/** Every platform type that the local org implements. To add one, add a file and a line here. */
export const libraryModules: readonly LibraryModule[] = [
  stringModule,
  integerModule,
  longModule,
  doubleModule,
  decimalModule,
  booleanModule,
  mathModule,
  dateModule,
  datetimeModule,
  timeModule,
  timeZoneModule,
  blobModule,
  encodingModule,
  cryptoModule,
  uuidModule,
  idModule,
  urlModule,
  listModule,
  setModule,
  mapModule,
  iteratorModule,
  iterableModule,
  sobjectModule,
  exceptionModule,
  enumModule,
  objectModule,
  instanceModule,
  systemModule,
  assertModule,
  patternModule,
  matcherModule,
  userInfoModule,
  limitsModule,
  ...orgLimitModules,
  requestModule,
  featureModule,
  typeModule,
  internalTypesModule,
  internalSchemaTokens,
  ...describeFieldModules,
  ...describeObjectModules,
  ...fieldSetModules,
  ...schemaModules,
  httpModule,
  httpRequestModule,
  httpResponseModule,
  ...jsonModules,
  databaseModule,
  flowInterviewModule,
  internalFlowModule,
  databaseBatchModule,
  ...databaseTypeModules,
  testModule,
  testBrokerModule,
  asyncOptionsModule,
  ...signatureModules,
  ...contextModules,
  triggerModule,
  ...eventBusModules,
  ...settingModules,
  ...messagingModules,
  ...restModules,
  ...securityModules,
  ...searchModules,
  approvalModule,
  businessHoursModule,
  locationModule,
  ...siteModules,
  ...packageModules,
  ...domModules,
  ...xmlStreamModules,
  apexPagesModule,
  ...pageReferenceModules,
  standardControllerModule,
  standardSetControllerModule,
  ...beanModules,
  ...metadataDeploymentModules,
  ...formulaModules,
  ...visualEditorModules,
  webServiceModule,
  ...cacheModules,
  namedCredentialsModule,
];

/** Members of a platform type that needs no file of its own: an exception, or a class that only holds data. */
export function otherModule(typeName: string): LibraryModule | undefined {
  return exceptionModuleOf(typeName) ?? dataModule(typeName);
}

export { nextFireTime } from './cron.js';
export { flush } from './test.js';
export { recordMessage, sentMessages, type SentMessage } from './messaging.js';
export { newInstance, typeNamed } from './type.js';
export { HttpRequestObject, HttpResponseObject } from './http.js';
export { sendHttp } from './http-send.js';
export { apexOfJson, jsonOfApex } from './json-values.js';

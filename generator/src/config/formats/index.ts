export { addressRules, emailFormat, usernameFormat } from './address.js';
export { contractFormat, contractRules, parseContract } from './contract.js';
export {
  DURATION_PATTERN,
  durationProblems,
  durationRules,
  isSeconds,
  parseDuration,
  printDuration,
} from './duration.js';
export type { TextCheck, TextFormat } from './format.js';
export { formulaFormat, formulaRules, staticHeaderFormat } from './formula.js';
export {
  fixedPathFormat,
  headerNameFormat,
  headerTemplateFormat,
  headerValueFormat,
  httpRules,
  queryNameFormat,
  requestPathFormat,
} from './http.js';
export { bodyPathFormat, isJsonPath, jsonPathFormat, jsonPathRules } from './json-path.js';
export { lineFormat, lineRules, oneLine, proseFormat } from './line.js';
export {
  developerNameFormat,
  environmentNameFormat,
  flowNameFormat,
  integrationNameFormat,
  isEnvironmentName,
  isIdentifier,
  isIntegrationName,
  nameRules,
  requestNameFormat,
  toApiName,
  toFlowName,
  toLabel,
  variableNameFormat,
} from './names.js';
export { fieldNameFormat, isFieldPath, isObjectName, objectNameFormat, salesforceRules } from './salesforce.js';
export { lineTemplateFormat, parseTemplate, printTemplate, templateRules, textTemplateFormat } from './template.js';
export { urlFormat, urlRules, withoutTrailingSlash } from './url.js';

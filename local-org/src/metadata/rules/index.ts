import { apexFileRules } from './apexFiles.js';
import { externalCredentialRules } from './credentials/externalCredentials.js';
import { externalServiceRules } from './credentials/externalServices.js';
import { namedCredentialRules } from './credentials/namedCredentials.js';
import { providerRules } from './credentials/providers.js';
import { customMetadataRules } from './customMetadata.js';
import { eventRules } from './events.js';
import { actionRules } from './flow/actions.js';
import { graphRules } from './flow/graph.js';
import { logicRules } from './flow/logic.js';
import { scheduledPathRules } from './flow/scheduledPaths.js';
import { supportRules } from './flow/support.js';
import { triggerRules } from './flow/triggers.js';
import { valueRules } from './flow/values.js';
import { nameRules } from './names.js';
import { fieldRules } from './objects/fields.js';
import { formulaRules } from './objects/formulas.js';
import { objectRules } from './objects/objects.js';
import { picklistRules } from './objects/picklists.js';
import { relationshipRules } from './objects/relationships.js';
import { fieldPermissionRules } from './permissions/fieldPermissions.js';
import { objectPermissionRules } from './permissions/objectPermissions.js';
import { principalRules } from './permissions/principals.js';
import { referenceRules } from './references.js';
import { userRules } from './users.js';
import type { Rule } from './rule.js';

/** Every platform rule, in the order in which their findings at one place are reported. */
export const rules: readonly Rule[] = [
  ...nameRules,
  ...referenceRules,
  ...apexFileRules,
  ...namedCredentialRules,
  ...externalCredentialRules,
  ...externalServiceRules,
  ...providerRules,
  ...objectPermissionRules,
  ...fieldPermissionRules,
  ...principalRules,
  ...userRules,
  ...objectRules,
  ...fieldRules,
  ...picklistRules,
  ...relationshipRules,
  ...formulaRules,
  ...eventRules,
  ...customMetadataRules,
  ...supportRules,
  ...triggerRules,
  ...scheduledPathRules,
  ...graphRules,
  ...valueRules,
  ...logicRules,
  ...actionRules,
];

import { authChecks } from './auth.js';
import type { Check } from './check.js';
import { expiredSessionCheck } from './expired-session.js';
import { limitCheck } from './limits.js';
import { policyChecks } from './policies.js';
import { referenceCheck } from './references.js';
import { requestChecks } from './requests.js';
import { triggerCheck } from './trigger.js';
import { foreignMergeFieldCheck, urlCheck } from './urls.js';

/** Every check of one integration whose keys and types are right. To add one, add a file and a line. */
export const INTEGRATION_CHECKS: readonly Check[] = [
  urlCheck,
  ...authChecks,
  expiredSessionCheck,
  triggerCheck,
  ...requestChecks,
  foreignMergeFieldCheck,
  referenceCheck,
  limitCheck,
  ...policyChecks,
];

import { finding, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { Check } from './check.js';

const rules = {
  setupObjectAnswer: {
    code: 'setup-object-answer',
    severity: 'error',
    summary: 'Answers are not written to setup objects.',
    reason:
      'The result is stored in the transaction that writes the answer to the record. Salesforce refuses setup objects there with MIXED_DML_OPERATION, so the values would be lost at every delivery.',
    fix: 'Remove `fields`, and take the values in another way, such as outputs of an action.',
  },
} as const satisfies Record<string, Rule>;

/** Objects whose changes do not share a transaction with others (Apex Developer Guide, "sObjects That Cannot Be Used Together in DML Operations"). */
const SETUP_OBJECTS = new Set(
  'group groupmember permissionset permissionsetassignment queuesobject setupentityaccess territory territory2 user userpackagelicense userrole userterritory userterritory2association'.split(
    ' ',
  ),
);

export function isSetupObject(object: string): boolean {
  return SETUP_OBJECTS.has(object.toLowerCase());
}

/** Checks what is written to records whose changes stand alone. */
export const setupObjectCheck: Check = {
  rules,
  needs: ['trigger', 'object', 'requests'],
  *run({ config, requests }) {
    const object = config.trigger?.object ?? config.object;
    if (object === undefined || !isSetupObject(object)) return;
    for (const { index, config: request } of requests) {
      if (Object.keys(request.response.fields).length === 0) continue;
      const message = `${quote(object)} is a setup object.`;
      yield finding(['requests', index, 'response', 'fields'], rules.setupObjectAnswer, message, { atKey: true });
    }
  },
};

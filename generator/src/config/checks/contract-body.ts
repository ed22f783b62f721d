import type { Rule } from '../../diagnostics/index.js';

/** Rules about a body and its contract. They need the contract's members, so they are checked once contracts are read. */
export const contractBodyRules = {
  unknownMember: {
    code: 'contract-body-unknown-member',
    severity: 'error',
    summary: 'Every key of a body with a contract is a member of the contract.',
    reason: 'The body is built with the Apex class of the contract, which has no such member.',
    fix: 'Correct the key, or add the member to the contract.',
  },
  notAssignable: {
    code: 'contract-body-not-assignable',
    severity: 'error',
    summary: 'A value of a body goes to a member of its contract that takes one value.',
    reason: 'The Apex class of the contract has another type there, so the value cannot be assigned.',
    fix: 'Name a member of the contract that takes one value.',
  },
  unknownValue: {
    code: 'contract-body-unknown-value',
    severity: 'error',
    summary: 'A fixed text that goes to a union of texts is one of them.',
    reason: 'Every delivery would fail: the generated class refuses any other text.',
    fix: 'Write one of the texts of the contract, or add this one to it.',
  },
  missingMember: {
    code: 'contract-body-missing-member',
    severity: 'error',
    summary: 'A body with a contract fills every required member.',
    reason: 'Every delivery would fail: the generated class refuses to send a body without it.',
    fix: 'Fill the member, or make it optional in the contract with `?`.',
  },
  requiredList: {
    code: 'contract-body-required-list',
    severity: 'error',
    summary: 'A contract that is used for a body has no required list or map.',
    reason:
      'A body is filled value by value from a record, so lists and maps stay empty, and the generated class refuses to send a body without a required member.',
    fix: 'Make the member optional in the contract with `?`; it is then left out of the body.',
  },
} as const satisfies Record<string, Rule>;

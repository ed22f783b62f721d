import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';

export const contractRules = {
  badContract: {
    code: 'bad-contract',
    severity: 'error',
    summary: 'A contract is a file below config/contracts and the name of an interface in it.',
    reason: 'The file is read to generate Apex classes. It must lie in the project.',
    fix: 'Write `account.ts#AccountUpdate`: the file below config/contracts, #, and the interface.',
  },
} as const satisfies Record<string, Rule>;

const CONTRACT = /^((?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.ts)#([A-Za-z_$][A-Za-z0-9_$]*)$/;
const LONGEST = 200;

/** `account.ts#AccountUpdate` cut at the #; undefined when it has another form. */
export function parseContract(value: string): { readonly file: string; readonly interfaceName: string } | undefined {
  if (value.length > LONGEST) return undefined;
  const [, file, interfaceName] = CONTRACT.exec(value) ?? [];
  return file === undefined || interfaceName === undefined ? undefined : { file, interfaceName };
}

/** Reference to an interface of a contract file. */
export const contractFormat: TextFormat = {
  pattern: '^[^#\\\\]+\\.ts#[A-Za-z_$][A-Za-z0-9_$]*$',
  check: (value) =>
    parseContract(value) === undefined
      ? [new Problem(contractRules.badContract, `${quote(value)} is not a contract reference.`)]
      : [],
};

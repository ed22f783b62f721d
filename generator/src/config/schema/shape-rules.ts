import type { Rule } from '../../diagnostics/index.js';

/** Checks of keys and types. */
export const shapeRules = {
  unknownKey: {
    code: 'unknown-key',
    severity: 'error',
    summary: 'Every key is one that the configuration knows.',
    reason: 'A misspelt key would be ignored, and its setting would stay at the default without a word.',
    fix: 'Correct the key, or remove it.',
  },
  missingKey: {
    code: 'missing-key',
    severity: 'error',
    summary: 'Keys without a default are given.',
    reason: 'There is no value that would be right for everyone.',
    fix: 'Add the key.',
  },
  wrongType: {
    code: 'wrong-type',
    severity: 'error',
    summary: 'A value has the type that its key asks for.',
    reason: 'A value of another type cannot be what was meant.',
    fix: 'Write a value of that type.',
  },
  unknownValue: {
    code: 'unknown-value',
    severity: 'error',
    summary: 'Where a key offers a choice, the value is one of the choices.',
    reason: 'Only these are known.',
    fix: 'Write one of the choices.',
  },
  outOfRange: {
    code: 'out-of-range',
    severity: 'error',
    summary: 'A number lies in its range.',
    reason: 'Outside the range the platform refuses it, or it has no sensible effect.',
    fix: 'Choose a number in the range.',
  },
  wrongCount: {
    code: 'wrong-count',
    severity: 'error',
    summary: 'A list has as many items as make sense.',
    reason: 'Fewer mean nothing, more is more than the platform takes.',
    fix: 'Add or remove items.',
  },
} as const satisfies Record<string, Rule>;

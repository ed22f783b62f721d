import { INTEGRATION_CHECKS, contractBodyRules, environmentRules, projectRules } from '../checks/index.js';
import { byCodeUnit } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import {
  addressRules,
  contractRules,
  durationRules,
  formulaRules,
  httpRules,
  jsonPathRules,
  lineRules,
  nameRules,
  salesforceRules,
  templateRules,
  urlRules,
} from '../formats/index.js';
import { loadRules } from '../load-file.js';
import { shapeRules } from '../schema/index.js';
import { yamlRules } from '../yaml/index.js';

/** Every rule that a configuration is checked by, by code. */
export function allRules(): readonly Rule[] {
  const groups: readonly Readonly<Record<string, Rule>>[] = [
    yamlRules,
    shapeRules,
    addressRules,
    contractRules,
    durationRules,
    formulaRules,
    httpRules,
    jsonPathRules,
    lineRules,
    nameRules,
    salesforceRules,
    templateRules,
    urlRules,
    ...INTEGRATION_CHECKS.map(({ rules }) => rules),
    projectRules,
    environmentRules,
    loadRules,
    contractBodyRules,
  ];
  const byCode = new Map(groups.flatMap((group) => Object.values(group)).map((rule) => [rule.code, rule]));
  return [...byCode.values()].sort((left, right) => byCodeUnit(left.code, right.code));
}

import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { Problem, printable, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextProblem } from './parse.js';
import { yamlRules } from './rules.js';

/** Plain data as YAML can express it. */
export type Data = string | number | boolean | null | Data[] | { [key: string]: Data };

/** Characters that XML 1.0 cannot hold, in any escaped form. */
// eslint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
// The same and good pairs of surrogates, for a first look: without Unicode mode it is much faster.
// eslint-disable-next-line no-control-regex
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;
const LEADING_ZERO = /^[-+]?0[0-9]/;
const WHOLE = /^[-+]?[0-9]+$/;

/** Turns a parsed node into plain data and reports what a configuration must not contain. */
export function toData(
  root: ParsedNode,
  text: string,
): { readonly data: Data; readonly problems: readonly TextProblem[] } {
  const problems: TextProblem[] = [];
  const report = (offset: number, rule: Rule, message: string, fix?: string): void => {
    problems.push({ offset, problem: new Problem(rule, message, fix === undefined ? {} : { fix }) });
  };
  return { data: convert(root, Object.assign(report, { text })), problems };
}

/** Takes a problem; knows the text, to find what stands before a node. */
interface Report {
  (offset: number, rule: Rule, message: string, fix?: string): void;
  readonly text: string;
}

function convert(node: unknown, report: Report): Data {
  if (isAlias(node)) {
    report(node.range?.[0] ?? 0, yamlRules.anchor, `The alias ${printable(`*${node.source}`)} stands in for a value.`);
    return null;
  }
  if (isScalar(node)) return convertScalar(node, report);
  if (isSeq(node)) {
    refuseProperties(node, report);
    return node.items.map((item) => convert(item, report));
  }
  if (isMap(node)) {
    refuseProperties(node, report);
    return convertMap(node, report);
  }
  return null;
}

function convertMap(map: YAMLMap, report: Report): Data {
  const entries = new Map<string, Data>();
  for (const { key, value } of map.items) {
    const at =
      isScalar(key) || isMap(key) || isSeq(key) || isAlias(key) ? (key.range?.[0] ?? 0) : (map.range?.[0] ?? 0);
    const name = keyName(key, report);
    if (name === undefined) {
      report(at, yamlRules.badKey, 'A key is missing or is not text.');
    } else if (name === '<<') {
      report(at, yamlRules.anchor, 'The merge key << stands in for other keys.');
      continue;
    } else if (name === '__proto__') {
      report(at, yamlRules.badKey, 'The name "__proto__" cannot be a key.');
    } else if (entries.has(name)) {
      report(at, yamlRules.duplicateKey, `The key ${quote(name)} stands here a second time.`);
    } else {
      entries.set(name, convert(value, report));
      continue;
    }
    convert(value, report);
  }
  return Object.fromEntries(entries);
}

/** The text of a key; numbers and such count as the text that stands there. */
function keyName(key: unknown, report: Report): string | undefined {
  if (!isScalar(key)) return undefined;
  const value = convertScalar(key, report);
  if (typeof value === 'string') return value;
  return key.source === undefined || key.source === '' ? undefined : key.source;
}

function convertScalar(node: Scalar, report: Report): Data {
  refuseProperties(node, report);
  const { value } = node;
  const at = node.range?.[0] ?? 0;
  if (typeof value === 'string') {
    const illegal = SUSPECT.test(value) ? ILLEGAL.exec(value)?.[0] : undefined;
    if (illegal !== undefined)
      report(at, yamlRules.illegalCharacter, `The text holds the character ${codePoint(illegal)}.`);
    return value;
  }
  if (typeof value === 'number') {
    checkNumber(node.source ?? '', value, (message, fix) => report(at, yamlRules.inexactNumber, message, fix));
    return value;
  }
  return typeof value === 'boolean' ? value : null;
}

function checkNumber(source: string, value: number, report: (message: string, fix: string) => void): void {
  if (LEADING_ZERO.test(source)) {
    const fix = `Put it in quotes to keep it as text: '${source}'.`;
    report(`${source} starts with a zero, which a number does not keep.`, fix);
  } else if (WHOLE.test(source) && !Number.isSafeInteger(value)) {
    const fix = 'Write fewer digits, or put it in quotes to keep it as text.';
    report(`${quote(source)} has more digits than a number can keep.`, fix);
  }
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Reports an anchor and a tag where they stand, before the node that has them. */
function refuseProperties(node: Scalar | YAMLMap | YAMLSeq, report: Report): void {
  const { anchor, tag } = node;
  if (anchor === undefined && tag === undefined) return;
  const end = node.range?.[0] ?? 0;
  if (anchor !== undefined) {
    const at = Math.max(report.text.lastIndexOf(`&${anchor}`, end), 0);
    report(at, yamlRules.anchor, `The anchor ${printable(`&${anchor}`)} stands here.`);
  }
  if (tag === undefined) return;
  let at = Math.max(report.text.lastIndexOf('!', end), 0);
  if (report.text[at - 1] === '!') at -= 1;
  const written = /^![^\s,}\]]*/.exec(report.text.slice(at, at + 80))?.[0] ?? '!';
  if (report.text[at - 1] === '{') {
    report(at - 1, yamlRules.unquotedMergeField, `The merge field ${printable(`{${written}}`)} stands without quotes.`);
  } else {
    report(at, yamlRules.tag, `The tag ${printable(written)} stands here.`);
  }
}

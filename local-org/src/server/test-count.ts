import type { Component } from '../model/index.js';

const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'/g;
/** A test mark, further annotations, and what stands before the body or the parameters. */
const MARK = /(?:@istest|\btestmethod)\b(?:\s*\([^)]*\))?(?:\s*@\w+(?:\s*\([^)]*\))?)*([^({;]*)[({;]/gi;

/**
 * How many test methods are about to run, for progress only: counted in the text, before it is compiled.
 * @param names `Class` or `Class.method`; undefined stands for all
 */
export function expectedTests(testClasses: readonly Component[], names: readonly string[] | undefined): number {
  if (names === undefined) return testClasses.reduce((sum, component) => sum + methods(component), 0);
  return names.reduce((sum, name) => {
    const component = testClasses.find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase());
    return sum + (component === undefined ? 1 : methods(component));
  }, 0);
}

function methods({ content }: Component): number {
  const marks = content.replace(COMMENT_OR_STRING, ' ').matchAll(MARK);
  return [...marks].filter(([, declared = '']) => !/\bclass\b/i.test(declared)).length;
}

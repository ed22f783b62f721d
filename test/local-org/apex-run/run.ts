import {
  createEngine,
  runAnonymous,
  type ApexEngine,
  type EngineOptions,
} from '../../../local-org/src/apex/test-runner/index.js';
import { debugLines } from '../../support/debug-lines.js';
import type { Component } from '../../../local-org/src/model/index.js';

/** A class or trigger from its source; the name is read from it. */
export function apex(source: string): Component {
  const trigger = /^\s*trigger\s+(\w+)/i.exec(source);
  const name = trigger?.[1] ?? /\b(?:class|interface|enum)\s+(\w+)/i.exec(source)?.[1] ?? 'Unnamed';
  const suffix = trigger === null ? 'cls' : 'trigger';
  return {
    type: trigger === null ? 'ApexClass' : 'ApexTrigger',
    fullName: name,
    fileName: `${name}.${suffix}`,
    content: source,
    metaXml: undefined,
  };
}

/** An engine over the given sources whose debug lines go to `lines`. @throws Error with the compile errors */
export function engineOf(
  components: readonly Component[],
  lines: string[],
  limits: EngineOptions['limits'] = {},
): ApexEngine {
  const result = createEngine({ components, limits, traces: debugLines((text) => lines.push(text)) });
  if (!result.ok)
    throw new Error(
      result.errors.map((error) => `${error.fileName}:${error.line}:${error.column} ${error.message}`).join('\n'),
    );
  return result.engine;
}

/** Runs a block and returns what it debugged, line by line. */
export function run(body: string, ...sources: readonly (string | Component)[]): readonly string[] {
  const lines: string[] = [];
  const engine = engineOf(
    sources.map((source) => (typeof source === 'string' ? apex(source) : source)),
    lines,
  );
  const result = runAnonymous(engine, body);
  if (!result.ok)
    throw new Error(result.compileErrors.map((error) => `${error.line}:${error.column} ${error.message}`).join('\n'));
  return lines;
}

/** The text of an expression's value, as System.debug shows it. */
export function value(expression: string, ...sources: readonly string[]): string {
  return run(`System.debug(${expression});`, ...sources).join('\n');
}

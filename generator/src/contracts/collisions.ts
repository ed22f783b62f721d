import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { excerptOf } from '../diagnostics/index.js';
import type { Contract, Diagnostic, SourcePosition } from '../model/index.js';
import { TEST_SUFFIX } from './names/identifiers.js';

/** Reports contracts whose class or test class would have the name of another generated class; Apex does not tell names apart by case. */
export function classNameCollisions(
  projectRoot: string,
  contracts: readonly Contract[],
  taken: readonly string[],
): readonly Diagnostic[] {
  const owners = new Map(taken.map((name) => [name.toLowerCase(), 'another generated class']));
  const diagnostics: Diagnostic[] = [];
  for (const { ref, className } of contracts) {
    const owner = `${ref.interfaceName} of ${ref.file}`;
    for (const name of [className, `${className}${TEST_SUFFIX}`]) {
      const other = owners.get(name.toLowerCase());
      if (other !== undefined && other !== owner) {
        diagnostics.push(collision(placeOf(projectRoot, ref), name, other));
      }
      owners.set(name.toLowerCase(), other ?? owner);
    }
  }
  return diagnostics;
}

function collision({ position, lineText }: Place, name: string, other: string): Diagnostic {
  return {
    severity: 'error',
    code: 'contract-class-collision',
    position,
    message: `The Apex class ${name} of this contract has the name of ${other}.`,
    excerpt: excerptOf(lineText, position.column),
    reason: 'A class name exists once in an org.',
    fix: 'Rename one of the interfaces.',
    suggestion: undefined,
  };
}

interface Place {
  readonly position: SourcePosition;
  readonly lineText: string;
}

/** Where the interface's name stands in its file. */
function placeOf(projectRoot: string, { file, interfaceName }: Contract['ref']): Place {
  const lines = readFileSync(join(projectRoot, file), 'utf8').split(/\r?\n/);
  const declaration = new RegExp(`\\b(?:interface|type)\\s+${interfaceName.replaceAll('$', '\\$')}\\b`);
  const index = Math.max(
    0,
    lines.findIndex((line) => declaration.test(line)),
  );
  const lineText = lines[index] ?? '';
  return { position: { file, line: index + 1, column: Math.max(0, lineText.indexOf(interfaceName)) + 1 }, lineText };
}

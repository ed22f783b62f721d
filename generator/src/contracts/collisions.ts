import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
        diagnostics.push(collision(positionOf(projectRoot, ref), className, name, other));
      }
      owners.set(name.toLowerCase(), other ?? owner);
    }
  }
  return diagnostics;
}

function collision(position: SourcePosition, className: string, name: string, other: string): Diagnostic {
  return {
    severity: 'error',
    code: 'contract-class-collision',
    position,
    message: `The Apex class ${name} of this contract has the name of ${other}.`,
    excerpt: className,
    reason: 'A class name exists once in an org.',
    fix: 'Rename one of the interfaces.',
    suggestion: undefined,
  };
}

/** Where the interface's name stands in its file. */
function positionOf(projectRoot: string, { file, interfaceName }: Contract['ref']): SourcePosition {
  const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n');
  const declaration = new RegExp(`\\b(?:interface|type)\\s+${interfaceName.replaceAll('$', '\\$')}\\b`);
  const index = lines.findIndex((line) => declaration.test(line));
  const column = (lines[index] ?? '').indexOf(interfaceName);
  return { file, line: Math.max(0, index) + 1, column: Math.max(0, column) + 1 };
}

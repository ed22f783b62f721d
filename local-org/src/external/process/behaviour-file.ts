import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { behaviour, type Behaviour } from '../behaviour/index.js';

/** A file does not describe a behaviour. The message says where and why. */
export class BehaviourFileError extends Error {
  public override readonly name = 'BehaviourFileError';
}

/** Reads YAML or JSON; what it leaves out has its default. Throws BehaviourFileError, and the system's error when there is no such file. */
export function readBehaviourFile(path: string): Behaviour {
  return parseBehaviour(readFileSync(path, 'utf8'), path);
}

function parseBehaviour(text: string, path: string): Behaviour {
  const parsed = behaviour.safeParse(parseYaml(text, path) ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${[path, ...issue.path].join(': ')}: ${issue.message}`);
  throw new BehaviourFileError(problems.join('\n'));
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new BehaviourFileError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

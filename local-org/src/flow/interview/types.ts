import type { ObjectSchema } from '../../data/index.js';
import type { FlowElement } from '../../metadata/index.js';
import type { Interview } from './interview.js';

/** Object of the records that a path stands for; undefined when it stands for something else. */
export function objectOfPath(interview: Interview, path: readonly string[]): ObjectSchema | undefined {
  const [first = '', ...rest] = path;
  const { schema } = interview.org.runtime;
  let object = schemaObject(interview, objectOfName(interview, first, 0));
  for (const name of rest) {
    const reference = object?.parents.get(name.toLowerCase());
    const target = reference?.referenceTo.find((candidate) => candidate === 'User') ?? reference?.referenceTo[0];
    object = target === undefined ? undefined : schema.object(target);
  }
  return object;
}

function schemaObject(interview: Interview, name: string | undefined): ObjectSchema | undefined {
  return name === undefined ? undefined : interview.org.runtime.schema.object(name);
}

const GLOBALS: Readonly<Record<string, string>> = {
  $organization: 'Organization',
  $profile: 'Profile',
  $user: 'User',
  $userrole: 'UserRole',
};

/** Loops can run over what another loop yields; the depth ends a circle of them. */
const MAX_DEPTH = 20;

function objectOfName(interview: Interview, name: string, depth: number): string | undefined {
  const lower = name.toLowerCase();
  if (lower === '$record' || lower === '$record__prior') {
    const { start } = interview.definition;
    return start.kind === 'called' ? undefined : start.object;
  }
  const resource = interview.definition.resources.get(lower);
  if (resource !== undefined) return resource.kind === 'variable' ? resource.type.objectType : undefined;
  const element = interview.definition.elements.get(lower);
  if (element === undefined || depth > MAX_DEPTH) return GLOBALS[lower];
  return objectOfElement(interview, element, depth);
}

function objectOfElement(interview: Interview, element: FlowElement, depth: number): string | undefined {
  switch (element.kind) {
    case 'lookup':
      return element.object;
    case 'transform':
      return element.type.objectType;
    case 'loop':
    case 'collectionFilter':
    case 'collectionSort':
      return element.collection.length === 1 ? objectOfName(interview, element.collection[0], depth + 1) : undefined;
    default:
      return undefined;
  }
}

import type { InvocableAction, InvocableParameter } from '../model/index.js';
import { findAnnotation } from './symbols/index.js';
import { parseUnit } from './syntax/index.js';
import type {
  AnnotationNode,
  ClassDeclaration,
  FieldDeclaration,
  MethodDeclaration,
  TypeRefNode,
} from './syntax/index.js';

function text(node: TypeRefNode): string {
  const name = node.segments
    .map(({ name: segment, args }) => (args.length === 0 ? segment : `${segment}<${args.map(text).join(',')}>`))
    .join('.');
  return Array.from({ length: node.arrayDepth }).reduce<string>((inner) => `List<${inner}>`, name);
}

/** Element type of the `List<T>` or `T[]` that an action takes and gives. */
function element(node: TypeRefNode): TypeRefNode | undefined {
  if (node.arrayDepth > 0) return { ...node, arrayDepth: node.arrayDepth - 1 };
  const last = node.segments.at(-1);
  return last?.name.toLowerCase() === 'list' ? last.args[0] : undefined;
}

function parameter(annotation: AnnotationNode | undefined, name: string): string | undefined {
  return annotation?.parameters.find((one) => one.name.name.toLowerCase() === name)?.text;
}

/** A class inside of another one, or that one itself. */
function classIn(outer: ClassDeclaration, node: TypeRefNode): ClassDeclaration | undefined {
  const name = node.segments.at(-1)?.name.toLowerCase();
  if (outer.name.name.toLowerCase() === name && node.segments.length === 1) return outer;
  const found = outer.members.find((member) => member.kind === 'class' && member.name.name.toLowerCase() === name);
  return found?.kind === 'class' ? found : undefined;
}

function variables(type: ClassDeclaration): readonly InvocableParameter[] {
  const fields = type.members.filter((member): member is FieldDeclaration => member.kind === 'field');
  return fields.flatMap((field) => {
    const annotation = findAnnotation(field.modifiers, 'invocablevariable');
    if (annotation === undefined) return [];
    const required = parameter(annotation, 'required') === 'true';
    return field.declarators.map(({ name }) => ({ name: name.name, apexType: text(field.declaredType), required }));
  });
}

/** `bareName` is what flows call a list of simple values: the method's parameter, or `output`. */
function parameters(
  outer: ClassDeclaration,
  list: TypeRefNode | undefined,
  bareName: string,
): readonly InvocableParameter[] {
  const one = list === undefined ? undefined : element(list);
  if (one === undefined) return [];
  const wrapper = classIn(outer, one);
  return wrapper === undefined ? [{ name: bareName, apexType: text(one), required: true }] : variables(wrapper);
}

function invocableMethod(type: ClassDeclaration): MethodDeclaration | undefined {
  const found = type.members.find(
    (member) => member.kind === 'method' && findAnnotation(member.modifiers, 'invocablemethod') !== undefined,
  );
  return found?.kind === 'method' ? found : undefined;
}

/**
 * What a flow can know about a class with an `@InvocableMethod`: read from its source alone, without resolving types. Undefined when the
 * class has none or does not parse. A request or result class must stand in the same file for its variables to be known.
 */
export function readInvocable(source: string): InvocableAction | undefined {
  if (!/@invocablemethod/i.test(source)) return undefined;
  const result = parseUnit({ kind: 'class', fileName: '', source, apiVersion: 66 });
  if (!result.ok || result.value.declaration.kind !== 'class') return undefined;
  const type = result.value.declaration;
  const method = invocableMethod(type);
  if (method === undefined) return undefined;
  const [input] = method.parameters;
  return {
    className: type.name.name,
    methodName: method.name.name,
    callout: parameter(findAnnotation(method.modifiers, 'invocablemethod'), 'callout') === 'true',
    inputs: parameters(type, input?.declaredType, input?.name.name ?? ''),
    outputs: parameters(type, method.returnType, 'output'),
  };
}

import type { RequestStep } from '../../model/index.js';

type Json = string | { readonly [key: string]: Json } | readonly Json[];
interface Node {
  readonly children: Map<string, Node>;
}

/** Text that a generated test finds at a path of an answer. */
export function answerText(path: readonly string[]): string {
  return `Answer ${path.join(' ')}`;
}

/** An answer that has a text at each path that the request reads. */
export function sampleAnswer({ responseFields, outputs }: RequestStep): string {
  const root: Node = { children: new Map() };
  for (const { path } of [...responseFields, ...outputs]) {
    let node = root;
    for (const key of path) {
      const next: Node = node.children.get(key) ?? { children: new Map() };
      node.children.set(key, next);
      node = next;
    }
  }
  return JSON.stringify(toJson(root, []));
}

function toJson({ children }: Node, path: readonly string[]): Json {
  if (children.size === 0 && path.length > 0) return answerText(path);
  const keys = [...children.keys()];
  const member = (key: string): Json => {
    const child = children.get(key);
    return child === undefined ? '' : toJson(child, [...path, key]);
  };
  const positions = keys.map(Number);
  if (keys.length > 0 && keys.every((key) => /^\d{1,2}$/.test(key))) {
    return Array.from({ length: Math.max(...positions) + 1 }, (_, at) => member(String(at)));
  }
  return Object.fromEntries(keys.map((key) => [key, member(key)]));
}

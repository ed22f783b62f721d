import type { Component } from '../../model/index.js';

/** Names of the active record-triggered flows by the lower-cased name of the object that starts them. */
export function flowsByObject(components: readonly Component[]): ReadonlyMap<string, readonly string[]> {
  const flows = new Map<string, string[]>();
  for (const { type, fullName, content } of components) {
    if (type !== 'Flow' || !/<status>\s*Active\s*<\/status>/.test(content)) continue;
    const start = /<start>([\s\S]*?)<\/start>/.exec(content)?.[1] ?? '';
    const object = /<object>\s*(\w+)\s*<\/object>/.exec(start)?.[1]?.toLowerCase();
    if (object === undefined || !/<triggerType>\s*Record/.test(start)) continue;
    flows.set(object, [...(flows.get(object) ?? []), fullName]);
  }
  return flows;
}

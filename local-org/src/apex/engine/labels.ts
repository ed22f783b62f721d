import { XMLParser } from 'fast-xml-parser';

import type { Component } from '../../model/index.js';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  htmlEntities: true,
  isArray: (tag) => tag === 'labels',
});

interface Label {
  readonly fullName: string;
  readonly value: string;
}

function isLabel(value: unknown): value is Label {
  return (
    typeof value === 'object' &&
    value !== null &&
    'fullName' in value &&
    'value' in value &&
    typeof value.fullName === 'string' &&
    typeof value.value === 'string'
  );
}

/** Texts of the custom labels by lower-cased name. */
export function readLabels(components: readonly Component[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const component of components) {
    if (component.type !== 'CustomLabels') continue;
    const parsed: { readonly CustomLabels?: { readonly labels?: readonly unknown[] } } = parser.parse(
      component.content,
    );
    for (const label of parsed.CustomLabels?.labels ?? [])
      if (isLabel(label)) labels.set(label.fullName.toLowerCase(), label.value);
  }
  return labels;
}

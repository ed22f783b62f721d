import type { FlowNode } from './node.js';
import { DATA_TYPES, filtersOf, operandOf, outputsOf, sortOf, textParts } from './operands.js';
import type { FlowResource, FlowType } from './resources.js';

/** Type of a variable, or of the result of a transform. */
export function typeOf(node: FlowNode, title: string): FlowType {
  if (node.text('schemaUri') !== undefined) node.refuse(`A schema of ${title}`, 'schemaUri');
  return {
    dataType: node.oneOf('dataType', DATA_TYPES, 'The data type'),
    objectType: node.text('objectType'),
    apexClass: node.text('apexClass'),
    isCollection: node.flag('isCollection'),
    scale: node.number('scale'),
  };
}

type ResourceReader = (node: FlowNode, name: string) => FlowResource;

/** Readers of top-level elements that hold values, by their name in the file. */
export const resourceReaders: ReadonlyMap<string, ResourceReader> = new Map<string, ResourceReader>([
  [
    'variables',
    (node, name) => ({
      kind: 'variable',
      name,
      type: typeOf(node, name),
      isInput: node.flag('isInput'),
      isOutput: node.flag('isOutput'),
      value: operandOf(node.one('value'), name),
    }),
  ],
  [
    'constants',
    (node, name) => ({
      kind: 'constant',
      name,
      dataType: node.oneOf('dataType', DATA_TYPES, 'The data type'),
      value: operandOf(node.one('value'), name),
    }),
  ],
  [
    'formulas',
    (node, name) => ({
      kind: 'formula',
      name,
      dataType: node.oneOf('dataType', DATA_TYPES, 'The data type'),
      expression: node.rawText('expression') ?? '',
      scale: node.number('scale'),
    }),
  ],
  [
    'textTemplates',
    (node, name) => {
      node.ignore('isViewedAsPlainText');
      return { kind: 'textTemplate', name, text: textParts(node.rawText('text') ?? '') };
    },
  ],
  [
    'choices',
    (node, name) => ({
      kind: 'choice',
      name,
      dataType: node.oneOf('dataType', DATA_TYPES, 'The data type'),
      text: textParts(node.rawText('choiceText') ?? ''),
      value: operandOf(node.one('value'), name),
    }),
  ],
  [
    'dynamicChoiceSets',
    (node, name) => ({
      kind: 'choiceSet',
      name,
      dataType: node.oneOf('dataType', DATA_TYPES, 'The data type'),
      object: node.text('picklistObject') ?? node.text('object') ?? '',
      displayField: node.text('displayField'),
      valueField: node.text('valueField'),
      picklistField: node.text('picklistField'),
      filters: filtersOf(node, name),
      limit: node.number('limit'),
      sort: sortOf(node),
      outputs: outputsOf(node, 'outputAssignments', 'field', name),
    }),
  ],
]);

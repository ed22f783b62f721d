import type { FlowScreen, FlowScreenField, FlowScreenFieldType } from './elements.js';
import type { FlowNode } from './node.js';
import { conditionsOf, DATA_TYPES, namedValues, operandOf, outputsOf, textParts } from './operands.js';
import { baseOf } from './read-elements.js';

const FIELD_TYPES: readonly [FlowScreenFieldType, ...FlowScreenFieldType[]] = [
  'InputField',
  'ComponentInstance',
  'DisplayText',
  'DropdownBox',
  'LargeTextArea',
  'MultiSelectCheckboxes',
  'MultiSelectPicklist',
  'PasswordField',
  'RadioButtons',
  'Region',
  'RegionContainer',
];

/** How screens look, which buttons they show and what they explain: nothing that decides where the flow goes. */
const LOOKS = [
  'allowBack',
  'allowFinish',
  'allowPause',
  'backButtonLabel',
  'helpText',
  'nextOrFinishButtonLabel',
  'pauseButtonLabel',
  'pausedText',
  'showFooter',
  'showHeader',
  'styleSettings',
  'stageReference',
] as const;

export function readScreen(node: FlowNode): FlowScreen {
  node.ignore(...LOOKS);
  return { kind: 'screen', ...baseOf(node), fields: node.all('fields').map(readField) };
}

function readField(node: FlowNode): FlowScreenField {
  const name = node.text('name') ?? '';
  const title = `the screen field ${name}`;
  const type = node.text('dataType') === undefined ? undefined : node.oneOf('dataType', DATA_TYPES, 'The data type');
  const field: FlowScreenField = {
    name,
    fieldType: node.oneOf('fieldType', FIELD_TYPES, 'The screen field type'),
    text: textParts(node.rawText('fieldText') ?? ''),
    dataType: type,
    scale: node.number('scale'),
    isRequired: node.flag('isRequired'),
    defaultValue: operandOf(node.one('defaultValue'), title),
    choices: node.all('choiceReferences').map(({ element }) => element.text.trim()),
    defaultChoice: node.text('defaultSelectedChoiceReference'),
    visibility: visibilityOf(node, title),
    validation: validationOf(node),
    component: node.text('extensionName'),
    inputs: namedValues(node, 'inputParameters', 'name', title),
    outputs: outputsOf(node, 'outputParameters', 'name', title),
    automatic: node.flag('storeOutputAutomatically'),
    fields: node.all('fields').map(readField),
  };
  node
    .ignore(
      'dataTypeMappings',
      'helpText',
      'inputsOnNextNavToAssocScrn',
      'isDisabled',
      'isReadOnly',
      'isVisible',
      'regionContainerType',
      'styleProperties',
    )
    .finish(title);
  return field;
}

function visibilityOf(node: FlowNode, title: string): FlowScreenField['visibility'] {
  const rule = node.one('visibilityRule');
  if (rule === undefined) return undefined;
  const conditions = conditionsOf(rule, title);
  rule.finish(`the visibility rule of ${title}`);
  return conditions;
}

function validationOf(node: FlowNode): FlowScreenField['validation'] {
  const rule = node.one('validationRule');
  const expression = rule?.text('formulaExpression');
  if (rule === undefined || expression === undefined) return undefined;
  return { expression, message: textParts(rule.rawText('errorMessage') ?? '') };
}

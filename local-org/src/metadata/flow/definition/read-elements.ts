import type {
  FlowAction,
  FlowActionType,
  FlowAssignment,
  FlowAssignmentOperator,
  FlowCollectionFilter,
  FlowCollectionSort,
  FlowCustomError,
  FlowDecision,
  FlowLoop,
  FlowRollback,
  FlowSubflow,
  FlowTransform,
} from './elements.js';
import type { FlowNode } from './node.js';
import { conditionsOf, namedValues, operandOf, outputsOf, pathOf, textParts } from './operands.js';
import { typeOf } from './read-resources.js';

const ASSIGNMENT_OPERATORS: readonly [FlowAssignmentOperator, ...FlowAssignmentOperator[]] = [
  'Assign',
  'Add',
  'AddAtStart',
  'AddItem',
  'AssignCount',
  'RemoveAfterFirst',
  'RemoveAll',
  'RemoveBeforeFirst',
  'RemoveFirst',
  'RemovePosition',
  'RemoveUncommon',
  'Subtract',
];

/** Kinds of actions that the local org runs (PLATFORM 2.5). */
const ACTION_TYPES: readonly [FlowActionType, ...FlowActionType[]] = [
  'apex',
  'customNotificationAction',
  'emailAlert',
  'emailSimple',
  'externalService',
  'flow',
];

/** Name and label of an element, and where its connector leads. */
export function baseOf(
  node: FlowNode,
  connector = 'connector',
): { readonly name: string; readonly label: string; readonly next: string | undefined } {
  const name = node.text('name') ?? '';
  return { name, label: node.text('label') ?? name, next: targetOf(node, connector) };
}

/** Lower-cased name of the element that a connector leads to. */
export function targetOf(node: FlowNode, connector: string): string | undefined {
  const target = node.one(connector)?.text('targetReference');
  return target?.toLowerCase();
}

export function readAssignment(node: FlowNode, title: string): FlowAssignment {
  const items = node.all('assignmentItems').map((item) => {
    const read = {
      target: pathOf(item.text('assignToReference') ?? ''),
      operator: item.oneOf('operator', ASSIGNMENT_OPERATORS, 'The assignment operator'),
      value: operandOf(item.one('value'), title),
    };
    item.finish(`an item of ${title}`);
    return read;
  });
  return { kind: 'assignment', ...baseOf(node), items };
}

export function readDecision(node: FlowNode, title: string): FlowDecision {
  const rules = node.all('rules').map((rule) => {
    const read = {
      name: rule.text('name') ?? '',
      conditions: conditionsOf(rule, title),
      next: targetOf(rule, 'connector'),
    };
    // Only tells Flow Builder how the outcome is shown; entry conditions carry what the platform acts on.
    rule.ignore('doesRequireRecordChangedToMeetCriteria').finish(`an outcome of ${title}`);
    return read;
  });
  node.ignore('defaultConnectorLabel');
  return { kind: 'decision', ...baseOf(node, 'defaultConnector'), rules };
}

export function readLoop(node: FlowNode): FlowLoop {
  const target = node.text('assignNextValueToReference');
  return {
    kind: 'loop',
    ...baseOf(node, 'noMoreValuesConnector'),
    collection: pathOf(node.text('collectionReference') ?? ''),
    descending: node.oneOf('iterationOrder', ['Asc', 'Desc'], 'The iteration order') === 'Desc',
    each: targetOf(node, 'nextValueConnector'),
    itemTarget: target === undefined ? undefined : pathOf(target),
  };
}

export function readAction(node: FlowNode, title: string): FlowAction {
  const actionName = node.text('actionName') ?? '';
  const mappings = node.all('dataTypeMappings').map((row): [string, string] => {
    const mapping: [string, string] = [(row.text('typeName') ?? '').toLowerCase(), row.text('typeValue') ?? ''];
    row.finish(`a data type mapping of ${title}`);
    return mapping;
  });
  // An offset of 0 is what Flow Builder writes for an action that starts at once.
  if (node.number('offset') === 0) node.ignore('offsetUnit');
  else if (node.text('offset') !== undefined) node.refuse(`An offset of ${title}`, 'offset');
  if (node.text('timeoutPathUsage') === 'EnableTimeoutPath')
    node.refuse(`A timeout path of ${title}`, 'timeoutPathUsage');
  return {
    kind: 'action',
    ...baseOf(node),
    fault: targetOf(node, 'faultConnector'),
    actionType: node.oneOf('actionType', ACTION_TYPES, `${title} - The action type`),
    actionName,
    transaction: node.oneOf(
      'flowTransactionModel',
      ['CurrentTransaction', 'Automatic', 'NewTransaction'],
      'The transaction model',
    ),
    inputs: namedValues(node, 'inputParameters', 'name', title),
    outputs: outputsOf(node, 'outputParameters', 'name', title),
    automatic: node.flag('storeOutputAutomatically'),
    typeMappings: new Map(mappings),
  };
}

export function readSubflow(node: FlowNode, title: string): FlowSubflow {
  return {
    kind: 'subflow',
    ...baseOf(node),
    flowName: node.text('flowName') ?? '',
    inputs: namedValues(node, 'inputAssignments', 'name', title),
    outputs: outputsOf(node, 'outputAssignments', 'name', title),
    automatic: node.flag('storeOutputAutomatically'),
  };
}

const PROCESSORS = ['SortCollectionProcessor', 'FilterCollectionProcessor'] as const;

export function readCollectionProcessor(node: FlowNode, title: string): FlowCollectionFilter | FlowCollectionSort {
  const type = node.oneOf('collectionProcessorType', PROCESSORS, `${title} - The collection processor`);
  const base = { ...baseOf(node), collection: pathOf(node.text('collectionReference') ?? '') };
  if (type === 'FilterCollectionProcessor') return readFilterProcessor(node, title, base);
  const options = node.all('sortOptions').map((row) => {
    const option = {
      field: row.text('sortField'),
      descending: row.oneOf('sortOrder', ['Asc', 'Desc'], 'The sort order') === 'Desc',
      nullsFirst: row.flag('doesPutEmptyStringAndNullFirst'),
    };
    row.finish(`a sort option of ${title}`);
    return option;
  });
  return { kind: 'collectionSort', ...base, options, limit: node.number('limit') };
}

function readFilterProcessor(
  node: FlowNode,
  title: string,
  base: Pick<FlowCollectionFilter, 'name' | 'label' | 'next' | 'collection'>,
): FlowCollectionFilter {
  const item = node.text('assignNextValueToReference');
  const expression = node.text('formula');
  const logic = node.text('conditionLogic');
  const byFormula = expression !== undefined && (logic === undefined || logic === 'formula_evaluates_to_true');
  const conditions = conditionsOf(node, title);
  return {
    kind: 'collectionFilter',
    ...base,
    item: item === undefined ? undefined : pathOf(item),
    criteria: byFormula ? { kind: 'formula', expression } : { kind: 'conditions', conditions },
  };
}

export function readTransform(node: FlowNode, title: string): FlowTransform {
  const values = node.all('transformValues').flatMap((group) => {
    group.ignore('transformValueLabel', 'transformValueName', 'transformValueDescription');
    const actions = group.all('transformValueActions').map((action) => {
      const value = {
        field: action.text('outputFieldApiName'),
        type: action.oneOf('transformType', ['Map', 'Count', 'Sum'], `${title} - The transform type`),
        value: operandOf(action.one('value'), title),
      };
      action.finish(`a value of ${title}`);
      return value;
    });
    group.finish(`the values of ${title}`);
    return actions;
  });
  if (!node.flag('storeOutputAutomatically')) node.refuse(`${title} without storeOutputAutomatically`);
  return { kind: 'transform', ...baseOf(node), type: typeOf(node, title), values };
}

export function readCustomError(node: FlowNode, title: string): FlowCustomError {
  const messages = node.all('customErrorMessages').map((row) => {
    const onField = row.flag('isFieldError');
    const field = row.text('fieldSelection');
    const message = { text: textParts(row.rawText('errorMessage') ?? ''), field: onField ? field : undefined };
    row.finish(`a message of ${title}`);
    return message;
  });
  return { kind: 'customError', ...baseOf(node), messages };
}

export function readRollback(node: FlowNode): FlowRollback {
  return { kind: 'rollback', ...baseOf(node) };
}

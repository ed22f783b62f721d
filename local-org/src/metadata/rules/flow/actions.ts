import type { InvocableAction } from '../../../model/index.js';
import {
  operationNamed,
  readExternalService,
  splitActionName,
  type ServiceOperation,
} from '../../external-service/index.js';
import { connectorsOf, flowModel, partTitle, reachableFrom, type FlowModel, type FlowPart } from '../../flow/model.js';
import { integrity } from '../../flow/references.js';
import { child, childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule, RuleContext } from '../rule.js';

const types = ['Flow'];
const RECORD_TRIGGERS: ReadonlySet<string> = new Set(['RecordAfterSave', 'RecordBeforeDelete', 'RecordBeforeSave']);

interface ApexCall {
  readonly part: FlowPart;
  readonly action: InvocableAction;
}

/** The apex actions of a flow whose class has an invocable method. */
function apexCalls(root: XmlElement, { symbols }: RuleContext): readonly ApexCall[] {
  return [...flowModel(root).nodes.values()].flatMap((part) => {
    const name = textOf(part.element, 'actionName');
    if (textOf(part.element, 'actionType') !== 'apex' || name === undefined) return [];
    const action = symbols.invocable(name);
    return action === undefined ? [] : [{ part, action }];
  });
}

/** The actions of a flow that call a readable external service. */
function serviceCalls(
  root: XmlElement,
  { symbols }: RuleContext,
): readonly { readonly part: FlowPart; readonly operation: ServiceOperation | undefined }[] {
  return [...flowModel(root).nodes.values()].flatMap((part) => {
    if (textOf(part.element, 'actionType') !== 'externalService') return [];
    const { service, operation } = splitActionName(textOf(part.element, 'actionName') ?? '');
    const registration = symbols.find('ExternalServiceRegistration', service);
    if (registration === undefined) return [];
    const reading = readExternalService(service, registration.root);
    return reading.kind === 'service' ? [{ part, operation: operationNamed(reading.service, operation) }] : [];
  });
}

const noSuchAction = (part: FlowPart): string =>
  `${partTitle(part)} - We can't find an action with the name and action type that you specified.`;

const givenInputs = ({ element }: FlowPart): ReadonlySet<string | undefined> =>
  new Set(childrenOf(element, 'inputParameters').map((row) => textOf(row, 'name')?.toLowerCase()));

const missingInput = (part: FlowPart, name: string): Finding => ({
  at: child(part.element, 'actionName') ?? part.element,
  message: integrity(`${partTitle(part)} - Missing required input parameter: ${name}`),
});

/** Rows that name a parameter which does not exist. */
function* unknownNames(
  part: FlowPart,
  rows: string,
  known: readonly (string | undefined)[],
  what: string,
): Generator<Finding> {
  const names = new Set(known.map((name) => name?.toLowerCase()));
  const seen = new Set<string>();
  for (const row of childrenOf(part.element, rows)) {
    const name = textOf(row, 'name');
    if (name === undefined) continue;
    const at = child(row, 'name') ?? row;
    if (!names.has(name.toLowerCase())) {
      yield { at, message: integrity(`${partTitle(part)} - The ${what} "${name}" doesn't exist.`) };
    } else if (seen.has(name.toLowerCase())) {
      yield { at, message: integrity(`${partTitle(part)} - The ${what} "${name}" is set more than once.`) };
    }
    seen.add(name.toLowerCase());
  }
}

/** Nodes on the path that runs inside the save; empty for flows that no record starts. */
function immediateNodes(model: FlowModel): ReadonlySet<string> {
  const { start } = model;
  if (start === undefined || !RECORD_TRIGGERS.has(textOf(start, 'triggerType') ?? '')) return new Set();
  return reachableFrom(
    model,
    childrenOf(start, 'connector').flatMap((connector) => connectorsOf({ ...start, children: [connector] })),
  );
}

const flagged = (root: XmlElement, flag: string): readonly (string | undefined)[] =>
  childrenOf(root, 'variables')
    .filter((variable) => isTrue(variable, flag))
    .map((variable) => textOf(variable, 'name'));

/** Rules of actions and subflows. */
export const actionRules: readonly Rule[] = [
  {
    // PLATFORM 3.2: an apex action is a class with one invocable method.
    id: 'flow-action-is-invocable',
    types,
    *check({ root }, { symbols }) {
      for (const part of flowModel(root).nodes.values()) {
        const name = textOf(part.element, 'actionName');
        if (textOf(part.element, 'actionType') !== 'apex' || name === undefined) continue;
        if (!symbols.has('ApexClass', name) || symbols.invocable(name) !== undefined) continue;
        const at = child(part.element, 'actionName') ?? part.element;
        yield { at, message: noSuchAction(part) };
      }
    },
  },
  {
    // PLATFORM 2.5: an external service action is an operation of the registered schema.
    id: 'flow-action-is-operation',
    types,
    *check({ root }, context) {
      for (const { part, operation } of serviceCalls(root, context)) {
        if (operation === undefined)
          yield { at: child(part.element, 'actionName') ?? part.element, message: noSuchAction(part) };
      }
    },
  },
  {
    // PLATFORM 3.2: inputs and outputs are the invocable variables of the class.
    id: 'flow-action-parameters-exist',
    types,
    *check({ root }, context) {
      for (const { part, action } of apexCalls(root, context)) {
        yield* unknownNames(
          part,
          'inputParameters',
          action.inputs.map(({ name }) => name),
          'input parameter',
        );
        yield* unknownNames(
          part,
          'outputParameters',
          action.outputs.map(({ name }) => name),
          'output parameter',
        );
      }
    },
  },
  {
    // PLATFORM 3.2: required invocable variables, and required parameters of an operation, must be given.
    id: 'flow-action-required-inputs',
    types,
    *check({ root }, context) {
      for (const { part, action } of apexCalls(root, context)) {
        const given = givenInputs(part);
        for (const { name, required } of action.inputs)
          if (required && !given.has(name.toLowerCase())) yield missingInput(part, name);
      }
      for (const { part, operation } of serviceCalls(root, context)) {
        const given = givenInputs(part);
        for (const { name, required } of operation?.parameters ?? [])
          if (required && !given.has(name.toLowerCase())) yield missingInput(part, name);
      }
    },
  },
  {
    // PLATFORM 2.5: a subflow takes its variables for input and gives those for output.
    id: 'flow-subflow-parameters-exist',
    types,
    *check({ root }, { symbols }) {
      for (const part of flowModel(root).nodes.values()) {
        const name = part.kind === 'subflows' ? textOf(part.element, 'flowName') : undefined;
        const called = name === undefined ? undefined : symbols.find('Flow', name);
        if (called === undefined) continue;
        yield* unknownNames(part, 'inputAssignments', flagged(called.root, 'isInput'), 'input variable');
        yield* unknownNames(part, 'outputAssignments', flagged(called.root, 'isOutput'), 'output variable');
      }
    },
  },
  {
    // PLATFORM 2.2, 2.4: callouts run on scheduled and asynchronous paths; inside the save they fail when the flow runs.
    id: 'flow-no-callout-in-the-save',
    types,
    *check({ root }, context) {
      const immediate = immediateNodes(flowModel(root));
      for (const { part, action } of apexCalls(root, context)) {
        if (!action.callout || !immediate.has(part.name.toLowerCase())) continue;
        yield {
          at: part.element,
          severity: 'Warning',
          message: `${partTitle(part)} makes a callout in the transaction of the save, where callouts are not supported. Use an asynchronous or scheduled path.`,
        };
      }
    },
  },
  {
    // PLATFORM 2.4: transaction control in record-triggered flows exists only on asynchronous and scheduled paths.
    id: 'flow-no-new-transaction-in-the-save',
    types,
    *check({ root }) {
      const model = flowModel(root);
      const immediate = immediateNodes(model);
      for (const part of model.nodes.values()) {
        const at = child(part.element, 'flowTransactionModel');
        if (at?.text.trim() !== 'NewTransaction' || !immediate.has(part.name.toLowerCase())) continue;
        const message = `${partTitle(part)} - NewTransaction can be used only on asynchronous and scheduled paths of a record-triggered flow.`;
        yield { at, message: integrity(message) };
      }
    },
  },
];

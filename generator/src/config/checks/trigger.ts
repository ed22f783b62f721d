import { finding, quote } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import type { IntegrationConfig } from '../schema/index.js';
import type { Check, Subject } from './check.js';

const rules = {
  runtimeObject: {
    code: 'runtime-object',
    severity: 'error',
    summary: "A trigger does not watch the runtime's own objects.",
    reason: 'Each delivery would change such a record and start the next delivery, without end.',
    fix: 'Watch the business object instead.',
  },
  unwatchableObject: {
    code: 'unwatchable-object',
    severity: 'error',
    summary: 'A trigger watches an object that record-triggered flows support.',
    reason:
      'Salesforce has no record-triggered flows for metadata types, events, big, external, history, feed, share and knowledge objects.',
    fix: 'Watch the business object instead.',
  },
  mixedDml: {
    code: 'mixed-dml',
    severity: 'error',
    summary: 'A queued trigger does not watch a setup object.',
    reason:
      'The outbox row is saved with the record. Salesforce refuses that for setup objects with MIXED_DML_OPERATION: users could not be saved any more.',
    fix: 'Write `delivery: immediate`, which runs in a transaction of its own.',
  },
  immediateInTrigger: {
    code: 'immediate-in-trigger',
    severity: 'warning',
    summary: 'A record trigger delivers through the outbox.',
    reason:
      'The call is made by the user who saved the record, after the save: a missing permission, an expired session or a full hour loses the call before it reaches the outbox, and order is not kept.',
    fix: 'Remove `delivery: immediate`, unless the answer is needed within seconds and a lost call does no harm.',
  },
  changedOnCreate: {
    code: 'changed-on-create',
    severity: 'error',
    summary: 'Changed fields belong to updates.',
    reason: 'A record that is created has no prior values, so the condition would never hold or always.',
    fix: 'Remove `changedFields`, or write `when: createOrUpdate`.',
  },
  repeatedField: {
    code: 'repeated-field',
    severity: 'warning',
    summary: 'A field is listed once.',
    reason: 'The second mention has no effect.',
    fix: 'Remove it.',
  },
  conditionValue: {
    code: 'condition-value',
    severity: 'error',
    summary: "A condition's value fits its operator.",
    reason: 'Salesforce refuses the flow, or compares text where a number is meant.',
    fix: 'Give a value of that kind.',
  },
  conditionMergeField: {
    code: 'condition-merge-field',
    severity: 'error',
    summary: "A condition's value is a constant.",
    reason: "A flow's entry conditions compare a field with a constant only.",
    fix: 'Add a formula field to the object that does the comparison, and test it for true.',
  },
  immediateConditions: {
    code: 'immediate-conditions',
    severity: 'error',
    summary: 'Immediate delivery on createOrUpdate does not combine changed fields with conditions on text.',
    reason:
      'A flow can say "created or changed" only in a formula, which compares texts and picklists in different ways, and the asynchronous path starts before a decision could look.',
    fix: 'Write `delivery: queued` or `when: update`.',
  },
  actionOnlyKey: {
    code: 'action-only-key',
    severity: 'error',
    summary: 'inputs and object belong to an integration without a trigger.',
    reason: 'A trigger has no caller who could pass in values, and it names its object itself.',
    fix: 'Remove the key, or remove the trigger.',
  },
  deliveryLoop: {
    code: 'delivery-loop',
    severity: 'error',
    summary: 'Writing the answer to the record does not start the next delivery.',
    reason:
      'The update with the answer is a save like any other: it starts the next delivery, whose answer starts the next, without end.',
    fix: 'List the fields that matter in `changedFields`, without those that the answer is written to.',
  },
} as const satisfies Record<string, Rule>;

const SETUP_OBJECTS = new Set(
  'group groupmember permissionset permissionsetassignment queuesobject setupentityaccess territory territory2 user userpackagelicense userrole userterritory userterritory2association'.split(
    ' ',
  ),
);
const RUNTIME_OBJECTS = new Set([
  'calloutqueue__c',
  'calloutcircuit__c',
  'calloutheartbeat__c',
  'callouttokenstatus__c',
  'calloutwakeup__e',
  'calloutpolicy__mdt',
]);
const UNWATCHABLE = /__(?:mdt|e|b|x|kav|share|history|feed|changeevent|xo)$|[a-z](?:History|Share|Feed|ChangeEvent)$/i;

/** Checks what starts a delivery. */
export const triggerCheck: Check = {
  rules,
  needs: ['trigger', 'object', 'inputs', 'requests'],
  *run(subject) {
    const { trigger } = subject.config;
    if (trigger === undefined) return;
    yield* objectFindings(trigger);
    yield* changeFindings(trigger);
    yield* immediateFindings(trigger);
    for (const [index] of trigger.conditions.entries()) yield* conditionFindings(trigger, index);
    for (const key of ['object', 'inputs'] as const) {
      if (subject.written(key))
        yield finding([key], rules.actionOnlyKey, `The key "${key}" stands beside a trigger.`, { atKey: true });
    }
    yield* loopFindings(subject, trigger);
  },
};

type TriggerConfig = NonNullable<IntegrationConfig['trigger']>;

function* objectFindings({ object, delivery }: TriggerConfig): Iterable<Finding> {
  const at = ['trigger', 'object'];
  const name = object.toLowerCase();
  if (RUNTIME_OBJECTS.has(name)) yield finding(at, rules.runtimeObject, `${quote(object)} belongs to the runtime.`);
  else if (UNWATCHABLE.test(object))
    yield finding(at, rules.unwatchableObject, `Flows cannot be triggered by ${quote(object)}.`);
  else if (SETUP_OBJECTS.has(name) && delivery === 'queued')
    yield finding(at, rules.mixedDml, `${quote(object)} is a setup object.`);
}

function* changeFindings({ when, changedFields }: TriggerConfig): Iterable<Finding> {
  if (when === 'create' && changedFields.length > 0) {
    yield finding(
      ['trigger', 'changedFields'],
      rules.changedOnCreate,
      'Nothing has changed when a record is created.',
      { atKey: true },
    );
  }
  const seen = new Set<string>();
  for (const [index, field] of changedFields.entries()) {
    const name = field.toLowerCase();
    if (seen.has(name))
      yield finding(['trigger', 'changedFields', index], rules.repeatedField, `${quote(field)} is listed twice.`);
    seen.add(name);
  }
}

const TEXT_OPERATORS = new Set(['startsWith', 'endsWith', 'contains']);

function* immediateFindings({ delivery, when, changedFields, conditions }: TriggerConfig): Iterable<Finding> {
  if (delivery !== 'immediate') return;
  const at = ['trigger', 'delivery'];
  yield finding(at, rules.immediateInTrigger, 'The call is not made through the outbox.');
  const onText = conditions.find(({ operator, value }) => TEXT_OPERATORS.has(operator) || typeof value === 'string');
  if (when === 'createOrUpdate' && changedFields.length > 0 && onText !== undefined) {
    yield finding(at, rules.immediateConditions, `The condition on ${quote(onText.field)} compares text.`);
  }
}

type Condition = TriggerConfig['conditions'][number];

/** Which kinds of value an operator takes, and how that is said. */
const OPERANDS: Readonly<
  Record<Condition['operator'], { readonly types: readonly string[]; readonly phrase: string }>
> = {
  equals: { types: ['string', 'number', 'boolean'], phrase: 'text, a number, true or false' },
  notEquals: { types: ['string', 'number', 'boolean'], phrase: 'text, a number, true or false' },
  greaterThan: { types: ['string', 'number'], phrase: 'a number, or a date as text' },
  greaterThanOrEqual: { types: ['string', 'number'], phrase: 'a number, or a date as text' },
  lessThan: { types: ['string', 'number'], phrase: 'a number, or a date as text' },
  lessThanOrEqual: { types: ['string', 'number'], phrase: 'a number, or a date as text' },
  startsWith: { types: ['string'], phrase: 'text' },
  endsWith: { types: ['string'], phrase: 'text' },
  contains: { types: ['string'], phrase: 'text' },
  isNull: { types: ['boolean', 'undefined'], phrase: 'true or false' },
};

function* conditionFindings(trigger: TriggerConfig, index: number): Iterable<Finding> {
  const condition = trigger.conditions[index];
  if (condition === undefined) return;
  const { operator, value, field } = condition;
  const at = ['trigger', 'conditions', index];
  const { types, phrase } = OPERANDS[operator];
  if (!types.includes(typeof value)) {
    const found =
      value === undefined ? 'there is none' : `found ${typeof value === 'string' ? quote(value) : String(value)}`;
    yield finding(
      [...at, 'value'],
      rules.conditionValue,
      `${operator} compares ${quote(field)} with ${phrase}; ${found}.`,
    );
  } else if (typeof value === 'string' && value.includes('{!')) {
    yield finding([...at, 'value'], rules.conditionMergeField, `The value ${quote(value)} holds a merge field.`);
  }
}

/** A save by the runtime that meets the trigger's own conditions. */
function* loopFindings({ config: { requests } }: Subject, trigger: TriggerConfig): Iterable<Finding> {
  if (trigger.when === 'create') return;
  const changed = new Set(trigger.changedFields.map((field) => field.toLowerCase()));
  for (const [index, request] of requests.entries()) {
    for (const field of Object.keys(request.response.fields)) {
      const path = ['requests', index, 'response', 'fields', field];
      if (changed.has(field.toLowerCase())) {
        yield finding(path, rules.deliveryLoop, `The answer is written to ${quote(field)}, which starts a delivery.`, {
          atKey: true,
        });
      } else if (changed.size === 0) {
        yield finding(
          path,
          rules.deliveryLoop,
          `The answer is written to ${quote(field)}, and every update starts a delivery.`,
          { atKey: true },
        );
      }
    }
  }
}

import { flowModel } from '../../flow/model.js';
import { integrity } from '../../flow/references.js';
import { child, childrenOf, textOf, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';

const types = ['Flow'];
const RECORD_TRIGGERS: ReadonlySet<string> = new Set(['RecordAfterSave', 'RecordBeforeDelete', 'RecordBeforeSave']);
const SCHEDULE_FREQUENCIES: ReadonlySet<string> = new Set(['Once', 'Daily', 'Weekly']);

/** Elements that a flow before the save cannot have: it may only look things up and change the record itself. */
const NOT_BEFORE_SAVE: readonly string[] = [
  'actionCalls',
  'recordCreates',
  'recordDeletes',
  'recordRollbacks',
  'subflows',
];

const triggerOf = (root: XmlElement): string | undefined => {
  const { start } = flowModel(root);
  return start === undefined ? undefined : textOf(start, 'triggerType');
};

function* recordTrigger(start: XmlElement, trigger: string): Generator<Finding> {
  for (const element of ['object', 'recordTriggerType']) {
    if (textOf(start, element) === undefined) yield { at: start, message: `Required field is missing: ${element}` };
  }
  const when = textOf(start, 'recordTriggerType');
  const deletes = trigger === 'RecordBeforeDelete';
  if (when !== undefined && deletes !== (when === 'Delete')) {
    const at = child(start, 'recordTriggerType') ?? start;
    yield {
      at,
      message: integrity(`Flows with the trigger type ${trigger} can't have the record trigger type ${when}.`),
    };
  }
}

/** Rules of how a flow starts. */
export const triggerRules: readonly Rule[] = [
  {
    // PLATFORM 2.5: triggerType, recordTriggerType and object belong together.
    id: 'flow-record-trigger-complete',
    types,
    *check({ root }) {
      const { start } = flowModel(root);
      const trigger = triggerOf(root);
      if (start !== undefined && trigger !== undefined && RECORD_TRIGGERS.has(trigger))
        yield* recordTrigger(start, trigger);
    },
  },
  {
    // PLATFORM 2.5: screen flows are started by people, not by records, schedules or events.
    id: 'flow-screen-flow-has-no-trigger',
    types,
    *check({ root }) {
      const trigger = triggerOf(root);
      const { start } = flowModel(root);
      if (textOf(root, 'processType') !== 'Flow' || trigger === undefined || start === undefined) return;
      yield {
        at: child(start, 'triggerType') ?? start,
        message: integrity(`Flows of type Flow can't have the trigger type ${trigger}.`),
      };
    },
  },
  {
    // PLATFORM 2.1: only Once, Daily and Weekly are legal; Hourly and the others are for segment-triggered flows.
    id: 'flow-schedule-frequency',
    types,
    *check({ root }) {
      const { start } = flowModel(root);
      if (start === undefined || triggerOf(root) !== 'Scheduled') return;
      const schedule = child(start, 'schedule');
      if (schedule === undefined) {
        yield { at: start, message: 'Required field is missing: schedule' };
        return;
      }
      const frequency = textOf(schedule, 'frequency');
      if (frequency === undefined || SCHEDULE_FREQUENCIES.has(frequency)) return;
      const message = `The frequency ${frequency} is only for segment-triggered flows. A schedule-triggered flow runs Once, Daily or Weekly.`;
      yield { at: child(schedule, 'frequency') ?? schedule, message: integrity(message) };
    },
  },
  {
    // PLATFORM 2.1: a schedule has a day and a time to start at.
    id: 'flow-schedule-start',
    types,
    *check({ root }) {
      const { start } = flowModel(root);
      const schedule = start === undefined ? undefined : child(start, 'schedule');
      if (schedule === undefined || triggerOf(root) !== 'Scheduled') return;
      for (const element of ['frequency', 'startDate', 'startTime']) {
        if (textOf(schedule, element) === undefined)
          yield { at: schedule, message: `Required field is missing: ${element}` };
      }
    },
  },
  {
    // PLATFORM 2.5, 3.5: an event-triggered flow listens to a platform event.
    id: 'flow-event-trigger-needs-event',
    types,
    *check({ root }, { symbols }) {
      const { start } = flowModel(root);
      if (start === undefined || triggerOf(root) !== 'PlatformEvent') return;
      const object = textOf(start, 'object');
      if (object === undefined) yield { at: start, message: 'Required field is missing: object' };
      const kind = object === undefined ? undefined : symbols.object(object)?.kind;
      if (kind !== undefined && kind !== 'event' && kind !== 'standard') {
        yield {
          at: child(start, 'object') ?? start,
          message: integrity(`The object "${object ?? ''}" isn't a platform event.`),
        };
      }
    },
  },
  {
    // PLATFORM 2.5: before the save a flow can only look things up and change the record that is saved.
    id: 'flow-before-save-elements',
    types,
    *check({ root }) {
      if (triggerOf(root) !== 'RecordBeforeSave') return;
      const refused = NOT_BEFORE_SAVE.flatMap((name) => childrenOf(root, name));
      const others = childrenOf(root, 'recordUpdates').filter(
        (update) => textOf(update, 'inputReference') !== '$Record',
      );
      for (const at of [...refused, ...others]) {
        const message = `Flows with the trigger type RecordBeforeSave can't contain the element ${textOf(at, 'name') ?? at.local}.`;
        yield { at, message: integrity(message) };
      }
    },
  },
];

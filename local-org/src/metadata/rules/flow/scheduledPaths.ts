import { flowModel } from '../../flow/model.js';
import { integrity } from '../../flow/references.js';
import { child, childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import type { Subject } from '../../subject.js';
import type { Rule } from '../rule.js';

const types = ['Flow'];
const ASYNC = 'AsyncAfterCommit';

/** What an asynchronous path may not say, named as the platform names it. */
const NOT_ASYNC: readonly (readonly [element: string, title: string])[] = [
  ['label', 'Label'],
  ['timeSource', 'TimeSource'],
  ['offsetUnit', 'OffsetUnit'],
  ['offsetNumber', 'OffsetNumber'],
  ['recordField', 'RecordField'],
  ['maxBatchSize', 'MaxBatchSize'],
];

function pathsOf({ root }: Subject): readonly XmlElement[] {
  const { start } = flowModel(root);
  return start === undefined ? [] : childrenOf(start, 'scheduledPaths');
}

const isAsync = (path: XmlElement): boolean => textOf(path, 'pathType') === ASYNC;
const timePaths = (subject: Subject): readonly XmlElement[] => pathsOf(subject).filter((path) => !isAsync(path));

/** Rules of scheduled paths. */
export const scheduledPathRules: readonly Rule[] = [
  {
    // PLATFORM 2.2: only record-triggered flows after the save have scheduled paths.
    id: 'scheduled-paths-after-save-only',
    types,
    *check(subject) {
      const { start } = flowModel(subject.root);
      const [first] = pathsOf(subject);
      if (start === undefined || first === undefined) return;
      const trigger = textOf(start, 'triggerType');
      if (trigger === 'RecordAfterSave') return;
      const which = trigger === undefined ? 'without a trigger type' : `with the trigger type ${trigger}`;
      yield { at: first, message: integrity(`Flows ${which} can't have scheduled paths.`) };
    },
  },
  {
    // PLATFORM 2.2: an AsyncAfterCommit path has only its connector and pathType; orgs refuse the six others.
    id: 'async-path-has-only-connector',
    types,
    *check(subject) {
      for (const path of pathsOf(subject).filter(isAsync)) {
        for (const [element, title] of NOT_ASYNC) {
          const at = child(path, element);
          if (at !== undefined)
            yield { at, message: integrity(`Scheduled paths of type ${ASYNC} can't have the field ${title}.`) };
        }
      }
    },
  },
  {
    // PLATFORM 2.2: a time-based path has name, label, time source, offset number and unit.
    id: 'scheduled-path-complete',
    types,
    *check(subject) {
      for (const path of timePaths(subject)) {
        for (const element of ['name', 'label', 'timeSource', 'offsetNumber', 'offsetUnit']) {
          if (textOf(path, element) === undefined) yield { at: path, message: `Required field is missing: ${element}` };
        }
      }
    },
  },
  {
    // PLATFORM 2.2: RecordField needs a recordField, RecordTriggerEvent has none.
    id: 'scheduled-path-record-field',
    types,
    *check(subject) {
      for (const path of timePaths(subject)) {
        const source = textOf(path, 'timeSource');
        const field = child(path, 'recordField');
        if (source === 'RecordField' && field === undefined)
          yield { at: path, message: 'Required field is missing: recordField' };
        if (source === 'RecordTriggerEvent' && field !== undefined) {
          yield { at: field, message: integrity('recordField can be used only with the time source RecordField.') };
        }
        if (source === 'RecordTriggerEvent' && Number(textOf(path, 'offsetNumber')) < 0) {
          yield {
            at: child(path, 'offsetNumber') ?? path,
            message: integrity("A path can't start before the event that triggers it."),
          };
        }
      }
    },
  },
  {
    // PLATFORM 2.2: the time comes from a date or a date and time.
    id: 'scheduled-path-field-is-date',
    types,
    *check(subject, { symbols }) {
      const { start } = flowModel(subject.root);
      const object = start === undefined ? undefined : textOf(start, 'object');
      for (const path of timePaths(subject)) {
        const name = textOf(path, 'recordField');
        if (object === undefined || name === undefined) continue;
        const lookup = symbols.field(object, name);
        if (lookup.kind !== 'field' || lookup.field.valueType === 'Date' || lookup.field.valueType === 'Datetime')
          continue;
        yield {
          at: child(path, 'recordField') ?? path,
          message: integrity(`The field "${name}" isn't a date or date/time field.`),
        };
      }
    },
  },
  {
    // PLATFORM 2.2: maxBatchSize 1 to 200.
    id: 'scheduled-path-batch-size',
    types,
    *check(subject) {
      for (const path of pathsOf(subject)) {
        const size = textOf(path, 'maxBatchSize');
        if (size === undefined || (Number(size) >= 1 && Number(size) <= 200)) continue;
        yield {
          at: child(path, 'maxBatchSize') ?? path,
          message: integrity(`maxBatchSize must be between 1 and 200, but is ${size}.`),
        };
      }
    },
  },
  {
    // PLATFORM 2.2: paths are known by their names.
    id: 'scheduled-path-names-unique',
    types,
    *check(subject) {
      const seen = new Set<string>();
      for (const path of pathsOf(subject)) {
        const name = textOf(path, 'name');
        if (name !== undefined && seen.has(name.toLowerCase())) {
          yield {
            at: child(path, 'name') ?? path,
            message: integrity(`The name "${name}" is used more than once in the flow.`),
          };
        }
        if (name !== undefined) seen.add(name.toLowerCase());
      }
    },
  },
  {
    // PLATFORM 2.2: every real flow with filters and a time-based path runs only when a change meets the criteria.
    id: 'scheduled-path-needs-change-to-meet-criteria',
    types,
    *check(subject) {
      const { start } = flowModel(subject.root);
      const [path] = timePaths(subject);
      if (start === undefined || path === undefined) return;
      const updates = /Update$/.test(textOf(start, 'recordTriggerType') ?? '');
      const filtered = childrenOf(start, 'filters').length > 0 || textOf(start, 'filterFormula') !== undefined;
      if (!updates || !filtered || isTrue(start, 'doesRequireRecordChangedToMeetCriteria')) return;
      yield {
        at: path,
        severity: 'Warning',
        message:
          'A flow with entry conditions and a scheduled path should set doesRequireRecordChangedToMeetCriteria to true.',
      };
    },
  },
];

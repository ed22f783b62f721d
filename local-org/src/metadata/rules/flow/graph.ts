import { connectorsOf, flowModel, partTitle } from '../../flow/model.js';
import { integrity } from '../../flow/references.js';
import { child, childrenOf, textOf } from '../../xml/document.js';
import { isApiName, nameForm } from '../names.js';
import type { Rule } from '../rule.js';

const types = ['Flow'];

/** Rules of a flow as a graph. */
export const graphRules: readonly Rule[] = [
  {
    // PLATFORM 2.5: a connector's targetReference names an element of the flow.
    id: 'flow-connectors-lead-somewhere',
    types,
    *check({ root }) {
      const model = flowModel(root);
      for (const { element, target } of connectorsOf(root)) {
        if (!model.nodes.has(target.toLowerCase())) {
          yield { at: element, message: integrity(`The element has an invalid reference to "${target}".`) };
        }
      }
      const legacy = child(root, 'startElementReference');
      if (legacy !== undefined && !model.nodes.has(legacy.text.trim().toLowerCase())) {
        yield { at: legacy, message: integrity(`The element has an invalid reference to "${legacy.text.trim()}".`) };
      }
    },
  },
  {
    // PLATFORM 2.5: elements, resources, outcomes and screen fields share one set of names.
    id: 'flow-names-unique',
    types,
    *check({ root }) {
      const seen = new Set<string>();
      for (const { name, element } of flowModel(root).named) {
        const at = child(element, 'name') ?? element;
        if (!isApiName(name)) yield { at, message: integrity(nameForm(name)) };
        if (seen.has(name.toLowerCase()))
          yield { at, message: integrity(`The name "${name}" is used more than once in the flow.`) };
        seen.add(name.toLowerCase());
      }
    },
  },
  {
    // PLATFORM 2.5: start must be connected, unless everything happens on scheduled paths.
    id: 'flow-start-connected',
    types,
    *check({ root }) {
      const { start } = flowModel(root);
      const legacy = textOf(root, 'startElementReference') !== undefined;
      const connected = start !== undefined && connectorsOf(start).length > 0;
      if (legacy || connected) return;
      yield {
        at: start ?? root,
        message: integrity("The flow can't run because nothing is connected to the Start element."),
      };
    },
  },
  {
    // PLATFORM 2.5: a faultConnector must not target its own element.
    id: 'flow-fault-connector-not-to-itself',
    types,
    *check({ root }) {
      for (const part of flowModel(root).nodes.values()) {
        for (const { element, target, fault } of connectorsOf(part.element)) {
          if (fault && target.toLowerCase() === part.name.toLowerCase()) {
            yield {
              at: element,
              message: integrity(`${partTitle(part)} - The fault connector can't target its own element.`),
            };
          }
        }
      }
    },
  },
  {
    // PLATFORM 2.5: a loop needs something to run over.
    id: 'flow-loop-has-collection',
    types,
    *check({ root }) {
      for (const loop of childrenOf(root, 'loops')) {
        if (textOf(loop, 'collectionReference') === undefined)
          yield { at: loop, message: 'Required field is missing: collectionReference' };
      }
    },
  },
];

import type { XmlElement } from '../../xml/document.js';
import { nodeKinds } from '../elements.js';
import type { FlowElement } from './elements.js';
import type { FlowDefinition } from './flow.js';
import { FlowNode, type FlowRefusal } from './node.js';
import { textParts } from './operands.js';
import type { FlowResource } from './resources.js';
import { resourceReaders } from './read-resources.js';
import { readStart } from './read-start.js';

/** A flow as far as it could be read, and everything in it that the local org does not run. */
export interface FlowReading {
  readonly definition: FlowDefinition;
  /** Empty when the flow runs. */
  readonly refusals: readonly FlowRefusal[];
}

/** Children of the root that say how the flow is listed, built and logged, not how it runs. */
const SILENT_PROPERTIES = [
  'areMetricsLoggedToDataCloud',
  'customProperties',
  'environments',
  'fullName',
  'isAdditionalPermissionRequiredToRun',
  'isOverridable',
  'isTemplate',
  'migratedFromWorkflowRuleName',
  'sourceTemplate',
  'status',
  'triggerOrder',
] as const;

/** Reads a Flow file. @param name API name of the flow */
export function readFlow(name: string, root: XmlElement): FlowReading {
  const refusals: FlowRefusal[] = [];
  const node = new FlowNode(root, refusals).ignore(...SILENT_PROPERTIES);
  const elements = new Map<string, FlowElement>();
  for (const [kind, { label, read }] of nodeKinds) {
    for (const found of node.all(kind)) {
      const title = `${found.text('name') ?? ''} (${label})`;
      if (read === undefined) {
        found.refuse(`The flow element ${label} (${kind})`);
        continue;
      }
      const element = read(found, title);
      found.finish(title);
      elements.set(element.name.toLowerCase(), element);
    }
  }
  const definition: FlowDefinition = {
    name,
    label: node.text('label') ?? name,
    apiVersion: node.number('apiVersion') ?? 0,
    processType: node.oneOf('processType', ['AutoLaunchedFlow', 'Flow'], 'The process type'),
    isActive: node.text('status') === 'Active',
    runMode: node.oneOf(
      'runInMode',
      ['DefaultMode', 'SystemModeWithSharing', 'SystemModeWithoutSharing'],
      'The run mode',
    ),
    interviewLabel: textParts(node.text('interviewLabel') ?? ''),
    triggerOrder: node.number('triggerOrder'),
    start: readStart(node.one('start'), node.text('startElementReference')?.toLowerCase()),
    elements,
    resources: readResources(node),
  };
  node.finish('a flow');
  return { definition, refusals };
}

function readResources(node: FlowNode): ReadonlyMap<string, FlowResource> {
  const resources = new Map<string, FlowResource>();
  for (const [kind, read] of resourceReaders) {
    for (const found of node.all(kind)) {
      const resource = read(found, found.text('name') ?? '');
      found.finish(resource.name);
      resources.set(resource.name.toLowerCase(), resource);
    }
  }
  return resources;
}

import type { FlowElement } from './definition/elements.js';
import type { FlowNode } from './definition/node.js';
import {
  readAction,
  readAssignment,
  readCollectionProcessor,
  readCustomError,
  readDecision,
  readLoop,
  readRollback,
  readSubflow,
  readTransform,
} from './definition/read-elements.js';
import { readCreate, readDelete, readLookup, readUpdate } from './definition/read-records.js';
import { readScreen } from './definition/read-screens.js';

/** What the local org knows about one kind of flow element. */
interface ElementKind {
  /** How Flow Builder calls it. */
  readonly label: string;
  /** Reads it for the engine; absent for elements that do not run here. */
  readonly read?: (node: FlowNode, title: string) => FlowElement;
}

/** Top-level elements of a flow that run, by their name in the file: what deployments accept and what the engine runs. */
export const nodeKinds: ReadonlyMap<string, ElementKind> = new Map<string, ElementKind>([
  ['actionCalls', { label: 'Action', read: readAction }],
  ['apexPluginCalls', { label: 'Legacy Apex Action' }],
  ['assignments', { label: 'Assignment', read: readAssignment }],
  ['collectionProcessors', { label: 'Collection Processor', read: readCollectionProcessor }],
  ['customErrors', { label: 'Custom Error', read: readCustomError }],
  ['dataLookups', { label: 'Get Data' }],
  ['decisions', { label: 'Decision', read: readDecision }],
  ['ends', { label: 'End' }],
  ['experiments', { label: 'Experiment' }],
  ['loops', { label: 'Loop', read: readLoop }],
  ['orchestratedStages', { label: 'Stage' }],
  ['recordCreates', { label: 'Create Records', read: readCreate }],
  ['recordDeletes', { label: 'Delete Records', read: readDelete }],
  ['recordLookups', { label: 'Get Records', read: readLookup }],
  ['recordRollbacks', { label: 'Roll Back Records', read: readRollback }],
  ['recordUpdates', { label: 'Update Records', read: readUpdate }],
  ['screens', { label: 'Screen', read: readScreen }],
  ['steps', { label: 'Step' }],
  ['subflows', { label: 'Subflow', read: readSubflow }],
  ['transforms', { label: 'Transform', read: readTransform }],
  ['waits', { label: 'Wait' }],
]);

/** Top-level elements of a flow that hold values. */
export const resourceKinds: ReadonlySet<string> = new Set([
  'choices',
  'constants',
  'dynamicChoiceSets',
  'formulas',
  'stages',
  'textTemplates',
  'variables',
]);

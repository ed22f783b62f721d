/** What the local org knows about one kind of flow element: how Flow Builder calls it, and whether it can run here. */
interface ElementKind {
  readonly label: string;
  readonly supported: boolean;
}

/** Top-level elements of a flow that run, by their name in the file. */
export const nodeKinds: ReadonlyMap<string, ElementKind> = new Map([
  ['actionCalls', { label: 'Action', supported: true }],
  ['apexPluginCalls', { label: 'Legacy Apex Action', supported: false }],
  ['assignments', { label: 'Assignment', supported: true }],
  ['collectionProcessors', { label: 'Collection Processor', supported: true }],
  ['customErrors', { label: 'Custom Error', supported: true }],
  ['dataLookups', { label: 'Get Data', supported: false }],
  ['decisions', { label: 'Decision', supported: true }],
  ['ends', { label: 'End', supported: false }],
  ['experiments', { label: 'Experiment', supported: false }],
  ['loops', { label: 'Loop', supported: true }],
  ['orchestratedStages', { label: 'Stage', supported: false }],
  ['recordCreates', { label: 'Create Records', supported: true }],
  ['recordDeletes', { label: 'Delete Records', supported: true }],
  ['recordLookups', { label: 'Get Records', supported: true }],
  ['recordRollbacks', { label: 'Roll Back Records', supported: true }],
  ['recordUpdates', { label: 'Update Records', supported: true }],
  ['screens', { label: 'Screen', supported: true }],
  ['steps', { label: 'Step', supported: false }],
  ['subflows', { label: 'Subflow', supported: true }],
  ['transforms', { label: 'Transform', supported: false }],
  ['waits', { label: 'Wait', supported: false }],
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

/** Kinds of actions that the local org can run. */
export const supportedActionTypes: ReadonlySet<string> = new Set([
  'apex',
  'customNotificationAction',
  'emailSimple',
  'flow',
]);

/** Process types that the local org can run. */
export const supportedProcessTypes: ReadonlySet<string> = new Set(['AutoLaunchedFlow', 'Flow']);

/** Triggers that the local org can fire; a flow without one is started by something else. */
export const supportedTriggerTypes: ReadonlySet<string> = new Set([
  'PlatformEvent',
  'RecordAfterSave',
  'RecordBeforeDelete',
  'RecordBeforeSave',
  'Scheduled',
]);

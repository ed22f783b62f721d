import type {
  Flow,
  FlowActionCall,
  FlowConnector,
  FlowElementReferenceOrValue,
  FlowInputFieldAssignment,
} from '@salesforce/types/metadata';
import { API_VERSION } from '../places.js';
import type { Source } from '../xml/index.js';

export type FlowValue = Source<FlowElementReferenceOrValue>;

export const literal = (stringValue: string): FlowValue => ({ stringValue });
export const flag = (booleanValue: boolean): FlowValue => ({ booleanValue });
export const reference = (elementReference: string): FlowValue => ({ elementReference });

/** Now, when the element runs. */
export const NOW: FlowValue = reference('$Flow.CurrentDateTime');

/** Connects to an element that no other connector reaches; a second one would need `isGoTo`. */
export function to(targetReference: string): Source<FlowConnector> {
  return { targetReference };
}

/** Field assignments in the order in which Flow Builder saves them: by field. */
export function assignments(values: Readonly<Record<string, FlowValue>>): readonly Source<FlowInputFieldAssignment>[] {
  return Object.entries(values)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, value]) => ({ field, value }));
}

/** What differs between the Apex actions that flows call. */
export interface ApexActionOptions {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Row of the auto layout, counted from the start element. */
  readonly row: number;
  readonly column?: number;
  readonly apexClass: string;
  readonly inputs: Readonly<Record<string, FlowValue>>;
  readonly transaction: NonNullable<FlowActionCall['flowTransactionModel']>;
  readonly connector?: Source<FlowConnector>;
  readonly faultConnector: Source<FlowConnector>;
}

/**
 * An Apex action. The transaction model is always written: the schema does not ask for it, the reference does (PLATFORM 2.4).
 * So is a fault connector: without one the platform adds its own retries to the runtime's (PLATFORM 2.3).
 */
export function apexAction(options: ApexActionOptions): Source<FlowActionCall> {
  return {
    description: options.description,
    name: options.name,
    label: options.label,
    ...position(options.row, options.column),
    actionName: options.apexClass,
    actionType: 'apex',
    connector: options.connector,
    faultConnector: options.faultConnector,
    flowTransactionModel: options.transaction,
    inputParameters: Object.entries(options.inputs).map(([name, value]) => ({ name, value })),
    nameSegment: options.apexClass,
    offset: 0,
    storeOutputAutomatically: true,
  };
}

const FIRST_ROW = 323;
const ROW_HEIGHT = 120;
const FIRST_COLUMN = 176;
const COLUMN_WIDTH = 264;

/** Where auto layout draws an element: rows below the start element, columns to the right for fault paths and outcomes. */
export function position(row: number, column = 0): { readonly locationX: number; readonly locationY: number } {
  return { locationX: FIRST_COLUMN + column * COLUMN_WIDTH, locationY: FIRST_ROW + (row - 1) * ROW_HEIGHT };
}

export const START_POSITION = { locationX: 50, locationY: 0 } as const;

type FlowBody = Omit<
  Source<Flow>,
  'apiVersion' | 'environments' | 'interviewLabel' | 'processMetadataValues' | 'processType' | 'status'
>;

/**
 * An active autolaunched flow with what Flow Builder writes around every one (PLATFORM 2.5). The label of its interviews holds
 * the API name and not the label, as a label may hold text that the platform would take for a merge field.
 */
export function activeFlow(apiName: string, body: FlowBody): Source<Flow> {
  return {
    apiVersion: API_VERSION,
    areMetricsLoggedToDataCloud: false,
    environments: ['Default'],
    interviewLabel: `${apiName} {!$Flow.CurrentDateTime}`,
    processMetadataValues: BUILDER,
    processType: 'AutoLaunchedFlow',
    status: 'Active',
    ...body,
  };
}

const BUILDER = [
  { name: 'BuilderType', value: literal('LightningFlowBuilder') },
  { name: 'CanvasMode', value: literal('AUTO_LAYOUT_CANVAS') },
  { name: 'OriginBuilderType', value: literal('LightningFlowBuilder') },
];

/** A flow that every integration shares. */
export interface RuntimeFlow {
  readonly name: string;
  readonly flow: Source<Flow>;
}

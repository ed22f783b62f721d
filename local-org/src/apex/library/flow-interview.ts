import {
  ApexMap,
  PlatformObject,
  runWithoutWaiting,
  Unsupported,
  type ApexRuntime,
  type FlowInterview,
  type LibraryModule,
} from '../runtime/index.js';
import { text } from './arguments.js';

/** Flow.Interview, and the class `Flow.Interview.My_Flow` that every flow has. */
export class InterviewObject extends PlatformObject {
  override readonly typeName = 'Flow.Interview';

  constructor(readonly interview: FlowInterview) {
    super();
  }
}

function create(runtime: ApexRuntime, flow: string | null, inputs: unknown): InterviewObject {
  const { flows } = runtime.options;
  if (flows === undefined) throw new Unsupported('Flow.Interview in an org without flows');
  const entries = inputs instanceof ApexMap ? [...inputs.entries()] : [];
  const named = entries.map(([name, value]): [string, unknown] => [String(name), value]);
  return new InterviewObject(flows.createInterview(text(flow), new Map(named)));
}

export const flowInterviewModule: LibraryModule = {
  owner: 'Flow.Interview',
  members: (runtime) => ({
    createInterview: (flow: string | null, inputs: unknown) => create(runtime, flow, inputs),
    'createInterview/3': (namespace: string | null, flow: string | null, inputs: unknown) => {
      if (namespace !== null && namespace !== '') throw new Unsupported(`A flow of the namespace ${namespace}`);
      return create(runtime, flow, inputs);
    },
    start: (self: InterviewObject) => runWithoutWaiting(self.interview.start()),
    getVariableValue: (self: InterviewObject, name: string | null) => self.interview.variable(text(name)),
  }),
  suspendable: () => ({
    start: (self: InterviewObject) => self.interview.start(),
  }),
};

/** `new Flow.Interview.My_Flow(inputs)` of compiled code. */
export const internalFlowModule: LibraryModule = {
  owner: 'Internal.Flow',
  members: (runtime) => ({ create: (flow: string, inputs: unknown) => create(runtime, flow, inputs) }),
};

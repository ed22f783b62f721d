import type { ApexRuntime } from '../../apex/runtime/index.js';
import { ANY, PRIMITIVES, type ApexType } from '../../apex/types/index.js';
import type { FlowType } from '../../metadata/index.js';

const SCALARS: Readonly<Partial<Record<FlowType['dataType'], ApexType>>> = {
  Boolean: PRIMITIVES.Boolean,
  Currency: PRIMITIVES.Decimal,
  Date: PRIMITIVES.Date,
  DateTime: PRIMITIVES.Datetime,
  Multipicklist: PRIMITIVES.String,
  Number: PRIMITIVES.Decimal,
  Picklist: PRIMITIVES.String,
  String: PRIMITIVES.String,
  Time: PRIMITIVES.Time,
};

/** Apex type of one value of a flow's variable: of the items when it is a collection. */
export function apexElementType({ options }: ApexRuntime, { dataType, objectType, apexClass }: FlowType): ApexType {
  if (objectType !== undefined) return { kind: 'sobject', name: objectType };
  const symbol = apexClass === undefined ? undefined : options.findClass(apexClass);
  return symbol === undefined ? (SCALARS[dataType] ?? ANY) : { kind: 'user', symbol };
}

/** Apex type of a flow's variable. */
export function apexTypeOf(runtime: ApexRuntime, type: FlowType): ApexType {
  const element = apexElementType(runtime, type);
  return type.isCollection ? { kind: 'list', element } : element;
}

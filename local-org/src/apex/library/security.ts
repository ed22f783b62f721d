import { SObject } from '../../data/index.js';
import {
  type ApexEnum,
  ApexList,
  ApexMap,
  ApexSet,
  PlatformObject,
  requireFullAccess,
  type LibraryModule,
} from '../runtime/index.js';
import { PRIMITIVES, type ApexType } from '../types/types.js';
import { required } from './arguments.js';

class AccessDecision extends PlatformObject {
  override readonly typeName = 'System.SObjectAccessDecision';
  constructor(readonly records: ApexList) {
    super();
  }
}

const NAMES: ApexType = { kind: 'set', element: PRIMITIVES.String };

/** Security.stripInaccessible: for a user with full access nothing is stripped; other users are refused by name. */
export const securityModules: readonly LibraryModule[] = [
  {
    owner: 'System.Security',
    members: (runtime) => ({
      stripInaccessible: (_type: ApexEnum, records: ApexList | null) => {
        requireFullAccess(runtime, 'Security.stripInaccessible');
        const source = required(records, 2);
        return new AccessDecision(
          new ApexList(
            source.elementType,
            source.items.map((item) => (item instanceof SObject ? item.copy(true) : item)),
          ),
        );
      },
    }),
  },
  {
    owner: 'System.SObjectAccessDecision',
    members: () => ({
      getRecords: (self: AccessDecision) => self.records,
      getRemovedFields: () => new ApexMap(PRIMITIVES.String, NAMES),
      getModifiedIndexes: () => new ApexSet(PRIMITIVES.Integer),
    }),
  },
];

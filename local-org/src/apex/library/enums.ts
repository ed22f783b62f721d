import type { ApexEnum } from '../runtime/index.js';
import { apexError, ApexList, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import type { ApexType } from '../types/types.js';
import { text } from './arguments.js';

function constantsOf(runtime: ApexRuntime, type: ApexType): readonly ApexEnum[] {
  if (type.kind === 'user') return runtime.program.enumConstants(type.symbol);
  if (type.kind !== 'platform') return [];
  return runtime.options.platformEnum(type.name).map((name) => runtime.platformEnum(type.name, name));
}

/** Methods of every enum; the static ones get the enum's type first. */
export const enumModule: LibraryModule = {
  owner: 'System.Enum',
  members: (runtime) => ({
    name: (self: ApexEnum) => self.name,
    ordinal: (self: ApexEnum) => self.ordinal,
    equals: (self: ApexEnum, other: unknown) => self === other,
    hashCode: (self: ApexEnum) => self.ordinal,
    toString: (self: ApexEnum) => self.name,
    values: (type: ApexType) => new ApexList(type, [...constantsOf(runtime, type)]),
    valueOf: (type: ApexType, name: string | null) => {
      const wanted = text(name).toLowerCase();
      const found = constantsOf(runtime, type).find((constant) => constant.name.toLowerCase() === wanted);
      if (found === undefined)
        throw apexError(
          'NoSuchElementException',
          `No enum constant ${type.kind === 'user' ? type.symbol.fullName : ''}.${String(name)}`,
        );
      return found;
    },
  }),
};

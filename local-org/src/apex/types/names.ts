import type { ApexType } from './types.js';

/** The compiler has these without their namespace; every other class of the platform keeps it. */
const BARE = new Map([
  ['System.System', 'System'],
  ['System.Database', 'Database'],
  ['System.Exception', 'Exception'],
]);

function platformName(name: string): string {
  return BARE.get(name) ?? name;
}

/** A type as the platform's messages print it: `List<Account>`, `Map<Id,String>`, `System.HttpRequest`, `Database.SaveResult`, `Outer.Inner`. */
export function typeName(type: ApexType): string {
  switch (type.kind) {
    case 'primitive':
    case 'sobject':
      return type.name;
    case 'void':
      return 'void';
    case 'null':
      return 'null';
    case 'any':
      return 'Object';
    case 'list':
      return `List<${typeName(type.element)}>`;
    case 'set':
      return `Set<${typeName(type.element)}>`;
    case 'map':
      return `Map<${typeName(type.key)},${typeName(type.value)}>`;
    case 'user':
      return type.symbol.fullName;
    case 'platform':
      return type.args.length === 0
        ? platformName(type.name)
        : `${platformName(type.name)}<${type.args.map(typeName).join(',')}>`;
    case 'parameter':
      return `T${String(type.index)}`;
  }
}

/** Are two types the same? User types compare by declaration, names without letter case. */
export function sameType(left: ApexType, right: ApexType): boolean {
  if (left === right) return true;
  switch (left.kind) {
    case 'primitive':
      return right.kind === 'primitive' && left.name === right.name;
    case 'sobject':
      return right.kind === 'sobject' && left.name.toLowerCase() === right.name.toLowerCase();
    case 'void':
    case 'null':
    case 'any':
      return right.kind === left.kind;
    case 'list':
      return right.kind === 'list' && sameType(left.element, right.element);
    case 'set':
      return right.kind === 'set' && sameType(left.element, right.element);
    case 'map':
      return right.kind === 'map' && sameType(left.key, right.key) && sameType(left.value, right.value);
    case 'user':
      return right.kind === 'user' && left.symbol === right.symbol;
    case 'platform':
      return (
        right.kind === 'platform' &&
        left.name.toLowerCase() === right.name.toLowerCase() &&
        left.args.length === right.args.length &&
        left.args.every((arg, index) => {
          const other = right.args[index];
          return other !== undefined && sameType(arg, other);
        })
      );
    case 'parameter':
      return right.kind === 'parameter' && left.index === right.index;
  }
}

/** Replaces type parameters by their arguments; a missing argument is `any`. */
export function substitute(type: ApexType, args: readonly ApexType[]): ApexType {
  switch (type.kind) {
    case 'parameter':
      return args[type.index] ?? { kind: 'any' };
    case 'list':
      return { kind: 'list', element: substitute(type.element, args) };
    case 'set':
      return { kind: 'set', element: substitute(type.element, args) };
    case 'map':
      return { kind: 'map', key: substitute(type.key, args), value: substitute(type.value, args) };
    case 'platform':
      return type.args.length === 0 ? type : { ...type, args: type.args.map((arg) => substitute(arg, args)) };
    default:
      return type;
  }
}

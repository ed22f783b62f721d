import { platformType } from '../../../local-org/src/apex/platform-types/index.js';
import type { PlatformType } from '../../../local-org/src/apex/platform-types/index.js';
import { readTypes } from '../../../local-org/src/apex/platform-types/tables.js';
import { typeName } from '../../../local-org/src/apex/types/index.js';
import type { ApexType, PlatformMethod } from '../../../local-org/src/apex/types/index.js';

/** A class as Salesforce's compiler needs it: declarations without work. */
export interface Stub {
  readonly namespace: string;
  readonly name: string;
  readonly source: string;
}

/** Namespaces whose classes the checked sources use. */
const NAMESPACES = [
  'ApexPages',
  'Approval',
  'Auth',
  'Cache',
  'ConnectApi',
  'Database',
  'Dom',
  'EventBus',
  'Flow',
  'FormulaEval',
  'Invocable',
  'Messaging',
  'Metadata',
  'Process',
  'QuickAction',
  'Schema',
  'Search',
  'System',
];

/** The compiler has these itself. */
const BUILT_IN = new Set([
  'System.Blob',
  'System.Boolean',
  'System.Currency',
  'System.Date',
  'System.Datetime',
  'System.Decimal',
  'System.Double',
  'System.Exception',
  'System.Id',
  'System.Integer',
  'System.Iterable',
  'System.Iterator',
  'System.Label',
  'System.List',
  'System.Long',
  'System.Map',
  'System.SObject',
  'System.Set',
  'System.String',
  'System.Time',
  'System.Trigger',
]);

/** Every class has it; a stub that declares it again has it twice. */
const INHERITED = 'clone';

/**
 * Class stubs from the tables that the local org checks with: one source for each outer type. What no source can spell (`Database.insert`,
 * `DisplayType.STRING`) is left out.
 */
export function platformStubs(): readonly Stub[] {
  return [baseException(), ...NAMESPACES.flatMap(namespaceStubs)];
}

/** Words that the platform names methods and enum constants with and that a source cannot. */
const UNSPELLABLE = new Set(
  (
    'and as asc blob boolean byte currency date datetime decimal delete desc double final from global having id insert integer like limit ' +
    'list long map merge new not null nulls object or public private select set sobject static string time trigger undelete update upsert ' +
    'using virtual where any array'
  ).split(' '),
);

const isSpellable = (name: string): boolean => !UNSPELLABLE.has(name.toLowerCase());

/** Where exceptions have their methods from, in the compiler's view. */
function baseException(): Stub {
  const exception = platformType('System.Exception');
  if (exception === undefined) throw new Error('The tables have no System.Exception.');
  const methods = [...exception.methods.values()].flat().map((one) => method(one, 'virtual override'));
  const name = 'ApexBaseException';
  return {
    namespace: 'System',
    name,
    source: `global virtual class ${name} extends Exception {\n${methods.join('\n')}\n}`,
  };
}

function namespaceStubs(namespace: string): readonly Stub[] {
  const types = [...readTypes(namespace).values()].flatMap(({ n }) => platformType(`${namespace}.${n}`) ?? []);
  return types
    .filter(({ name }) => name.split('.').length === 2 && !BUILT_IN.has(name))
    .map((type) => ({ namespace, name: simpleName(type), source: declaration(type, types) }));
}

const simpleName = ({ name }: PlatformType): string => name.slice(name.lastIndexOf('.') + 1);

function declaration(type: PlatformType, all: readonly PlatformType[]): string {
  const name = simpleName(type);
  if (type.kind === 'enum') return `global enum ${name} { ${type.constants.filter(isSpellable).join(', ')} }`;
  const kind = type.kind === 'interface' ? 'interface' : type.isAbstract ? 'abstract class' : 'virtual class';
  const inner = all.filter((other) => other.name.startsWith(`${type.name}.`)).map((other) => declaration(other, all));
  return `global ${kind} ${name}${generics(type)}${heritage(type)} {\n${[...members(type), ...inner].join('\n')}\n}`;
}

function generics({ typeParameters }: PlatformType): string {
  const names = Array.from({ length: typeParameters }, (_, index) => `T${String(index)}`);
  return names.length === 0 ? '' : `<${names.join(',')}>`;
}

function heritage(type: PlatformType): string {
  const superType = type.superType === undefined ? '' : ` extends ${text(type.superType)}`;
  if (type.interfaces.length === 0) return superType;
  const keyword = type.kind === 'interface' ? 'extends' : 'implements';
  return `${superType} ${keyword} ${type.interfaces.map(text).join(', ')}`;
}

function members(type: PlatformType): readonly string[] {
  const methods = [...type.methods.values()].flat().filter(({ name }) => isSpellable(name) && name !== INHERITED);
  if (type.kind === 'interface')
    return methods.map((one) => `${text(one.returns)} ${one.name}(${parameters(one.parameters)});`);
  return [
    ...[...type.fields.values()].map(
      (field) => `global ${field.isStatic ? 'static ' : ''}${text(field.type)} ${field.name};`,
    ),
    ...type.constructors.map((one) => `global ${simpleName(type)}(${parameters(one.parameters)}) {}`),
    ...methods.map((one) => method(one, one.isStatic ? 'static' : 'virtual')),
  ];
}

/** `null` fits every return type. */
function method({ returns, name, parameters: types }: PlatformMethod, modifiers: string): string {
  const body = returns.kind === 'void' ? '{}' : '{ return null; }';
  return `global ${modifiers} ${text(returns)} ${name}(${parameters(types)}) ${body}`;
}

const parameters = (types: PlatformMethod['parameters']): string =>
  types.map(({ name, type }) => `${text(type)} ${name}`).join(', ');

/** A type with its namespace, which messages leave out. */
function text(type: ApexType): string {
  switch (type.kind) {
    case 'platform':
      return type.args.length === 0 ? type.name : `${type.name}<${type.args.map(text).join(',')}>`;
    case 'list':
      return `List<${text(type.element)}>`;
    case 'set':
      return `Set<${text(type.element)}>`;
    case 'map':
      return `Map<${text(type.key)},${text(type.value)}>`;
    case 'primitive':
    case 'sobject':
    case 'void':
    case 'null':
    case 'any':
    case 'user':
    case 'parameter':
      return typeName(type);
  }
}

/** Turns Java type signatures of the type jars into Apex type texts: `Lcom/.../System/List<TT;>;` becomes `List<T0>`. */

const ROOT = 'com/nawforce/runforce/';

/** Packages are lower-cased where Java style asked for it; the platform spells these namespaces so. */
const NAMESPACES: Readonly<Record<string, string>> = {
  cache: 'Cache',
  dom: 'Dom',
  eventbus: 'EventBus',
  reports: 'Reports',
  wavetemplate: 'WaveTemplate',
  applauncher: 'AppLauncher',
};

/** Helper types of the jars that Apex does not have, by their Apex meaning; `*` stands for the type argument. */
const HELPERS: Readonly<Record<string, string>> = {
  'Internal.SObjectType$': 'Schema.SObjectType',
  'Internal.SObjectTypeFields$': 'Schema.SObjectTypeFields',
  'Internal.SObjectTypeFieldSets$': 'Schema.SObjectTypeFieldSets',
  'Internal.SObjectFields$': 'Schema.SObjectTypeFields',
  'Internal.DescribeSObjectResult$': 'Schema.DescribeSObjectResult',
  'Internal.Object$': 'Object',
  'Internal.Any$': 'any',
  'Internal.Null$': 'any',
  'Internal.RecordSet$': 'List<*>',
  'Internal.Interface$': 'Object',
};

const JAVA: Readonly<Record<string, string>> = {
  'java/lang/Object': 'Object',
  'java/lang/String': 'String',
  'java/lang/Integer': 'Integer',
  'java/lang/Boolean': 'Boolean',
};

/** `com/nawforce/runforce/System/Outer$Inner` to `System.Outer.Inner`; a standard object to its plain name. */
export function apexName(internal: string): string {
  const java = JAVA[internal];
  if (java !== undefined) return java;
  if (!internal.startsWith(ROOT)) throw new Error(`unknown package of ${internal}`);
  const [packageName = '', className = ''] = internal.slice(ROOT.length).split('/');
  const helper = HELPERS[`${packageName}.${className}`];
  if (helper !== undefined) return helper;
  const name = className.replace(/\$$/, '').replaceAll('$', '.');
  if (packageName === 'SObjects' || packageName === 'SObjectStubs') return name;
  return `${NAMESPACES[packageName] ?? packageName}.${name}`;
}

/** Namespace as the platform spells it. */
export function apexNamespace(packageName: string): string {
  return NAMESPACES[packageName] ?? packageName;
}

const SHORT = new Set([
  'List',
  'Set',
  'Map',
  'String',
  'Integer',
  'Long',
  'Double',
  'Decimal',
  'Boolean',
  'Id',
  'Date',
  'Datetime',
  'Time',
  'Blob',
  'SObject',
]);

function shortened(name: string): string {
  const plain = name.startsWith('System.') ? name.slice('System.'.length) : name;
  return SHORT.has(plain) ? plain : name;
}

/** One pass over a signature. `parameters` are the names of the class's type parameters. */
export class SignatureReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly parameters: readonly string[],
  ) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  take(expected: string): void {
    if (this.peek() !== expected) throw new Error(`expected ${expected} at ${String(this.at)} of ${this.text}`);
    this.at++;
  }

  private until(...stops: readonly string[]): string {
    const start = this.at;
    while (!stops.includes(this.peek())) this.at++;
    return this.text.slice(start, this.at);
  }

  private arguments(): readonly string[] {
    const result: string[] = [];
    if (this.peek() !== '<') return result;
    this.take('<');
    while (this.peek() !== '>') result.push(this.type());
    this.take('>');
    return result;
  }

  /** Reads one type. Wildcards are `any`. */
  type(): string {
    const code = this.peek();
    this.at++;
    if (code === 'V') return 'void';
    if (code === 'Z') return 'Boolean';
    if (code === 'I') return 'Integer';
    if (code === '[') return `List<${this.type()}>`;
    if (code === '*') return 'any';
    if (code === '+' || code === '-') return this.type();
    if (code === 'T') {
      const index = this.parameters.indexOf(this.until(';'));
      this.take(';');
      return index < 0 ? 'any' : `T${String(index)}`;
    }
    if (code !== 'L') throw new Error(`unknown type code ${code} in ${this.text}`);
    const name = apexName(this.until(';', '<'));
    const args = this.arguments();
    this.take(';');
    if (name.includes('*')) return name.replace('*', args[0] ?? 'any');
    if (!name.includes('.') || name.startsWith('Schema.')) return shortened(name);
    return args.length === 0 ? shortened(name) : `${shortened(name)}<${args.join(',')}>`;
  }

  /** Names of the type parameters `<T:Ljava/lang/Object;>` at the start of a class signature. */
  typeParameters(): readonly string[] {
    const names: string[] = [];
    if (this.peek() !== '<') return names;
    this.take('<');
    while (this.peek() !== '>') {
      names.push(this.until(':'));
      while (this.peek() === ':') {
        this.take(':');
        if (this.peek() !== ':' && this.peek() !== '>') this.type();
      }
    }
    this.take('>');
    return names;
  }
}

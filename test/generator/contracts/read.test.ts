import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formatDiagnostic } from '../../../generator/src/diagnostics/index.js';
import type { Contract, ContractType } from '../../../generator/src/model/index.js';
import { contractProject, readText, ref } from './support.js';

function show(type: ContractType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'class':
    case 'enum':
      return type.name;
    case 'list':
      return `List<${show(type.element)}>`;
    case 'map':
      return `Map<${show(type.value)}>`;
  }
}

/** `apexName: Type`, with `?` for optional and `|null` for nullable members, of the root class. */
function members(contract: Contract | undefined): readonly string[] {
  return (contract?.root.members ?? []).map(
    ({ apexName, type, optional, nullable }) =>
      `${apexName}${optional ? '?' : ''}: ${show(type)}${nullable ? '|null' : ''}`,
  );
}

async function membersOf(body: string, declarations = ''): Promise<readonly string[]> {
  const { contract, problems } = await readText(`${declarations}\nexport interface Payload {\n${body}\n}`);
  expect(problems).to.deep.equal([]);
  return members(contract);
}

describe('reading a contract', () => {
  it('gives every TypeScript type its Apex type', async () => {
    expect(
      await membersOf(
        `a: string; b: number; c: boolean; d: bigint; e: Date; f: unknown;
         g: string[]; h: ReadonlyArray<number>; i: readonly Date[][]; j: Record<string, boolean>;
         k: { [key: string]: number[] }; l: (string); m: Array<Record<string, unknown>>; n: true | false; o: Readonly<string[]>`,
      ),
    ).to.deep.equal([
      'a: String',
      'b: Decimal',
      'c: Boolean',
      'd: Long',
      'e: Datetime',
      'f: Object',
      'g: List<String>',
      'h: List<Decimal>',
      'i: List<List<Datetime>>',
      'j: Map<Boolean>',
      'k: Map<List<Decimal>>',
      'l: String',
      'm: List<Map<Object>>',
      'n: Boolean',
      'o: List<String>',
    ]);
  });

  it('tells optional from nullable', async () => {
    expect(
      await membersOf(
        'a?: string; b: string | null; c?: string | null; d: string | undefined; e: Maybe',
        'type Maybe = null | number;',
      ),
    ).to.deep.equal(['a?: String', 'b: String|null', 'c?: String|null', 'd?: String', 'e: Decimal|null']);
  });

  it('takes the precise type from @apex at the member or its alias, through lists and brands', async () => {
    const body = `/** @apex Date */ a: string;
      /** @apex Datetime */ b: string;
      /** @apex Integer */ c: number;
      /** @apex Long */ d: number;
      /** @apex Double */ e?: number | null;
      /** @apex Id */ f: string[];
      /** @apex Blob */ g: string;
      h: Day;
      /** @apex Datetime */ i: Day;
      j: Record<string, Day>;
      k: Name; /** @apex Integer */ l: number`;
    const aliases = `/** @apex Date */ type Day = string & { readonly brand: 'Day' };
      type Name = string & { readonly brand: 'Name' };`;
    expect(await membersOf(body, aliases)).to.deep.equal([
      'a: Date',
      'b: Datetime',
      'c: Integer',
      'd: Long',
      'e?: Double|null',
      'f: List<Id>',
      'g: Blob',
      'h: Date',
      'i: Datetime',
      'j: Map<Date>',
      'k: String',
      'l: Integer',
    ]);
  });

  it('makes enums of unions of texts and of string enums, and names them after alias, enum or member', async () => {
    const { contract, problems } = await readText(`
      type Tier = 'gold' | 'in progress' | null;
      type More = 'a' | 'b';
      /** What currency. */
      enum Currency { Euro = 'EUR', New = 'new' }
      export interface Payload {
        tier: Tier; currency: Currency; kind: 'air' | 'sea'; again?: { kind: 'air' | 'sea' }; other: { kind: 'x' | More };
        single: 'only'; empty: '' | '1st';
      }`);
    expect(problems).to.deep.equal([]);
    const enums = contract?.enums.map(({ name, values }) => [
      name,
      values.map(({ apexName, jsonValue }) => `${apexName}=${jsonValue}`).join(' '),
    ]);
    expect(Object.fromEntries(enums ?? [])).to.deep.equal({
      Tier: 'GOLD=gold IN_PROGRESS=in progress',
      CurrencyType: 'EURO=EUR NEW_VALUE=new',
      Kind: 'AIR=air SEA=sea',
      OtherKind: 'X=x A=a B=b',
      Single: 'ONLY=only',
      Empty: 'EMPTY= VALUE_1_ST=1st',
    });
    expect(members(contract)).to.include.members(['tier: Tier|null', 'currencyValue: CurrencyType', 'kind: Kind']);
  });

  it('flattens inheritance, own members replacing inherited ones in their place', async () => {
    const { contract, problems } = await readText(`
      interface Root { a: string; b: number }
      interface Middle extends Root { d: boolean }
      type Other = { o: string };
      export interface Payload extends Middle, Other { b: number; c: string; a: 'x' }`);
    expect(problems).to.deep.equal([]);
    expect(members(contract)).to.deep.equal(['a: A', 'b: Decimal', 'd: Boolean', 'o: String', 'c: String']);
  });

  it('reads nested, unnamed and recursive types, and comments', async () => {
    const { contract, problems } = await readText(`
      /** One node. */
      interface Node { name: string; children?: Node[]; owner?: Payload }
      /**
       * The payload.
       *
       * With a second paragraph.
       */
      export interface Payload {
        /** The tree. */
        tree: Node;
        /** Where it goes. */
        target: { city: string; nested: { city: number } };
        node?: { city: string };
      }`);
    expect(problems).to.deep.equal([]);
    expect(contract?.root.description).to.equal('The payload.\n\nWith a second paragraph.');
    expect(contract?.classes.map(({ name, description }) => [name, description])).to.deep.equal([
      ['Node', 'One node.'],
      ['Target', 'Where it goes.'],
      ['PayloadNode', ''],
      ['Nested', ''],
    ]);
    expect(contract?.root.members[0]?.description).to.equal('The tree.');
  });

  it('follows imports between contract files', async () => {
    const project = contractProject({
      'a.ts': `import { type Money as Amount } from './shared/money.js'; import type { Day } from './shared/day';
               export interface Payload { price: Amount; day: Day }`,
      'shared/money.ts': `import type { Currency } from './currency.js'; export interface Money { in: Currency }`,
      'shared/currency.ts': `export type Currency = 'EUR' | 'USD'; export type { Money } from './money.js';`,
      'shared/day.ts': `/** @apex Date */ export type Day = string;`,
    });
    try {
      const { contracts, diagnostics } = await project.load(ref('a.ts', 'Payload'));
      expect(diagnostics).to.deep.equal([]);
      expect(members(contracts[0])).to.deep.equal(['price: Money', 'day: Date']);
    } finally {
      project.remove();
    }
  });

  it('gives keys that Apex cannot take a safe name and keeps the key', async () => {
    const { contract } = await readText(`export interface Payload {
      class: string; 'billing-city': string; $ref: string; _key: string; '1st': string; json: string; payload: string;
      tier_texts: string; tier: 'a' | 'b'; first_name: string; a__b: string; id: string; type: string; URL: string; '@odata.type': string
    }`);
    expect(contract?.root.members.map(({ jsonName, apexName }) => `${jsonName} ${apexName}`)).to.deep.equal([
      'class classValue',
      'billing-city billingCity',
      '$ref ref',
      '_key key',
      '1st value1St',
      'json jsonValue',
      'payload payloadValue',
      'tier_texts tier_textsValue',
      'tier tier',
      'first_name first_name',
      'a__b aB',
      'id id',
      'type type',
      'URL URL',
      '@odata.type odataType',
    ]);
  });
});

describe('refusing what Apex cannot represent', () => {
  const refused: readonly (readonly [what: string, member: string, at?: string])[] = [
    ['a union of objects', 'm: Other | { b: string }', '6'],
    ['a union of different scalars', 'm: string | number', '6'],
    ['numbers as values', 'm: 1 | 2', '6'],
    ['one boolean', 'm: true', '6'],
    ['a generic type', 'm: Generic<string>', '6'],
    ['a function', 'm: () => void', '6'],
    ['a method', 'm(): void', '3'],
    ['a call signature', '(): void', '3'],
    ['a getter', 'get m(): string', '3'],
    ['a tuple', 'm: [string, number]', '6'],
    ['any', 'm: any', '6'],
    ['object', 'm: object', '6'],
    ['never', 'm: never', '6'],
    ['null alone', 'm: null', '6'],
    ['undefined alone', 'm: undefined', '6'],
    ['an intersection', 'm: Other & { b: string }', '6'],
    ['an index signature beside members', 'm: string; [key: string]: string', '14'],
    ['an index signature with numbers', 'm: { [key: number]: string }', '8'],
    ['a map with other keys', 'm: Record<"a" | "b", string>', '13'],
    ['a computed key', '[computed]: string', '3'],
    ['a mapped type', 'm: { [K in "a"]: string }', '6'],
    ['a conditional type', 'm: string extends number ? string : number', '6'],
    ['an indexed access', 'm: Other["a"]', '6'],
    ['keyof', 'm: keyof Other', '6'],
    ['typeof', 'm: typeof computed', '6'],
    ['a template literal', 'm: `a${string}`', '6'],
    ['an inline import', 'm: import("./a.js").Other', '6'],
    ['a class', 'm: Thing', '6'],
    ['a namespace member', 'm: Space.In', '6'],
    ['a merged interface', 'm: Merged', '6'],
    ['a library type', 'm: Map<string, string>', '6'],
    ['a utility type', 'm: Partial<Other>', '6'],
    ['null in a list', 'm: (string | null)[]', '6'],
    ['null in a map', 'm: Record<string, string | undefined>', '21'],
  ];
  const declarations = `interface Other { a: string } interface Generic<T> { a: T } declare const computed: unique symbol;
    class Thing {} declare namespace Space { interface In { a: string } } interface Merged { a: string } interface Merged { b: string }`;

  let found: readonly string[] = [];
  before(async () => {
    const file = (at: number): string => `refused${String(at)}.ts`;
    const texts = refused.map(([, member], at) => [
      file(at),
      `${declarations}\nexport interface Payload${String(at)} {\n  ${member};\n}`,
    ]);
    const project = contractProject(Object.fromEntries(texts));
    try {
      const { contracts, diagnostics } = await project.load(
        ...refused.map((_, at) => ref(file(at), `Payload${String(at)}`)),
      );
      expect(contracts).to.deep.equal([]);
      found = diagnostics.map(
        ({ position, code }) => `${position.file}:${String(position.line)}:${String(position.column)} ${code}`,
      );
    } finally {
      project.remove();
    }
  });

  for (const [at, [what, , column = '6']] of refused.entries()) {
    it(`refuses ${what} at its place`, () => {
      expect(found).to.include(`config/contracts/refused${String(at)}.ts:4:${column} contract-unsupported-type`);
    });
  }

  it('reports everything at once, with the text, the reason and the fix', async () => {
    const project = contractProject({
      'a.ts': 'export interface Payload {\n  a: any;\n  b: [string];\n  c: Unknown;\n}\n',
      'b.ts': 'export interface Other {\n  d: () => void;\n}\n',
    });
    try {
      const { diagnostics, contracts } = await project.load(ref('b.ts', 'Other'), ref('a.ts', 'Payload'));
      expect(contracts).to.deep.equal([]);
      expect(
        diagnostics.map(({ position, code, excerpt }) => [
          position.file,
          position.line,
          position.column,
          code,
          excerpt,
        ]),
      ).to.deep.equal([
        ['config/contracts/a.ts', 2, 6, 'contract-unsupported-type', '  a: any;'],
        ['config/contracts/a.ts', 3, 6, 'contract-unsupported-type', '  b: [string];'],
        ['config/contracts/a.ts', 4, 6, 'contract-compile-error', '  c: Unknown;'],
        ['config/contracts/b.ts', 2, 6, 'contract-unsupported-type', '  d: () => void;'],
      ]);
      for (const { message, reason, fix } of diagnostics) {
        expect([message, reason, fix].every((text) => text.length > 10)).to.equal(true);
      }
    } finally {
      project.remove();
    }
  });

  it('shows the whole line with the caret where the problem is', async () => {
    const project = contractProject({
      'a.ts': "// A comment.\nimport { B } from   'b';\nexport interface Payload {\n\ta: string; b: any;\r\n}\n",
      'c.ts': 'export const none = 1;\n',
      'd.ts': `/** Text. */\n${' '.repeat(200)}export interface D { a: any }\n`,
    });
    try {
      const { diagnostics } = await project.load(ref('a.ts', 'Payload'), ref('c.ts', 'C'), ref('d.ts', 'D'));
      const marked = diagnostics.map((diagnostic) => {
        const [, line = '', caret = ''] = formatDiagnostic(diagnostic, { colour: false }).split('\n');
        return `${diagnostic.code} ${line.trim().slice(0, 30)} | ${line.slice(caret.indexOf('^')).slice(0, 5)}`;
      });
      expect(marked).to.deep.equal([
        "contract-package-import import { B } from   'b'; | 'b';",
        'contract-unsupported-type a: string; b: any; | any;',
        'contract-interface-missing export const none = 1; | expor',
        `contract-unsupported-type …${' '.repeat(29)} | any }`,
      ]);
    } finally {
      project.remove();
    }
  });

  it('refuses wrong tags, with a suggestion for a near one', async () => {
    const { problems } = await readText(`export interface Payload {
  /** @apex integer */
  a: number;
  /** @apex Date */
  b: number;
  /** @apex Date */
  c: 'x' | 'y';
}`);
    expect(problems).to.deep.equal(['2:7 contract-apex-tag', '5:6 contract-apex-tag', '6:7 contract-apex-tag']);
  });

  it('refuses names that Apex cannot tell apart or spell', async () => {
    const { problems } = await readText(`interface inner { a: string }
type Inner = { b: string };
export interface Payload {
  name: string;
  Name: string;
  'Ω': string;
  first: inner;
  second: Inner;
  third: 'a-b' | 'a_b';
}`);
    expect(problems).to.deep.equal([
      '2:14 contract-type-name',
      '5:3 contract-member-name',
      '6:3 contract-member-name',
      '9:10 contract-enum-constant',
    ]);
  });

  it('refuses enums without texts, empty interfaces and objects without end', async () => {
    const { problems } = await readText(`enum Number1 { A }
interface Empty {}
interface Ring { other: { ring: Ring } }
type Loop = Loop[];
export interface Payload {
  a: Number1;
  b: Empty;
  c: Ring;
  d: Loop;
}`);
    expect(problems).to.deep.equal([
      '1:16 contract-enum-value',
      '2:1 contract-no-members',
      '3:18 contract-endless-object',
      '3:27 contract-endless-object',
      '4:13 contract-unsupported-type',
    ]);
  });

  for (const name of [
    'Account',
    'String',
    'Test',
    'Database',
    'CalloutThing',
    'Bad__Name',
    'A'.repeat(37),
    'Trigger',
  ]) {
    it(`refuses ${name} as the name of a class`, async () => {
      const { contract, problems } = await readText(`export interface ${name} { a: string }`, name);
      expect(contract).to.equal(undefined);
      expect(problems).to.include('1:1 contract-class-name');
    });
  }

  it('refuses an interface that is not there, not exported, or not an interface', async () => {
    const text = 'interface Hidden { a: string } export const Value = 1; export interface payload { a: string }';
    for (const [name, code] of [
      ['Nothing', '1:1 contract-interface-missing'],
      ['Hidden', '1:1 contract-interface-missing'],
      ['Payload', '1:1 contract-interface-missing'],
      ['Value', '1:45 contract-unsupported-type'],
    ] as const) {
      expect((await readText(text, name)).problems, name).to.deep.equal([code]);
    }
  });

  it('reads nothing outside the contracts folder', async () => {
    const project = contractProject({
      'a.ts': `import type { A } from '../secret.js';\nimport type { B } from 'zod';\nimport type { C } from './gone.js';\nexport interface Payload { a: A; b: B; c: C }`,
      'bytes.ts': '',
    });
    try {
      project.write('config/secret.ts', 'export interface A { a: string }');
      symlinkSync(join(project.root, 'config/secret.ts'), join(project.root, 'config/contracts/link.ts'));
      const codes = async (file: string, name: string): Promise<readonly string[]> => {
        const { diagnostics } = await project.load(ref(file, name));
        return diagnostics.map(({ position, code }) => `${String(position.line)} ${code}`);
      };
      expect(await codes('a.ts', 'Payload')).to.deep.equal([
        '1 contract-outside-folder',
        '2 contract-package-import',
        '3 contract-file-missing',
      ]);
      expect(await codes('link.ts', 'A')).to.deep.equal(['1 contract-outside-folder']);
      expect(await codes('../secret.ts', 'A')).to.deep.equal(['1 contract-outside-folder']);
      expect(await codes('none.ts', 'A')).to.deep.equal(['1 contract-file-missing']);
    } finally {
      project.remove();
    }
  });
});

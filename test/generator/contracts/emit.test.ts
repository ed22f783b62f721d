import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { contractProject, contracts, emitted, formatApex, readText, ref } from './support.js';

const EVERYTHING = `
/** @apex Date */
type Day = string;
enum Currency { Euro = 'EUR', Pound = 'GBP' }
interface Money { amount: number; currency: Currency }
interface Line { sku: string; price?: Money; parts?: Line[]; grid: number[][] }
/**
 * An order with everything in it, and with a comment that is so long that it has to be broken into several lines to be readable.
 *
 * Second paragraph.
 */
export interface OrderMessage {
  /** @apex Id */ id: string;
  /** @apex Long */ version: number;
  /** @apex Integer */ count: number;
  class: string;
  day: Day;
  at: Date;
  /** @apex Double */ ratio: number | null;
  /** @apex Blob */ attachment?: string;
  anything: unknown;
  list: unknown[];
  lines: Line[];
  totals: Record<string, Money>;
  deep: Record<string, Record<string, Currency[]>>;
  shipping: { city: string; kind: 'air' | 'sea' };
  'it\\'s "odd" \\\\ \\n 漢字': string;
  related?: OrderMessage;
  active: boolean;
}`;

async function emit(text: string, name: string): Promise<ReadonlyMap<string, string>> {
  const { contract, problems } = await readText(text, name);
  expect(problems).to.deep.equal([]);
  if (contract === undefined) throw new Error('the contract was not read');
  return emitted([contract]);
}

function classText(files: ReadonlyMap<string, string>, name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`${name} was not emitted`);
  return text;
}

/** Lines of a class without indentation, to look for statements. */
function lines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim());
}

describe('emitting a contract class', () => {
  it('writes class, test and metadata into the folder of the first integration that uses the contract', async () => {
    const { contract } = await readText('export interface Payload { a: string }');
    if (contract === undefined) throw new Error('the contract was not read');
    const files = emitted([contract]);
    expect([...files.keys()]).to.deep.equal([
      'Payload.cls',
      'Payload.cls-meta.xml',
      'PayloadTest.cls',
      'PayloadTest.cls-meta.xml',
    ]);
    expect(files.get('Payload.cls-meta.xml')).to.contain('<apiVersion>66.0</apiVersion>');
  });

  it('omits optional nulls, writes nullable ones, refuses required ones', async () => {
    const files = await emit('export interface Payload { a: string; b?: string; c: string | null }', 'Payload');
    const text = classText(files, 'Payload.cls');
    const start = text.indexOf('generator.writeStartObject();');
    const body = text.slice(start, text.indexOf('generator.writeEndObject();', start));
    expect(lines(body)).to.deep.equal([
      'generator.writeStartObject();',
      "requireValue(this.a, 'a');",
      "generator.writeStringField('a', this.a);",
      'if (this.b != null) {',
      "generator.writeStringField('b', this.b);",
      '}',
      'if (this.c == null) {',
      "generator.writeNullField('c');",
      '} else {',
      "generator.writeStringField('c', this.c);",
      '}',
      '',
    ]);
  });

  it('writes and reads every type with its own method', async () => {
    const text = classText(await emit(EVERYTHING, 'OrderMessage'), 'OrderMessage.cls');
    expect(lines(text)).to.include.members([
      "generator.writeIdField('id', this.id);",
      "generator.writeNumberField('version', this.version);",
      "generator.writeDateField('day', this.day);",
      "generator.writeDateTimeField('at', this.at);",
      "generator.writeBlobField('attachment', this.attachment);",
      "generator.writeObjectField('anything', this.anything);",
      "generator.writeStringField('class', this.classValue);",
      'generator.writeString(textOf(item3));',
      'this.shipping.write(generator);',
      "this.id = (Id) values.get('id');",
      "this.version = toLong(values.get('version'));",
      "this.count = toInteger(values.get('count'));",
      "this.day = toDate(values.get('day'));",
      "this.at = toDatetime(values.get('at'));",
      "this.ratio = toDouble(values.get('ratio'));",
      "this.attachment = toBlob(values.get('attachment'));",
      "this.anything = values.get('anything');",
      'element2.add(toCurrencyType((String) item3));',
      "private static final List<String> CURRENCY_TYPE_TEXTS = new List<String>{ 'EUR', 'GBP' };",
    ]);
    expect(text).to.contain(String.raw`'it\'s "odd" \\ \u000A \u6F22\u5B57'`);
  });

  it('carries only the helpers that its members need', async () => {
    const text = classText(await emit('export interface Payload { a?: string }', 'Payload'), 'Payload.cls');
    for (const helper of ['toDecimal', 'toDatetime', 'requireValue', 'textOf']) expect(text).not.to.contain(helper);
  });

  it('documents class, members and methods, and cannot be broken out of by a comment', async () => {
    const text = classText(
      await emit(
        '/** The *\u200b/ payload. */ export interface Payload { /** One. */ a: string; b?: string }',
        'Payload',
      ),
      'Payload.cls',
    );
    expect(lines(text)).to.include.members([
      '* @description One.',
      '* @description JSON key "b". Left out of the JSON text when null.',
    ]);
    const declarations = lines(text).filter((line) => /^(public|private)/.test(line));
    const documented = lines(text).filter(
      (line, at, all) => /^(public|private)/.test(line) && all[at - 1]?.endsWith('*/'),
    );
    expect(documented).to.deep.equal(declarations);
  });

  it('has samples for recursive contracts that end', async () => {
    const files = await emit(
      'interface Node { name: string; next?: Node; all: Node[] } export interface Tree { root: Node; other: Tree | null }',
      'Tree',
    );
    const text = lines(classText(files, 'TreeTest.cls'));
    expect(text).to.include.members([
      'sample.next = minimalNode();',
      'sample.all = new List<Tree.Node>{ minimalNode() };',
      'sample.all = new List<Tree.Node>();',
      'sample.root = fullNode();',
      'sample.other = minimalTree();',
    ]);
  });

  it('tests enums, and a missing value where the contract has one to miss', async () => {
    const first = classText(await emit("export interface One { a?: 'x' | 'unknown' }", 'One'), 'OneTest.cls');
    expect(first).to.contain("One.toA('unknown?')").and.not.to.contain('refusesToWrite');
    const second = classText(await emit('export interface Two { a?: string[] }', 'Two'), 'TwoTest.cls');
    expect(second).to.contain('body.a = new List<String>{ null };');
    const third = classText(await emit('export interface Three { a?: { b: string } }', 'Three'), 'ThreeTest.cls');
    expect(third).to.contain('body.a = new Three.A();');
  });
});

describe('the layout of emitted Apex', () => {
  async function expectFormatted(files: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, text] of files) {
      if (name.endsWith('.cls')) expect(await formatApex(text), name).to.equal(text);
    }
  }

  it('is the formatter’s own for the sample contract', async () => {
    const project = contractProject({ 'account.ts': readFileSync('config/contracts/account.ts', 'utf8') });
    try {
      const { contracts: read } = await project.load(ref('account.ts', 'AccountUpdate'));
      await expectFormatted(emitted(read));
    } finally {
      project.remove();
    }
  });

  it('is the formatter’s own for a contract with everything', async () => {
    await expectFormatted(await emit(EVERYTHING, 'OrderMessage'));
  });

  it('is the formatter’s own for names of every length', async () => {
    await fc.assert(
      fc.asyncProperty(contracts(), async (contract) => expectFormatted(emitted([contract]))),
      { numRuns: 10, interruptAfterTimeLimit: 5_000 },
    );
  });
});

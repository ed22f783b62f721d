import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime } from '../../data/index.js';
import {
  apexError,
  ApexDouble,
  type ApexEnum,
  asId,
  PlatformObject,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import type { ApexType } from '../types/types.js';
import { required, text } from './arguments.js';
import { JsonNumber, parseJson, type JsonValue } from './json-parse.js';
import { TypedReader, untyped } from './json-read.js';
import { quoteJson, writeJson } from './json-write.js';
import type { TypeObject } from './type.js';

const jsonModule: LibraryModule = {
  owner: 'System.JSON',
  members: (runtime) => ({
    serialize: (value: unknown, suppressNulls = false) => writeJson(value, suppressNulls, false),
    serializePretty: (value: unknown, suppressNulls = false) => writeJson(value, suppressNulls, true),
    deserialize: (source: string | null, type: TypeObject) =>
      new TypedReader(runtime, false).read(
        parseJson(startOf(text(source), type.type), (length) => runtime.thread.textOf(length)),
        type.type,
      ),
    deserializeStrict: (source: string | null, type: TypeObject) =>
      new TypedReader(runtime, true).read(
        parseJson(startOf(text(source), type.type), (length) => runtime.thread.textOf(length)),
        type.type,
      ),
    deserializeUntyped: (source: string | null) =>
      untyped(parseJson(text(source), (length) => runtime.thread.textOf(length))),
    createGenerator: (pretty: boolean) => new GeneratorObject(pretty),
    createParser: (source: string | null) => new ParserObject(runtime, tokensOf(parseJson(text(source)))),
  }),
};

/**
 * The platform refuses a string where a list, map or object is wanted before it reads to the string's end, so an end that is missing is not what
 * it reports: any string stands for it.
 */
function startOf(source: string, wanted: ApexType): string {
  const { kind } = wanted;
  const isContainer = kind === 'user' ? wanted.symbol.kind !== 'enum' : /^(list|set|map|sobject)$/.test(kind);
  return isContainer && source.trimStart().startsWith('"') ? '""' : source;
}

/** System.JSONGenerator: writes a document piece by piece. */
class GeneratorObject extends PlatformObject {
  override readonly typeName = 'System.JSONGenerator';
  private readonly parts: string[] = [];
  private needsComma = false;
  closed = false;

  constructor(readonly pretty: boolean) {
    super();
  }

  open(bracket: '{' | '['): void {
    this.separate();
    this.parts.push(bracket);
    this.needsComma = false;
  }

  close(bracket: '}' | ']'): void {
    this.parts.push(bracket);
    this.needsComma = true;
  }

  name(name: string): void {
    this.separate();
    this.parts.push(`${quoteJson(name)}:`);
    this.needsComma = false;
  }

  value(json: string): void {
    this.separate();
    this.parts.push(json);
    this.needsComma = true;
  }

  private separate(): void {
    if (this.closed) throw apexError('JSONException', 'The generator was closed');
    if (this.needsComma) this.parts.push(',');
  }

  text(): string {
    const compact = this.parts.join('');
    return this.pretty ? writeJsonText(compact) : compact;
  }
}

function writeJsonText(compact: string): string {
  return writeJson(untyped(parseJson(compact)), false, true);
}

/** `writeString(v)`, `writeStringField(name, v)` and so on for every simple type. */
function generatorMethods(): LibraryTable {
  const table: Record<string, LibraryTable[string]> = {};
  for (const type of ['String', 'Number', 'Boolean', 'Date', 'DateTime', 'Time', 'Id', 'Blob', 'Object']) {
    table[`write${type}`] = (self: GeneratorObject, value: unknown) => self.value(writeJson(value, false, false));
    table[`write${type}Field`] = (self: GeneratorObject, name: string, value: unknown) => {
      self.name(name);
      self.value(writeJson(value, false, false));
    };
  }
  return table;
}

const generatorModule: LibraryModule = {
  owner: 'System.JSONGenerator',
  members: () => ({
    ...generatorMethods(),
    writeStartObject: (self: GeneratorObject) => self.open('{'),
    writeEndObject: (self: GeneratorObject) => self.close('}'),
    writeStartArray: (self: GeneratorObject) => self.open('['),
    writeEndArray: (self: GeneratorObject) => self.close(']'),
    writeFieldName: (self: GeneratorObject, name: string | null) => self.name(text(name)),
    writeNull: (self: GeneratorObject) => self.value('null'),
    writeNullField: (self: GeneratorObject, name: string | null) => {
      self.name(text(name));
      self.value('null');
    },
    getAsString: (self: GeneratorObject) => self.text(),
    close: (self: GeneratorObject) => {
      self.closed = true;
    },
    isClosed: (self: GeneratorObject) => self.closed,
  }),
};

interface Token {
  readonly kind: string;
  readonly text: string;
  readonly name: string | null;
  readonly value: JsonValue;
  /** Index of the token that closes this one. */
  end: number;
}

/** The tokens of a document in the order in which a parser walks over them. */
function tokensOf(value: JsonValue): readonly Token[] {
  const tokens: Token[] = [];
  walk(value, null, tokens);
  return tokens;
}

function walk(value: JsonValue, name: string | null, tokens: Token[]): void {
  const at = tokens.length;
  const push = (kind: string, shown: string): Token => {
    const token: Token = { kind, text: shown, name, value, end: tokens.length };
    tokens.push(token);
    return token;
  };
  if (value instanceof Map) {
    push('START_OBJECT', '{');
    for (const [key, item] of value) {
      tokens.push({ kind: 'FIELD_NAME', text: String(key), name: String(key), value: String(key), end: tokens.length });
      walk(item, String(key), tokens);
    }
    push('END_OBJECT', '}');
  } else if (Array.isArray(value)) {
    push('START_ARRAY', '[');
    for (const item of value) walk(item, null, tokens);
    push('END_ARRAY', ']');
  } else if (value === null) push('VALUE_NULL', 'null');
  else if (typeof value === 'boolean') push(value ? 'VALUE_TRUE' : 'VALUE_FALSE', String(value));
  else if (value instanceof JsonNumber)
    push(/[.eE]/.test(value.text) ? 'VALUE_NUMBER_FLOAT' : 'VALUE_NUMBER_INT', value.text);
  else push('VALUE_STRING', String(value));
  const first = tokens[at];
  if (first !== undefined) first.end = tokens.length - 1;
}

/** System.JSONParser. */
class ParserObject extends PlatformObject {
  override readonly typeName = 'System.JSONParser';
  private at = -1;
  private cleared = false;
  private lastCleared: Token | undefined;

  constructor(
    private readonly runtime: ApexRuntime,
    private readonly tokens: readonly Token[],
  ) {
    super();
  }

  get current(): Token | undefined {
    return this.cleared ? undefined : this.tokens[this.at];
  }

  next(): ApexEnum | null {
    this.cleared = false;
    this.at = Math.min(this.at + 1, this.tokens.length);
    return this.kind(this.current);
  }

  nextValue(): ApexEnum | null {
    const kind = this.next();
    return this.current?.kind === 'FIELD_NAME' ? this.next() : kind;
  }

  kind(token: Token | undefined): ApexEnum | null {
    return token === undefined ? null : this.runtime.platformEnum('System.JSONToken', token.kind);
  }

  need(): Token {
    const { current } = this;
    if (current === undefined) throw apexError('JSONException', 'There is no current token');
    return current;
  }

  skip(): void {
    const { current } = this;
    if (current?.kind === 'START_OBJECT' || current?.kind === 'START_ARRAY') this.at = current.end;
  }

  clear(): void {
    this.lastCleared = this.current;
    this.cleared = true;
  }

  get cleared_(): Token | undefined {
    return this.lastCleared;
  }

  readAs(type: TypeObject, strict: boolean): unknown {
    if (this.current === undefined) this.next();
    const token = this.need();
    const result = new TypedReader(this.runtime, strict).read(token.value, type.type);
    this.at = token.end;
    return result;
  }
}

const parserModule: LibraryModule = {
  owner: 'System.JSONParser',
  members: (runtime) => ({
    nextToken: (self: ParserObject) => self.next(),
    nextValue: (self: ParserObject) => self.nextValue(),
    getCurrentToken: (self: ParserObject) => self.kind(self.current),
    hasCurrentToken: (self: ParserObject) => self.current !== undefined,
    clearCurrentToken: (self: ParserObject) => self.clear(),
    getLastClearedToken: (self: ParserObject) => self.kind(self.cleared_),
    getCurrentName: (self: ParserObject) => self.need().name,
    getText: (self: ParserObject) => self.current?.text ?? null,
    getBooleanValue: (self: ParserObject) => self.need().kind === 'VALUE_TRUE',
    getIntegerValue: (self: ParserObject) => Number.parseInt(self.need().text, 10) | 0,
    getLongValue: (self: ParserObject) => BigInt(self.need().text),
    getDoubleValue: (self: ParserObject) => new ApexDouble(Number(self.need().text)),
    getDecimalValue: (self: ParserObject) => ApexDecimal.of(self.need().text),
    getIdValue: (self: ParserObject) => asId(self.need().text),
    getDateValue: (self: ParserObject) => required(ApexDate.parseIso(self.need().text)),
    getDateTimeValue: (self: ParserObject) => required(ApexDatetime.parseIso(self.need().text)),
    getTimeValue: (self: ParserObject) => required(ApexTime.parseIso(self.need().text)),
    getBlobValue: (self: ParserObject) => new ApexBlob(Buffer.from(self.need().text, 'base64')),
    readValueAs: (self: ParserObject, type: TypeObject) => self.readAs(type, false),
    readValueAsStrict: (self: ParserObject, type: TypeObject) => self.readAs(type, true),
    skipChildren: (self: ParserObject) => self.skip(),
    toString: (self: ParserObject) => runtime.text(self),
  }),
};

export const jsonModules: readonly LibraryModule[] = [jsonModule, generatorModule, parserModule];

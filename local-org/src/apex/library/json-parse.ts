import { apexError } from '../runtime/index.js';

/** A parsed number keeps its digits: Apex decides later what kind of number it is. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** A parsed JSON value; objects keep the order and repetition of their members as maps. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | ReadonlyMap<string, JsonValue>;

/** Reads a JSON text strictly. @param textRead is told the length of every text @throws System.JSONException with the place */
export function parseJson(source: string, textRead: (length: number) => void = () => undefined): JsonValue {
  return new Reader(source, textRead).document();
}

class Reader {
  private at = 0;
  constructor(
    private readonly source: string,
    private readonly textRead: (length: number) => void,
  ) {}

  document(): JsonValue {
    const value = this.value(0);
    this.space();
    if (this.at < this.source.length) this.fail(`Unexpected character ('${this.source.charAt(this.at)}')`);
    return value;
  }

  private fail(reason: string): never {
    const before = this.source.slice(0, this.at).split('\n');
    throw apexError(
      'JSONException',
      `${reason} at input location [${before.length},${(before.at(-1)?.length ?? 0) + 1}]`,
    );
  }

  private space(): void {
    while (/[\s]/.test(this.source.charAt(this.at))) this.at++;
  }

  private value(depth: number): JsonValue {
    if (depth > 500) this.fail('JSON is nested too deeply');
    this.space();
    const char = this.source.charAt(this.at);
    if (char === '') this.fail('No content to map to Object due to end of input');
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"') return this.text();
    return this.scalar();
  }

  private scalar(): JsonValue {
    const pattern = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found === undefined)
      this.fail(
        `Unexpected character ('${this.source.charAt(this.at)}' (code ${this.source.charCodeAt(this.at)})): expected a valid value (number, String, array, object, 'true', 'false' or 'null')`,
      );
    this.at += found.length;
    if (found === 'null') return null;
    return found === 'true' || found === 'false' ? found === 'true' : new JsonNumber(found);
  }

  private text(): string {
    const pattern = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found === undefined || [...found].some((char) => char < ' '))
      this.fail('Unexpected end-of-input or illegal character in VALUE_STRING');
    this.at += found.length;
    const text = String(JSON.parse(found));
    this.textRead(text.length);
    return text;
  }

  private object(depth: number): ReadonlyMap<string, JsonValue> {
    const members = new Map<string, JsonValue>();
    this.at++;
    this.space();
    if (this.take('}')) return members;
    for (;;) {
      this.space();
      if (this.source.charAt(this.at) !== '"')
        this.fail(
          `Unexpected character ('${this.source.charAt(this.at)}' (code ${this.source.charCodeAt(this.at)})): was expecting double-quote to start field name`,
        );
      const name = this.text();
      this.space();
      if (!this.take(':'))
        this.fail(
          `Unexpected character ('${this.source.charAt(this.at)}'): was expecting a colon to separate field name and value`,
        );
      members.set(name, this.value(depth + 1));
      this.space();
      if (this.take('}')) return members;
      if (!this.take(','))
        this.fail(
          `Unexpected character ('${this.source.charAt(this.at)}'): was expecting comma to separate OBJECT entries`,
        );
    }
  }

  private array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.at++;
    this.space();
    if (this.take(']')) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.space();
      if (this.take(']')) return items;
      if (!this.take(','))
        this.fail(
          `Unexpected character ('${this.source.charAt(this.at)}'): was expecting comma to separate ARRAY entries`,
        );
    }
  }

  private take(char: string): boolean {
    if (this.source.charAt(this.at) !== char) return false;
    this.at++;
    return true;
  }
}

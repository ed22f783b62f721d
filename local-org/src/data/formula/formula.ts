import { createRequire } from 'node:module';

import type { ExpressionType, ExpressionTypeDictionary } from 'sformula/types/types.js';

import { matchesWhole } from '../../regex/index.js';
import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import { ApexDate, zonedFields, type FieldValue } from '../values/index.js';
import { formulaType, toFormulaValue } from './convert.js';
import { globalType, isGlobal } from './globals.js';

/** A formula that the org cannot calculate: syntax, an unknown field, or a function that the local org does not have. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';

  constructor(readonly feature: string) {
    super(`${feature} is not supported by the local org.`);
  }
}

/** A function of texts that gives a text, besides those that every formula has. */
export interface TextFunction {
  readonly arity: number;
  readonly run: (...args: readonly unknown[]) => string;
}

/** The names that a formula may use. */
export interface FormulaScope {
  /** Type of what a path of names stands for; undefined when it means nothing. */
  typeOf(path: readonly string[]): ExpressionType | undefined;
  /** Functions of this kind of formula only, by upper-case name. */
  readonly functions?: Readonly<Record<string, TextFunction>> | undefined;
}

/** What a formula reads when it is evaluated. */
export interface FormulaInput {
  /**
   * Value at a path of names as the scope knows them: fields of the record (`['Account', 'Name']`), a global (`['$User', 'Id']`). Behind
   * `CHANGED` stands the path that ISCHANGED asks about, behind `PRIOR` that of PRIORVALUE.
   */
  readonly read: (path: readonly string[]) => FieldValue;
  readonly now: number;
  /** Time zone in which `TODAY()` begins. */
  readonly zone?: string | undefined;
  readonly isNew: boolean;
}

/** First name of the path that stands for `ISCHANGED(path)`; its value is a Boolean. */
export const CHANGED = '$ISCHANGED';
/** First name of the path that stands for `PRIORVALUE(path)`. */
export const PRIOR = '$PRIORVALUE';

const requireLibrary = createRequire(import.meta.url);

interface Libraries {
  /** Parses formulas and checks their types. */
  readonly formulas: typeof import('sformula');
  /** Evaluates the expressions that the other makes of them. */
  readonly expressions: typeof import('esformula');
}

let libraries: Libraries | undefined;

/** The libraries take some 80 ms to load, and most runs need no formula. */
function formulaLibraries(): Libraries {
  if (libraries === undefined) {
    const formulas: Libraries['formulas'] = requireLibrary('sformula');
    const expressions: Libraries['expressions'] = requireLibrary('esformula');
    libraries = { formulas, expressions };
  }
  return libraries;
}

const text = { argument: { type: 'string' }, optional: false } as const;
/** What `BR()` is in Apex and SOQL (EDA: ADDR_AdminAcc_TEST). */
const LINE_BREAK = '<br>';
const optionalText = { argument: { type: 'string' }, optional: true } as const;
const size = { argument: { type: 'number' }, optional: true } as const;
/** Functions that the library lacks or that must follow the org's clock. */
const OWN_FUNCTIONS: ExpressionTypeDictionary = {
  ORG_NOW: { type: 'function', arguments: [], returns: { type: 'datetime' } },
  ORG_TODAY: { type: 'function', arguments: [], returns: { type: 'date' } },
  ISNEW: { type: 'function', arguments: [], returns: { type: 'boolean' } },
  BR: { type: 'function', arguments: [], returns: { type: 'string' } },
  REGEX: { type: 'function', arguments: [text, text], returns: { type: 'boolean' } },
  ORG_HYPERLINK: { type: 'function', arguments: [text, text, optionalText], returns: { type: 'string' } },
  ORG_IMAGE: { type: 'function', arguments: [text, text, size, size], returns: { type: 'string' } },
};

interface FormulaParts {
  readonly expression: ReturnType<Libraries['expressions']['build']>;
  /** Those of the library's functions that the formula calls. */
  readonly builtins: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  readonly functions: Readonly<Record<string, TextFunction>>;
  readonly callsFunctions: boolean;
}

/** A formula that was parsed and type-checked once. */
export class CompiledFormula {
  /** Result of a formula such as `0` or `"New"`, as most defaults are: it reads nothing. */
  private constant: { readonly value: unknown } | undefined;

  private constructor(
    readonly source: string,
    /** Type of the result as the library names it. */
    readonly returnType: string,
    private readonly parts: FormulaParts,
  ) {}

  /** @throws FormulaError with the library's reason */
  static compile(source: string, scope: FormulaScope, blankAsZero: boolean): CompiledFormula {
    const { plain, references } = referencesOf(escapeQuotes(source));
    const functions = scope.functions ?? {};
    const inputTypes: ExpressionTypeDictionary = { ...OWN_FUNCTIONS, ...typesOf(functions) };
    for (const reference of references) {
      const type = leafType(scope, reference.asked);
      reference.isText = TEXT_TYPES.has(type.type);
      declare(inputTypes, reference.placed, type);
    }
    let callsFunctions = false;
    const rewritten = replaceOutsideText(plain, /\b[A-Za-z]\w*(?=\s*\()/g, (name) => {
      callsFunctions = true;
      return functionName(name);
    });
    try {
      const { formulas, expressions } = formulaLibraries();
      const { compiled, returnType } = formulas.parseSync(rewritten, { inputTypes, blankAsZero });
      const expression = expressions.build(compiled.expression);
      const builtins = Object.entries(formulas.builtins).filter(([name]) => expression.identifiers.includes(name));
      return new CompiledFormula(source, returnType, {
        expression,
        builtins: Object.fromEntries(builtins),
        references,
        functions,
        callsFunctions,
      });
    } catch (error) {
      throw new FormulaError(`The formula "${source}" (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  /** The names that the formula reads, as it writes them. */
  get paths(): readonly (readonly string[])[] {
    return this.parts.references.map(({ asked: [first = '', ...rest] }) =>
      first === CHANGED || first === PRIOR ? rest : [first, ...rest],
    );
  }

  evaluate(input: FormulaInput): unknown {
    if (this.parts.references.length > 0 || this.parts.callsFunctions) return this.calculate(input);
    this.constant ??= { value: this.calculate(input) };
    return this.constant.value;
  }

  private calculate(input: FormulaInput): unknown {
    const { expression, builtins, references, functions } = this.parts;
    const context: Record<string, unknown> = {
      ORG_NOW: () => new Date(input.now).toISOString(),
      ORG_TODAY: () => today(input),
      ISNEW: () => input.isNew,
      BR: () => LINE_BREAK,
      ORG_HYPERLINK: hyperlink,
      ORG_IMAGE: image,
      REGEX: (value: unknown, pattern: unknown) => matchesWhole(String(pattern), String(value ?? '')),
      ...Object.fromEntries(Object.entries(functions).map(([name, { run }]) => [name, run])),
    };
    // A text without a value is an empty one, so that `Text__c + "x"` is x (help: Tips for Working with Text and Picklist Fields).
    for (const { placed, asked, isText } of references)
      place(context, placed, toFormulaValue(input.read(asked)) ?? (isText ? '' : null));
    return plainResult(expression.evaluate({ ...context, ...builtins }), this.returnType);
  }
}

function today({ zone, now }: FormulaInput): string {
  const { year, month, day } = zonedFields(zone ?? 'GMT', now);
  return ApexDate.of(year, month, day).toIso();
}

/** A result in plain values, as the library's own evaluation gives it, which copies all its functions each time. */
function plainResult(value: unknown, type: string): unknown {
  if (type === 'boolean') return Boolean(value);
  if (value === null || value === undefined) return null;
  if (type === 'string') return String(value).trim() || null;
  return typeof value === 'object' && 'toNumber' in value ? Number(value) : value;
}

/** `ISCHANGED(Field)` and `PRIORVALUE(Field)`, which ask about a field and not about its value. */
const RECORD_CHANGES = /\b(ISCHANGED|PRIORVALUE)\s*\(\s*(\$?[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)\s*\)/gi;

/** Types whose empty value is an empty text: `ISPICKVAL(Stage__c, "")` asks for none. */
const TEXT_TYPES: ReadonlySet<string> = new Set(['string', 'picklist', 'multipicklist']);

/** A name in a formula: where the library finds its value, and the path that it stands for. */
interface Reference {
  readonly placed: readonly string[];
  readonly asked: readonly string[];
  /** Set once the types of the formula's names are known. */
  isText: boolean;
}

/** The formula with plain names for what it asks about changes, and all its names. */
function referencesOf(source: string): { readonly plain: string; readonly references: readonly Reference[] } {
  const asked: string[][] = [];
  const plain = replaceOutsideText(source, RECORD_CHANGES, (call) => {
    const [, name = '', path = ''] = new RegExp(RECORD_CHANGES.source, 'i').exec(call) ?? [];
    asked.push([`$${name.toUpperCase()}`, ...path.split('.')]);
    return `$${name.toUpperCase()}.f${asked.length - 1}`;
  });
  const named = replaceOutsideText(plain, KINDS, (name) => name.replace(':', OF_KIND));
  const references = referencedPaths(named).map((placed): Reference => {
    const [first, second = ''] = placed;
    const change = first === CHANGED || first === PRIOR ? asked[Number(second.slice(1))] : undefined;
    return { placed, asked: change ?? placed.map((name) => name.replace(OF_KIND, ':')), isText: false };
  });
  return { plain: named, references };
}

/** `Owner:User`, a relationship with the one of its kinds of parents that is meant. */
const KINDS = /\b[A-Za-z]\w*:[A-Za-z]\w*(?=\s*\.)/g;
/** Stands for the colon in names that the library sees. */
const OF_KIND = '_OF_KIND_';

/** The parts of a step such as `Owner:Queue`; the kind is an object's name, and undefined where the formula names none. */
export function formulaStep(name: string): { readonly relationship: string; readonly kind: string | undefined } {
  const [relationship = '', kind] = name.toLowerCase().split(':');
  return { relationship, kind: kind === 'queue' ? 'group' : kind };
}

/** Functions that the org calculates in its own way. */
const OWN_FORMS: ReadonlySet<string> = new Set(['NOW', 'TODAY', 'HYPERLINK', 'IMAGE']);

/** As the library spells functions: in upper case, and those that the org calculates itself under names of their own. */
function functionName(name: string): string {
  const upper = name.toUpperCase();
  return OWN_FORMS.has(upper) ? `ORG_${upper}` : upper;
}

/** A link as the API shows it: HTML, which in formulas is a text like any other. */
function hyperlink(url: unknown, label: unknown, target: unknown): string {
  return `<a href="${String(url ?? '')}" target="${String(target ?? '_blank')}">${String(label ?? '')}</a>`;
}

function image(url: unknown, label: unknown, height: unknown, width: unknown): string {
  const style =
    height === null || height === undefined
      ? ''
      : ` style="height:${String(height)}px; width:${String(width ?? '')}px;"`;
  return `<img src="${String(url ?? '')}" alt="${String(label ?? '')}"${style} border="0"/>`;
}

function typesOf(functions: Readonly<Record<string, TextFunction>>): ExpressionTypeDictionary {
  return Object.fromEntries(
    Object.entries(functions).map(([name, { arity }]) => [
      name,
      { type: 'function', arguments: Array.from({ length: arity }, () => text), returns: { type: 'string' } },
    ]),
  );
}

/** Every dotted name outside of texts that is not a function call, a literal or an own function. */
function referencedPaths(source: string): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  replaceOutsideText(source, /\$?[A-Za-z]\w*(?:\s*\.\s*[A-Za-z]\w*)*(\s*\()?/g, (name) => {
    const path = name.split('.').map((part) => part.trim());
    if (!name.endsWith('(') && !/^(true|false|null)$/i.test(name)) found.set(path.join('.').toLowerCase(), path);
    return name;
  });
  return [...found.values()];
}

/** Texts and comments of a formula. */
const TEXTS = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/)/;

/** The library wants both kinds of quotes escaped in a text; on the platform only the kind that ends it needs it. */
function escapeQuotes(source: string): string {
  return source
    .split(TEXTS)
    .map((part, index) => {
      if (index % 2 === 0 || part.startsWith('/*')) return part;
      const quote = part.charAt(0);
      const body = part.slice(1, -1).replace(/\\.|["']/gs, (found) => (/^["']$/.test(found) ? `\\${found}` : found));
      return quote + body + quote;
    })
    .join('');
}

function replaceOutsideText(source: string, pattern: RegExp, replace: (found: string) => string): string {
  return source
    .split(TEXTS)
    .map((part, index) =>
      index % 2 === 1 ? (part.startsWith('/*') ? '' : part) : part.replace(pattern, (found) => replace(found)),
    )
    .join('');
}

function leafType(scope: FormulaScope, path: readonly string[]): ExpressionType {
  const [first, ...rest] = path;
  const asked = first === CHANGED || first === PRIOR ? rest : path;
  const type = scope.typeOf(asked);
  if (type === undefined) throw new FormulaError(`The name ${asked.join('.')} in formulas`);
  return first === CHANGED ? { type: 'boolean' } : type;
}

/** Looks up an object by name, to follow relationships. */
export type ObjectLookup = (name: string) => ObjectSchema | undefined;

/** The names of formulas on an object: its fields, those of its parents, and the globals of the running user. */
export function objectScope(object: ObjectSchema, objectNamed: ObjectLookup): FormulaScope {
  return {
    typeOf: (path) => {
      if (isGlobal(path))
        return globalType({ object: objectNamed }, path, (start, names) => fieldAt(start, objectNamed, names));
      const field = fieldAt(object, objectNamed, path);
      return field === undefined ? undefined : formulaType(field);
    },
  };
}

/** The field at the end of a path from an object; undefined when a name on the way does not exist. */
export function fieldAt(
  start: ObjectSchema,
  objectNamed: ObjectLookup,
  path: readonly string[],
): FieldSchema | undefined {
  let object: ObjectSchema | undefined = start;
  for (const name of path.slice(0, -1)) {
    const { relationship, kind } = formulaStep(name);
    const reference: FieldSchema | undefined = object?.parents.get(relationship);
    const wanted = (candidate: string): boolean => candidate.toLowerCase() === (kind ?? 'user');
    const target: string | undefined =
      reference?.referenceTo.find(wanted) ?? (kind === undefined ? reference?.referenceTo[0] : undefined);
    object = target === undefined ? undefined : objectNamed(target);
  }
  return object?.fields.get(path.at(-1)?.toLowerCase() ?? '');
}

function declare(types: ExpressionTypeDictionary, path: readonly string[], leaf: ExpressionType): void {
  let at = types;
  for (const name of path.slice(0, -1)) {
    const existing = at[name];
    if (existing?.type === 'object') at = existing.properties;
    else {
      const properties: ExpressionTypeDictionary = {};
      at[name] = { type: 'object', properties };
      at = properties;
    }
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = leaf;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function place(context: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = context;
  for (const name of path.slice(0, -1)) {
    const existing = at[name];
    if (isRecord(existing)) at = existing;
    else {
      const created: Record<string, unknown> = {};
      at[name] = created;
      at = created;
    }
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
}

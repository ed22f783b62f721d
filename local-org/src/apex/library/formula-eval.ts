import {
  ApexDecimal,
  CompiledFormula,
  FormulaError,
  fromFormulaValue,
  isFormula,
  rowValues,
  SObject,
  type FieldType,
  type FieldValue,
} from '../../data/index.js';
import {
  apexError,
  ApexDouble,
  ApexList,
  ApexSet,
  PlatformObject,
  toLong,
  Unsupported,
  type ApexEnum,
  type ApexRuntime,
  type LibraryModule,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { required } from './arguments.js';
import { bean } from './bean.js';
import { scopeOf, valueAt } from './formula-scope.js';
import { ObjectToken } from './schema-tokens.js';
import { TypeObject } from './type.js';

/** A kind of result: the types of the library that fit it, the field type that it is read as, and its value in Apex. */
interface ReturnKind {
  readonly fits: readonly string[];
  readonly as: FieldType;
  readonly made?: (value: FieldValue) => unknown;
}

const NUMBERS = ['number', 'currency', 'percent'];
const whole = (value: FieldValue): bigint => toLong(value instanceof ApexDecimal ? value.setScale(0) : value);

const RETURN_KINDS: Readonly<Record<string, ReturnKind>> = {
  BOOLEAN: { fits: ['boolean'], as: 'boolean' },
  DATE: { fits: ['date'], as: 'date' },
  DATETIME: { fits: ['datetime'], as: 'datetime' },
  DECIMAL: { fits: NUMBERS, as: 'double' },
  DOUBLE: {
    fits: NUMBERS,
    as: 'double',
    made: (value) => (value instanceof ApexDecimal ? new ApexDouble(value.toNumber()) : value),
  },
  ID: { fits: ['id', 'string'], as: 'id' },
  INTEGER: { fits: NUMBERS, as: 'double', made: (value) => (value === null ? null : Number(whole(value))) },
  LONG: { fits: NUMBERS, as: 'double', made: (value) => (value === null ? null : whole(value)) },
  STRING: { fits: ['string', 'id', 'picklist'], as: 'string' },
  TIME: { fits: ['time'], as: 'time' },
};

class FormulaBuilder extends PlatformObject {
  override readonly typeName = 'FormulaEval.FormulaBuilder';
  source = '';
  on: ObjectToken | TypeObject | undefined;
  returns: string | undefined;
  blankAsZero = false;
  globals: ReadonlySet<string> = new Set();
}

class FormulaInstance extends PlatformObject {
  override readonly typeName = 'FormulaEval.FormulaInstance';
  constructor(
    readonly formula: CompiledFormula,
    readonly kind: ReturnKind,
  ) {
    super();
  }
}

const invalid = (message: string): ReturnType<typeof apexError> => apexError('FormulaValidationException', message);

function compile(runtime: ApexRuntime, { source, on, blankAsZero }: FormulaBuilder): CompiledFormula {
  const type = on instanceof TypeObject ? on.type : undefined;
  const target =
    on instanceof ObjectToken
      ? on.object
      : type?.kind === 'user'
        ? type.symbol
        : type?.kind === 'sobject'
          ? runtime.object(type.name)
          : undefined;
  if (target === undefined) throw invalid('A context type is required.');
  try {
    return CompiledFormula.compile(source, scopeOf(runtime, target), blankAsZero);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    // A function that nobody knows here may be one of the platform's.
    if (error.feature.includes('type information is not found')) throw new Unsupported(error.feature);
    throw invalid(error.feature);
  }
}

function build(runtime: ApexRuntime, builder: FormulaBuilder): FormulaInstance {
  if (builder.source.trim() === '') throw invalid('A formula is required.');
  const kind = RETURN_KINDS[builder.returns ?? ''];
  if (kind === undefined) throw invalid('A return type is required.');
  const formula = compile(runtime, builder);
  if (!kind.fits.includes(formula.returnType))
    throw invalid(`Formula result is data type (${formula.returnType}), incompatible with expected data type.`);
  for (const [first = ''] of formula.paths)
    if (first.startsWith('$') && !builder.globals.has(first.slice(1).toUpperCase()))
      throw invalid(`The global variable ${first} is not enabled.`);
  return new FormulaInstance(formula, kind);
}

function evaluate(runtime: ApexRuntime, { formula, kind }: FormulaInstance, context: unknown): unknown {
  const result = formula.evaluate({
    read: (path) => (path[0]?.startsWith('$') === true ? runtime.data.formulas.globalAt(path) : valueAt(context, path)),
    now: runtime.now,
    zone: runtime.timeZone,
    isNew: false,
  });
  const value = fromFormulaValue(result, { type: kind.as, scale: undefined });
  return kind.made === undefined ? value : kind.made(value);
}

/** Sets the formula fields of records in memory anew (Apex Reference Guide: Formula Class). */
function recalculate(runtime: ApexRuntime, rows: ApexList | null): ApexList {
  const results = required(rows).items.map((row) => {
    if (row instanceof SObject) {
      const inMemory = { id: row.id ?? '', deleted: false, values: rowValues(row.values) };
      for (const field of row.object.fields.values())
        if (isFormula(field)) row.set(field.name, runtime.data.formulas.valueOf(row.object, field, inMemory));
    }
    const errors = new ApexList(platform('System.FormulaRecalcFieldError'));
    return bean(runtime, 'System.FormulaRecalcResult', { success: true, sObject: row, errors });
  });
  return new ApexList(platform('System.FormulaRecalcResult'), results);
}

/** Formulas that Apex evaluates (Apex Developer Guide: Formula Evaluation in Apex). */
export const formulaModules: readonly LibraryModule[] = [
  {
    owner: 'System.Formula',
    members: (runtime) => ({
      builder: () => new FormulaBuilder(),
      recalculateFormulas: (rows: ApexList | null) => recalculate(runtime, rows),
    }),
  },
  {
    owner: 'FormulaEval.FormulaBuilder',
    members: (runtime) => ({
      builder: () => new FormulaBuilder(),
      withFormula: (self: FormulaBuilder, source: string | null) => Object.assign(self, { source: source ?? '' }),
      withType: (self: FormulaBuilder, on: ObjectToken | TypeObject | null) =>
        Object.assign(self, { on: required(on) }),
      withReturnType: (self: FormulaBuilder, type: ApexEnum | null) =>
        Object.assign(self, { returns: required(type).name.toUpperCase() }),
      withGlobalVariables: (self: FormulaBuilder, globals: ApexList | null) =>
        Object.assign(self, {
          globals: new Set(required(globals).items.map((each) => (each as ApexEnum).name.toUpperCase())),
        }),
      treatNumericNullAsZero: (self: FormulaBuilder, blankAsZero: boolean | null) =>
        Object.assign(self, { blankAsZero: blankAsZero === true }),
      parseAsTemplate: (self: FormulaBuilder, isTemplate: boolean | null) => {
        if (isTemplate === true) throw new Unsupported('FormulaBuilder.parseAsTemplate(true)');
        return self;
      },
      build: (self: FormulaBuilder) => build(runtime, self),
    }),
  },
  {
    owner: 'FormulaEval.FormulaInstance',
    members: (runtime) => ({
      evaluate: (self: FormulaInstance, context: unknown) => evaluate(runtime, self, context),
      getReferencedFields: (self: FormulaInstance) =>
        new ApexSet(
          PRIMITIVES.String,
          self.formula.paths.map((path) => path.join('.')),
        ),
    }),
  },
];

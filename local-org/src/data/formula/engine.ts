import { isFormula, type FieldSchema, type ObjectSchema, type SchemaRegistry } from '../schema/index.js';
import type { Row, Store } from '../store/index.js';
import { sameFieldValue, type FieldValue } from '../values/index.js';
import { fromFormulaValue } from './convert.js';
import { CHANGED, CompiledFormula, formulaStep, objectScope, PRIOR } from './formula.js';
import { isGlobal, readGlobal, type FormulaGlobals, type ObjectRow } from './globals.js';

/** Who and when, for `$User` and `NOW()`. */
export interface FormulaSession extends FormulaGlobals {
  readonly now: () => number;
}

/** Calculates formula fields, validation rules and default values of an org; each formula is parsed once. */
export class FormulaEngine {
  private readonly compiled = new Map<string, CompiledFormula>();

  constructor(
    private readonly schema: SchemaRegistry,
    private readonly store: () => Store,
    private readonly session: FormulaSession,
  ) {}

  /** Value of a calculated field of a stored row. */
  valueOf(object: ObjectSchema, field: FieldSchema, row: Row): FieldValue {
    if (field.formula === undefined) return row.values[field.name] ?? null;
    const formula = this.compile(object, field.formula, field.blankAsZero);
    return fromFormulaValue(formula.evaluate(this.inputOf(object, row, false)), field);
  }

  /** A validation rule's condition for a row that is about to be saved. @param before the stored row; undefined for a new one */
  holds(object: ObjectSchema, condition: string, row: Row, before: Row | undefined): boolean {
    const isNew = before === undefined;
    return this.compile(object, condition, false).evaluate(this.inputOf(object, row, isNew, before)) === true;
  }

  /** A default value for a new record. */
  defaultOf(object: ObjectSchema, field: FieldSchema, formula: string, row: Row): FieldValue {
    return fromFormulaValue(this.compile(object, formula, true).evaluate(this.inputOf(object, row, true)), field);
  }

  /** Value of a global, such as `$User.Id`. */
  globalAt(path: readonly string[]): FieldValue {
    const target = readGlobal(this.store(), this.session, path);
    if (target.kind === 'value') return target.value;
    return target.at === undefined ? null : this.read(target.at.object, target.at.row, target.path);
  }

  private compile(object: ObjectSchema, source: string, blankAsZero: boolean): CompiledFormula {
    const key = `${object.name}\0${blankAsZero}\0${source}`;
    let formula = this.compiled.get(key);
    if (formula === undefined) {
      formula = CompiledFormula.compile(
        source,
        objectScope(object, (name) => this.schema.object(name)),
        blankAsZero,
      );
      this.compiled.set(key, formula);
    }
    return formula;
  }

  private inputOf(
    object: ObjectSchema,
    row: Row,
    isNew: boolean,
    before?: Row,
  ): Parameters<CompiledFormula['evaluate']>[0] {
    const read = (path: readonly string[]): FieldValue => {
      const [first, ...rest] = path;
      // A new record has no prior values: ISCHANGED is false and PRIORVALUE the value itself (Salesforce Help: Formula Operators and Functions).
      if (first === PRIOR) return this.read(object, before ?? row, rest);
      if (first !== CHANGED) return this.read(object, row, path);
      return before !== undefined && !sameFieldValue(this.read(object, row, rest), this.read(object, before, rest));
    };
    return { read, now: this.session.now(), zone: this.session.timeZone?.(), isNew };
  }

  private read(object: ObjectSchema, row: Row, path: readonly string[]): FieldValue {
    let at: ObjectRow | undefined = { object, row };
    let names = path;
    if (isGlobal(path)) {
      const target = readGlobal(this.store(), this.session, path);
      if (target.kind === 'value') return target.value;
      at = target.at;
      names = target.path;
    }
    for (const name of names.slice(0, -1)) {
      const { relationship, kind } = formulaStep(name);
      const reference = at?.object.parents.get(relationship);
      const id: FieldValue | undefined = reference === undefined ? undefined : at?.row.values[reference.name];
      at = typeof id === 'string' ? this.store().rowOfId(id) : undefined;
      if (kind !== undefined && at?.object.name.toLowerCase() !== kind) at = undefined;
    }
    const field = at?.object.fields.get(names.at(-1)?.toLowerCase() ?? '');
    if (at === undefined || field === undefined) return null;
    return isFormula(field) ? this.valueOf(at.object, field, at.row) : (at.row.values[field.name] ?? null);
  }
}

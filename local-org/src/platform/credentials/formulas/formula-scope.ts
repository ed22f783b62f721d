import { CompiledFormula, FormulaError, type FieldValue } from '../../../data/index.js';
import { CalloutFailure } from '../../../apex/runtime/index.js';
import { MESSAGES } from '../messages.js';
import { BLOB_FUNCTIONS, CredentialFormulaError, plainText } from './functions.js';
import { pieces } from './template.js';

/** What the formulas of one callout see. */
export interface FormulaContext {
  /**
   * Value of a merge field of the credential by its path behind `$Credential`: `['Erp', 'ApiKey']`. Undefined when there is none, null when it is
   * empty.
   */
  readonly credential: (path: readonly string[]) => string | null | undefined;
  /** Value of a global of the org: `['$Organization', 'Id']`; undefined for one that the local org does not have. */
  readonly global: (path: readonly string[]) => FieldValue | undefined;
  readonly now: number;
}

/** Text of a template with its formulas calculated. Throws CalloutFailure for a field that does not exist; its message holds no value. */
export function evaluateTemplate(template: string, context: FormulaContext): string {
  return pieces(template)
    .map((piece) => (piece.kind === 'text' ? piece.text : evaluateFormula(piece.source, context)))
    .join('');
}

export function evaluateFormula(source: string, context: FormulaContext): string {
  const read = (path: readonly string[]): FieldValue | undefined =>
    isCredential(path) ? context.credential(path.slice(1)) : context.global(path);
  try {
    const formula = CompiledFormula.compile(
      source,
      {
        typeOf: (path) => {
          if (read(path) === undefined) throw new CalloutFailure(MESSAGES.noField(withoutGlobal(path)));
          return { type: 'string' };
        },
        functions: BLOB_FUNCTIONS,
      },
      false,
    );
    return plainText(formula.evaluate({ read: (path) => read(path) ?? null, now: context.now, isNew: false }));
  } catch (error) {
    if (error instanceof FormulaError || error instanceof CredentialFormulaError)
      throw new CalloutFailure(error.message, { cause: error });
    throw error;
  }
}

/** The path that a merge field names when it is nothing but one: `$Credential.Username`. */
export function mergeFieldPath(source: string): readonly string[] | undefined {
  return /^\s*\$\w+(?:\.\w+)+\s*$/.test(source) ? source.trim().split('.') : undefined;
}

export function isCredential(path: readonly string[]): boolean {
  return path[0]?.toLowerCase() === '$credential';
}

function withoutGlobal(path: readonly string[]): string {
  return (isCredential(path) ? path.slice(1) : path).join('.');
}

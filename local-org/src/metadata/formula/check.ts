import { tokens, type Token } from './tokens.js';

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Functions of the formula language that flows, formula fields and validation rules share. */
export const FORMULA_FUNCTIONS = names(
  `ABS ACOS ADDMONTHS AND ASCII ASIN ATAN ATAN2 BEGINS BLANKVALUE BR CASE CASESAFEID CEILING CHR CONTAINS COS
  CURRENCYRATE DATE DATETIMEVALUE DATEVALUE DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION
  GETRECORDIDS GETSESSIONID HOUR HTMLENCODE HYPERLINK IF IMAGE IMAGEPROXYURL INCLUDE INCLUDES INITCAP ISBLANK
  ISCHANGED ISCLONE ISNEW ISNULL ISNUMBER ISOWEEK ISOYEAR ISPICKVAL JSENCODE JSINHTMLENCODE JUNCTIONIDLIST LEFT LEN
  LINKTO LN LOG LOWER LPAD MAX MCEILING MFLOOR MID MILLISECOND MIN MINUTE MOD MONTH NOT NOW NULLVALUE OR PARENTGROUPVAL
  PI PICKCOUNT PREDICT PREVGROUPVAL PRIORVALUE REGEX REQUIRESCRIPT REVERSE RIGHT ROUND RPAD SECOND SIN SQRT SUBSTITUTE
  TAN TEXT TIMENOW TIMEVALUE TODAY TRIM TRUNC UNIXTIMESTAMP UPPER URLENCODE URLFOR VALUE VLOOKUP WEEKDAY YEAR`,
);

/** Those that the local org cannot calculate. */
export const UNCALCULATED_FUNCTIONS = names(
  `ACOS ASCII ASIN ATAN ATAN2 CHR COS CURRENCYRATE DAYOFYEAR DISTANCE FORMATDURATION FROMUNIXTIME GEOLOCATION
  GETRECORDIDS GETSESSIONID HTMLENCODE IMAGEPROXYURL INCLUDE INITCAP ISCLONE ISOWEEK ISOYEAR JSENCODE JSINHTMLENCODE
  JUNCTIONIDLIST LINKTO PARENTGROUPVAL PI PICKCOUNT PREDICT PREVGROUPVAL REQUIRESCRIPT REVERSE SIN TAN TRUNC UNIXTIMESTAMP
  URLENCODE URLFOR VLOOKUP`,
);

/** What is wrong with a formula's form, in the platform's words; undefined when nothing is. */
export function formulaError(formula: string): string | undefined {
  const found = tokens(formula);
  if (found.length === 0) return 'Error: Formula is empty.';
  const bad = found.find(({ kind }) => kind === 'error');
  if (bad !== undefined) return `Error: Syntax error. Found '${bad.text}'`;
  const unknown = calledIn(found).find((name) => !FORMULA_FUNCTIONS.has(name.toUpperCase()));
  if (unknown !== undefined) return `Error: Unknown function ${unknown}. Check spelling.`;
  return unbalanced(found);
}

/** A function of a formula that the local org cannot calculate. */
export function uncalculatedFunction(formula: string): string | undefined {
  return calledIn(tokens(formula)).find((name) => UNCALCULATED_FUNCTIONS.has(name.toUpperCase()));
}

/** Names of the functions that are called, as they are written. */
function calledIn(found: readonly Token[]): readonly string[] {
  return found.flatMap(({ kind, text }, index) => (kind === 'name' && found[index + 1]?.text === '(' ? [text] : []));
}

function unbalanced(found: readonly Token[]): string | undefined {
  let depth = 0;
  for (const { kind, text } of found) {
    if (kind !== 'symbol') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0) return "Error: Syntax error. Extra ')'";
  }
  return depth > 0 ? "Error: Syntax error. Missing ')'" : undefined;
}

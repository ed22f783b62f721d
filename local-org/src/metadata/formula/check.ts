import { tokens, type Token } from './tokens.js';

/** Functions of the formula language that flows, formula fields and validation rules share. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `ABS ACOS ADDMONTHS AND ASCII ASIN ATAN ATAN2 BEGINS BLANKVALUE BR CASE CASESAFEID CEILING CHR CONTAINS COS
  CURRENCYRATE DATE DATETIMEVALUE DATEVALUE DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION
  GETRECORDIDS GETSESSIONID HOUR HTMLENCODE HYPERLINK IF IMAGE IMAGEPROXYURL INCLUDE INCLUDES INITCAP ISBLANK
  ISCHANGED ISCLONE ISNEW ISNULL ISNUMBER ISOWEEK ISOYEAR ISPICKVAL JSENCODE JSINHTMLENCODE JUNCTIONIDLIST LEFT LEN
  LINKTO LN LOG LOWER LPAD MAX MCEILING MFLOOR MID MILLISECOND MIN MINUTE MOD MONTH NOT NOW NULLVALUE OR PARENTGROUPVAL
  PI PICKCOUNT PREDICT PREVGROUPVAL PRIORVALUE REGEX REQUIRESCRIPT REVERSE RIGHT ROUND RPAD SECOND SIN SQRT SUBSTITUTE
  TAN TEXT TIMENOW TIMEVALUE TODAY TRIM TRUNC UNIXTIMESTAMP UPPER URLENCODE URLFOR VALUE VLOOKUP WEEKDAY YEAR`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** What is wrong with a formula's form, in the platform's words; undefined when nothing is. */
export function formulaError(formula: string): string | undefined {
  const found = tokens(formula);
  if (found.length === 0) return 'Error: Formula is empty.';
  const bad = found.find(({ kind }) => kind === 'error');
  if (bad !== undefined) return `Error: Syntax error. Found '${bad.text}'`;
  const unknown = found.find(
    (token, index) => isCall(token, found[index + 1]) && !FUNCTIONS.has(token.text.toUpperCase()),
  );
  if (unknown !== undefined) return `Error: Unknown function ${unknown.text}. Check spelling.`;
  return unbalanced(found);
}

const isCall = (token: Token, next: Token | undefined): boolean => token.kind === 'name' && next?.text === '(';

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

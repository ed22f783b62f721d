import { group, hardline, indent, join, line, print, softline, type Doc } from '../../apex-layout/index.js';

/** `a + b + c`. Where it breaks depends on where it stands. */
export interface Concatenation {
  readonly kind: 'concatenation';
  readonly operands: readonly [Doc, Doc, ...Doc[]];
}

/** Anything that has a value. */
export type Expression = Doc | Concatenation;

/** `a + b + c`; one operand stands for itself, none for the empty text. */
export function concatenation(operands: readonly Doc[]): Expression {
  const [first = "''", second, ...others] = operands;
  return second === undefined ? first : { kind: 'concatenation', operands: [first, second, ...others] };
}

function isConcatenation(expression: Expression): expression is Concatenation {
  return typeof expression === 'object' && 'kind' in expression && expression.kind === 'concatenation';
}

/** Two operands break on their own; more of them break together with what they stand in. */
function layout(expression: Expression): Doc {
  if (!isConcatenation(expression)) return expression;
  const [first, ...others] = expression.operands;
  if (others.length === 1) return group([group(first), ' ', group(['+', line, others])]);
  return [first, others.map((operand) => [' +', line, operand])];
}

function argument(expression: Expression): Doc {
  const isChain = isConcatenation(expression) && expression.operands.length > 2;
  return group(isChain ? indent(layout(expression)) : layout(expression));
}

/** `name(a, b)`; arguments go on lines of their own when they do not fit. */
export function call(name: string, ...args: readonly Expression[]): Doc {
  if (args.length === 0) return `${name}()`;
  return group([name, '(', indent([softline, join([',', line], args.map(argument))]), softline, ')']);
}

/** `target = value;`: a concatenation that does not fit goes below the target. */
export function assign(target: string, value: Expression): Doc {
  if (!isConcatenation(value)) return group([target, ' = ', value, ';']);
  return [group(indent([target, ' =', line, layout(value)])), ';'];
}

/** `return value;` */
export function returns(value: Expression): Doc {
  const statement = ['return ', layout(value), ';'];
  return group(isConcatenation(value) ? indent(statement) : statement);
}

export interface MapEntry {
  readonly key: string;
  readonly value: Expression;
}

/** `new Map<String, Object>{ 'a' => 1 }` */
export function mapLiteral(type: string, entries: readonly MapEntry[]): Doc {
  return braces(
    `new ${type}`,
    entries.map(({ key, value }) => [key, ' => ', layout(value)]),
  );
}

/** `new List<String>{ 'a', 'b' }` */
export function listLiteral(type: string, items: readonly Doc[]): Doc {
  return braces(`new ${type}`, items);
}

function braces(head: string, items: readonly Doc[]): Doc {
  return items.length === 0 ? `${head}()` : group([head, '{', indent([line, join([',', line], items)]), line, '}']);
}

/** `[SELECT a, b FROM Object WHERE ... WITH SYSTEM_MODE]`; `clauses` follow the field list, each on a line of its own when they do not fit. */
export function query(fields: readonly string[], clauses: readonly string[]): Doc {
  const select = group(['SELECT', indent([line, join([',', line], fields)])]);
  return group(['[', indent([softline, select, clauses.map((clause) => [line, clause])]), softline, ']']);
}

/** The statements of a method of a top-level class, each on a line of its own, with the line breaks before and after them. */
export function methodBody(statements: readonly Doc[]): string {
  return print(indent([indent([hardline, join(hardline, statements)]), hardline]));
}

/** `@Name(a='1' b=true)` */
export function annotation(name: string, parameters: readonly (readonly [string, string])[]): Doc {
  const written = parameters.map(([key, value]) => `${key}=${value}`);
  return group(['@', name, '(', indent([softline, join(line, written)]), softline, ')']);
}

/** A part of a class, indented by `depth` steps, without the line break before and after it. */
export function indented(depth: number, doc: Doc): string {
  let content: Doc = [hardline, doc];
  for (let step = 0; step < depth; step += 1) content = indent(content);
  return print(content).slice(1);
}

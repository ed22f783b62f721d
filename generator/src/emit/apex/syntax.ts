import { group, hardline, indent, join, line, print, softline, type Doc } from './doc.js';

/** `name(a, b)`; arguments go on lines of their own when they do not fit. */
export function call(name: string, ...args: readonly Doc[]): Doc {
  if (args.length === 0) return `${name}()`;
  return group([name, '(', indent([softline, join([',', line], args)]), softline, ')']);
}

/** `a + b + c`, as an argument of a call. */
export function concatenation(operands: readonly Doc[]): Doc {
  const [first = "''", ...others] = operands;
  return others.length === 0 ? first : group([first, indent(others.map((operand) => [' +', line, operand]))]);
}

/** `target = value;` */
export function assign(target: string, value: Doc): Doc {
  return [target, ' = ', value, ';'];
}

/** `target = a + b + c;`: what does not fit goes below the target. */
export function assignConcatenation(target: string, operands: readonly Doc[]): Doc {
  const [first = "''", ...others] = operands;
  if (others.length === 0) return assign(target, first);
  return group([target, ' =', indent([line, group([first, others.map((operand) => [' +', line, operand])])]), ';']);
}

export interface MapEntry {
  readonly key: string;
  readonly value: Doc;
}

/** `new Map<String, Object>{ 'a' => 1 }` */
export function mapLiteral(type: string, entries: readonly MapEntry[]): Doc {
  return braces(
    `new ${type}`,
    entries.map(({ key, value }) => [key, ' => ', value]),
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

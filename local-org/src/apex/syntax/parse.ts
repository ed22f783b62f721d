import {
  ApexErrorListener,
  ApexLexer,
  ApexParser,
  ApexParserFactory,
  CaseInsensitiveInputStream,
  type ApexToken,
} from '@apexdevtools/apex-parser';
import type { CompilationUnit, SoqlQuery, SoslQuery, UnitDeclaration } from './ast.js';
import { buildAnonymous, buildTrigger, buildType } from './build-declarations.js';
import { buildQuery } from './build-soql.js';
import { buildSoslLiteral } from './build-sosl.js';
import { parseQuickly, VisibleTokens } from './quick/index.js';
import { platformSyntaxMessage, querySyntaxMessage } from './syntax-errors.js';
import type { SyntaxProblem } from './syntax-errors.js';

class Collector extends ApexErrorListener {
  readonly problems: SyntaxProblem[] = [];

  constructor(private readonly messageOf: typeof platformSyntaxMessage) {
    super();
  }

  override syntaxError(...[, offending, line, column, message]: Parameters<ApexErrorListener['syntaxError']>): void {
    const text = typeof offending === 'object' && offending !== null ? offending.text : undefined;
    this.problems.push({ line, column: column + 1, message: this.messageOf(message, text) });
  }

  override apexSyntaxError(): void {
    throw new Error('syntaxError is overridden');
  }
}

/** Parentheses inside of parentheses of a query; the time that the grammar takes for them grows much faster than their number. */
const MAX_NESTING = 100;

/** Where the parentheses of a query are nested too deeply to be parsed in reasonable time. In Apex, queries stand in brackets. */
function tooDeep(tokens: readonly ApexToken[], text: 'apex' | 'query'): SyntaxProblem | undefined {
  let depth = 0;
  let brackets = text === 'query' ? 1 : 0;
  for (const { type, line, column } of tokens) {
    if (type === ApexLexer.LBRACK) brackets++;
    else if (type === ApexLexer.RBRACK) brackets--;
    else if (brackets > 0 && type === ApexLexer.LPAREN) depth++;
    else if (brackets > 0 && type === ApexLexer.RPAREN) depth--;
    if (depth > MAX_NESTING)
      return { line, column: column + 1, message: `Parentheses are nested more than ${String(MAX_NESTING)} deep` };
  }
  return undefined;
}

/** Two reports about one place, as error recovery makes them, are one. */
function distinct(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ line, column }) => {
    const key = `${String(line)}:${String(column)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export type ParseResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly SyntaxProblem[] };

function map<T, U>(result: ParseResult<T>, build: (value: T) => U): ParseResult<U> {
  return result.ok ? { ok: true, value: build(result.value) } : result;
}

/** What a source file holds. */
export type UnitKind = 'class' | 'trigger' | 'anonymous';

export interface SourceInput {
  readonly kind: UnitKind;
  readonly fileName: string;
  readonly source: string;
  readonly apiVersion: number;
}

/**
 * The tree of a text, by a rule of the grammar; all syntax errors of a text that has any. The stream is not decoded to code
 * points, so that offsets are those of the JavaScript string. The parser gets nothing to do when parentheses are nested too
 * deeply.
 */
function parse<T>(source: string, text: 'apex' | 'query', rule: (parser: ApexParser) => T): ParseResult<T> {
  const collector = new Collector(text === 'query' ? querySyntaxMessage : platformSyntaxMessage);
  const lexer = new ApexLexer(new CaseInsensitiveInputStream(source, false));
  lexer.removeErrorListeners();
  lexer.addErrorListener(collector);
  const stream = ApexParserFactory.createTokenStream(lexer);
  stream.fill();
  const deep = tooDeep(stream.tokens, text);
  if (deep !== undefined) return { ok: false, problems: [deep] };
  const { problems } = collector;
  const quick = problems.length > 0 ? undefined : parseQuickly(new VisibleTokens(stream), rule);
  if (quick !== undefined) return { ok: true, value: quick };
  const parser = ApexParserFactory.createParser(stream);
  parser.addErrorListener(collector);
  const tree = rule(parser);
  return problems.length > 0 ? { ok: false, problems: distinct(problems) } : { ok: true, value: tree };
}

function parseDeclaration({ kind, source }: SourceInput): ParseResult<UnitDeclaration> {
  switch (kind) {
    case 'class':
      return map(
        parse(source, 'apex', (parser) => parser.compilationUnit()),
        (tree) => buildType(tree.typeDeclaration()),
      );
    case 'trigger':
      return map(
        parse(source, 'apex', (parser) => parser.triggerUnit()),
        buildTrigger,
      );
    case 'anonymous':
      return map(
        parse(source, 'apex', (parser) => parser.anonymousUnit()),
        buildAnonymous,
      );
  }
}

/** Parses one file. With any syntax error there is no tree; all errors of the file are reported. */
export function parseUnit(input: SourceInput): ParseResult<CompilationUnit> {
  const { fileName, source, apiVersion } = input;
  return map(parseDeclaration(input), (declaration) => {
    const name = declaration.kind === 'anonymous' ? 'AnonymousBlock' : declaration.name.name;
    return { name, fileName, source, apiVersion, declaration };
  });
}

/** Parses one SOQL query on its own, as Database.query gets it. Nothing may follow it. */
export function parseSoql(source: string): ParseResult<SoqlQuery> {
  const result = parse(source, 'query', (parser) => ({ tree: parser.query(), rest: parser.getCurrentToken() }));
  if (!result.ok) return result;
  const { tree, rest } = result.value;
  if (rest.type !== ApexParser.EOF) {
    const problem = { line: rest.line, column: rest.column + 1, message: `unexpected token: '${rest.text}'` };
    return { ok: false, problems: [problem] };
  }
  const query = buildQuery(tree);
  const alias = query.from.map((from) => from.alias).find((name) => name !== undefined && isKeyword(name.name));
  if (alias === undefined) return { ok: true, value: query };
  const { line, column, end } = alias.range;
  const token = source.slice(end).trim() === '' ? '<EOF>' : alias.name;
  return { ok: false, problems: [{ line, column, message: `unexpected token: '${token}'` }] };
}

/** Words that begin a clause: none of them can be the alias of an object (SOQL and SOSL Reference: Alias Notation). */
const KEYWORDS: ReadonlySet<string> = new Set([
  'AND',
  'ASC',
  'DESC',
  'EXCLUDES',
  'FIRST',
  'FROM',
  'GROUP',
  'HAVING',
  'IN',
  'INCLUDES',
  'LAST',
  'LIKE',
  'LIMIT',
  'NOT',
  'NULL',
  'NULLS',
  'OFFSET',
  'OR',
  'ORDER',
  'SELECT',
  'USING',
  'WHERE',
  'WITH',
]);

function isKeyword(name: string): boolean {
  return KEYWORDS.has(name.toUpperCase());
}

/** `FIND {text}`: where the text stands in quotes in Apex, a string of Search.query may have braces. */
const BRACES = /^(\s*FIND\s*)\{((?:\\.|[^}\\])*)\}/i;

/** Parses one SOSL search on its own, as Search.query gets it. */
export function parseSosl(source: string): ParseResult<SoslQuery> {
  const quoted = source.replace(
    BRACES,
    (_, find: string, text: string) => `${find}'${text.replace(/\\([{}])/g, '$1').replaceAll("'", "\\'")}'`,
  );
  return map(
    parse(`[${quoted.trim()}]`, 'apex', (parser) => parser.soslLiteral()),
    buildSoslLiteral,
  );
}

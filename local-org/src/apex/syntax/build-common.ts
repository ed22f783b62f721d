import type {
  AnyIdContext,
  ApexParserRuleContext as ParserRuleContext,
  ApexToken as Token,
  IdContext,
  QualifiedNameContext,
  SoqlIdContext,
  TypeListContext,
  TypeRefContext,
} from '@apexdevtools/apex-parser';
import { ANY } from '../types/types.js';
import type { Identifier, SourceRange, TypeNameSegment, TypeRefNode } from './ast.js';

/** The parser's accessors promise a node but answer null for an absent optional one. */
export function optional<T>(node: T | null): T | undefined {
  return node ?? undefined;
}

/** The generated list accessors answer null for none. */
export function many<T>(nodes: readonly T[] | null): readonly T[] {
  return nodes ?? [];
}

function lastPosition(token: Token): { line: number; column: number } {
  const text = token.text ?? '';
  const lineBreak = text.lastIndexOf('\n');
  if (lineBreak < 0) return { line: token.line, column: token.column + text.length + 1 };
  return { line: token.line + (text.match(/\n/g) ?? []).length, column: text.length - lineBreak };
}

/** Range from the first to the last of two tokens. */
export function tokenRange(start: Token, stop: Token): SourceRange {
  const end = lastPosition(stop);
  return {
    line: start.line,
    column: start.column + 1,
    endLine: end.line,
    endColumn: end.column,
    start: start.start,
    end: stop.stop + 1,
  };
}

export function rangeOf(context: ParserRuleContext): SourceRange {
  return tokenRange(context.start, context.stop ?? context.start);
}

export function identifier(context: IdContext | AnyIdContext | SoqlIdContext): Identifier {
  return { name: context.getText(), range: rangeOf(context) };
}

export function identifiers(context: QualifiedNameContext): readonly Identifier[] {
  return many(context.id_list()).map(identifier);
}

/** Source text of a node as written, spaces and comments included. */
export function sourceText(context: ParserRuleContext): string {
  return context.start.getInputStream().getText(context.start.start, (context.stop ?? context.start).stop);
}

export function typeRefNode(segments: readonly TypeNameSegment[], arrayDepth: number, range: SourceRange): TypeRefNode {
  return { kind: 'typeRef', segments, arrayDepth, range, type: ANY };
}

export function typeList(context: TypeListContext | undefined): readonly TypeRefNode[] {
  return context === undefined ? [] : many(context.typeRef_list()).map(typeRef);
}

export function typeRef(context: TypeRefContext): TypeRefNode {
  const segments = many(context.typeName_list()).map((part): TypeNameSegment => {
    const args = optional(part.typeArguments());
    const id = optional(part.id());
    const start = part.start;
    return {
      name: id === undefined ? (start.text ?? '') : id.getText(),
      range: id === undefined ? tokenRange(start, start) : rangeOf(id),
      args: args === undefined ? [] : typeList(args.typeList()),
    };
  });
  return typeRefNode(segments, many(context.arraySubscripts().LBRACK_list()).length, rangeOf(context));
}

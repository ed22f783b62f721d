import type { AnnotationContext, ElementValueContext, ModifierContext } from '@apexdevtools/apex-parser';
import type { AnnotationNode, AnnotationParameter, ModifierName, Modifiers } from './ast.js';
import { identifier, many, optional, rangeOf, sourceText } from './build-common.js';

const KEYWORDS: ReadonlySet<string> = new Set<ModifierName>([
  'global',
  'public',
  'protected',
  'private',
  'transient',
  'static',
  'abstract',
  'final',
  'webservice',
  'override',
  'virtual',
  'testmethod',
  'with sharing',
  'without sharing',
  'inherited sharing',
]);

function isModifier(text: string): text is ModifierName {
  return KEYWORDS.has(text);
}

function value(context: ElementValueContext): Pick<AnnotationParameter, 'text' | 'literal'> {
  const text = sourceText(context);
  if (/^'[\s\S]*'$/.test(text)) return { text: text.slice(1, -1), literal: 'string' };
  return /^(true|false)$/i.test(text) ? { text: text.toLowerCase(), literal: 'boolean' } : { text, literal: 'other' };
}

function annotation(context: AnnotationContext): AnnotationNode {
  const name = context.id();
  const pairs = optional(context.elementValuePairs());
  const single = optional(context.elementValue());
  const parameters: AnnotationParameter[] =
    pairs === undefined
      ? []
      : many(pairs.elementValuePair_list()).map((pair) => ({
          name: identifier(pair.id()),
          ...value(pair.elementValue()),
        }));
  if (single !== undefined) parameters.push({ name: { name: 'value', range: rangeOf(single) }, ...value(single) });
  return { name: identifier(name), parameters, range: rangeOf(context) };
}

/** Modifiers and annotations of one declaration, each in source order. */
export function buildModifiers(contexts: readonly ModifierContext[]): Modifiers {
  const annotations: AnnotationNode[] = [];
  const keywords: { name: ModifierName; range: ReturnType<typeof rangeOf> }[] = [];
  for (const context of contexts) {
    const note = optional(context.annotation());
    if (note !== undefined) {
      annotations.push(annotation(note));
      continue;
    }
    const text = sourceText(context).toLowerCase().replace(/\s+/g, ' ');
    if (isModifier(text)) keywords.push({ name: text, range: rangeOf(context) });
  }
  return { annotations, keywords };
}

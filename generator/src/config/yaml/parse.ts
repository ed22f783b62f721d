import { Composer, Lexer, LineCounter, Parser } from 'yaml';
import type { CST, Document, ParsedNode, YAMLError } from 'yaml';
import { openQuoteBefore } from './open-quote.js';
import { Problem } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import { yamlRules } from './rules.js';

/** Deepest nesting that is read: far more than a configuration needs, far less than the reader can take. */
const DEEPEST = 20;
// The parser keeps one entry for the document, and two for each level of a block map or list (the collection and what is open in it).
const DEEPEST_STACK = DEEPEST * 2 + 1;

/** Errors of which the best place is looked for; nobody reads more of them. */
const MOST_LOOKED_AT = 100;

/** A problem of the YAML text itself, at an offset into it. */
export interface TextProblem {
  readonly offset: number;
  readonly problem: Problem;
}

export interface ParsedText {
  readonly document: Document.Parsed<ParsedNode> | undefined;
  readonly lines: LineCounter;
  readonly problems: readonly TextProblem[];
}

class TooDeep extends Error {
  public constructor(public readonly offset: number) {
    super('Too deeply nested.');
  }
}

/**
 * Parses YAML text into a document with positions. Keys are not compared here and tags are not resolved: the
 * conversion to data does both, in one pass and without the cost of the library's pairwise comparison.
 */
export function parseYaml(text: string): ParsedText {
  const lines = new LineCounter();
  const composer = new Composer({ lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const problems: TextProblem[] = [];
  let first: Document.Parsed<ParsedNode> | undefined;
  try {
    for (const document of composer.compose(tokensOf(text, lines), true, text.length)) {
      if (first !== undefined) {
        problems.push(
          atOffset(startOf(document), yamlRules.multipleDocuments, 'The file holds more than one document.'),
        );
        break;
      }
      first = document;
      for (const [index, error] of document.errors.entries()) {
        problems.push(index < MOST_LOOKED_AT ? translate(error, text, document) : describe(error));
      }
      if (document.directives.docStart === true && document.directives.yaml.explicit === true) {
        problems.push(atOffset(0, yamlRules.directive, 'The file starts with a %YAML directive.'));
      }
    }
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    problems.push(atOffset(error.offset, yamlRules.tooDeep, `A value is nested more than ${DEEPEST} levels deep.`));
    return { document: undefined, lines, problems };
  }
  return { document: first, lines, problems };
}

/** The parser's tokens; stops at once when they nest too deeply, before a recursive reader sees them. */
function* tokensOf(text: string, lines: LineCounter): Generator<CST.Token, void> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    if (parser.stack.length > DEEPEST_STACK) throw new TooDeep(parser.offset);
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function startOf(document: Document.Parsed<ParsedNode>): number {
  return document.contents?.range[0] ?? document.range[0];
}

function atOffset(offset: number, rule: Rule, message: string, fix?: string): TextProblem {
  return { offset, problem: new Problem(rule, message, fix === undefined ? {} : { fix }) };
}

interface Translation {
  readonly rule: Rule;
  readonly message: string;
  readonly fix?: string;
}

const syntax = (message: string, fix?: string): Translation => ({
  rule: yamlRules.syntax,
  message,
  ...(fix === undefined ? {} : { fix }),
});

/** What the library's errors mean to the person who wrote the file. */
const TRANSLATIONS: Readonly<Record<YAMLError['code'], Translation>> = {
  TAB_AS_INDENT: { rule: yamlRules.tab, message: 'The line is indented with a tab.' },
  MULTIPLE_DOCS: { rule: yamlRules.multipleDocuments, message: 'The file holds more than one document.' },
  MULTIPLE_ANCHORS: { rule: yamlRules.anchor, message: 'An anchor (&) stands here.' },
  ALIAS_PROPS: { rule: yamlRules.anchor, message: 'An alias (*) stands here.' },
  BAD_ALIAS: { rule: yamlRules.anchor, message: 'An alias (*) stands here.' },
  MULTIPLE_TAGS: { rule: yamlRules.tag, message: 'A tag (!) stands here.' },
  TAG_RESOLVE_FAILED: { rule: yamlRules.tag, message: 'A tag (!) stands here.' },
  BAD_DIRECTIVE: { rule: yamlRules.directive, message: 'A line starts with %, which makes it a YAML directive.' },
  DUPLICATE_KEY: { rule: yamlRules.duplicateKey, message: 'The key stands here a second time.' },
  NON_STRING_KEY: { rule: yamlRules.badKey, message: 'The key is not text.' },
  RESOURCE_EXHAUSTION: { rule: yamlRules.tooDeep, message: 'The file is nested too deeply.' },
  BAD_INDENT: syntax(
    'The indentation does not fit the lines around it.',
    'Align the line with its neighbours, two spaces per level.',
  ),
  BAD_PROP_ORDER: syntax('An anchor or tag stands at the wrong place.'),
  BAD_COLLECTION_TYPE: syntax('The value has another type than its tag says.', 'Remove the tag.'),
  BAD_DQ_ESCAPE: syntax(
    'The text in double quotes holds an unknown escape.',
    'Write \\\\ for a backslash, or put the text in single quotes.',
  ),
  BAD_SCALAR_START: syntax('The text starts with a character that is reserved in YAML.', 'Put the text in quotes.'),
  BLOCK_AS_IMPLICIT_KEY: syntax(
    'A second colon stands on the line, or a nested value starts on the line of its key.',
    'Put text that holds a colon in quotes. Start nested keys on a new line.',
  ),
  BLOCK_IN_FLOW: syntax(
    'Indented lines stand inside brackets.',
    'Use brackets or indentation for the value, not both.',
  ),
  IMPOSSIBLE: syntax('The text cannot be read.'),
  KEY_OVER_1024_CHARS: syntax('A key is longer than 1024 characters.', 'Check for a missing colon or quote.'),
  MISSING_CHAR: syntax('A comma, colon or quote is missing.', 'Separate items with commas, and close every quote.'),
  MULTILINE_IMPLICIT_KEY: syntax(
    'A line has no colon, or a key is spread over several lines.',
    'Write `key: value`, with a space after the colon.',
  ),
  UNEXPECTED_TOKEN: syntax(
    'A character stands where none is expected.',
    'Put the text in quotes, or remove the character.',
  ),
};

const NOT_CLOSED = 'Close it. Text that holds the character itself needs quotes.';

/** The library reports an open quote or bracket where the file ends; a person looks for where it begins. */
function translate(error: YAMLError, text: string, document: Document.Parsed<ParsedNode>): TextProblem {
  const [at] = error.pos;
  if (error.code === 'MISSING_CHAR' && error.message.startsWith('Missing closing')) {
    const start = openQuoteBefore(document.contents, at);
    if (start !== undefined)
      return atOffset(start, yamlRules.syntax, 'The quote that starts here is not closed.', NOT_CLOSED);
  }
  if (error.code === 'BAD_INDENT' && error.message.startsWith('Flow ')) {
    const bracket = error.message.startsWith('Flow map') ? '{' : '[';
    const start = text.lastIndexOf(bracket, at - 1);
    if (start >= 0)
      return atOffset(start, yamlRules.syntax, `The ${bracket} that starts here is not closed.`, NOT_CLOSED);
  }
  const { offset, problem } = describe(error);
  let start = offset;
  while (text[start] === ' ') start += 1;
  return { offset: start, problem };
}

function describe(error: YAMLError): TextProblem {
  const { rule, message, fix } = TRANSLATIONS[error.code];
  return atOffset(error.pos[0], rule, message, fix);
}

import { group, hardline, indent, join, line, softline, type Doc } from '../../apex-layout/index.js';

/** Building blocks of Apex in the layout that prettier-plugin-apex gives them. */

/** `callee(a, b)`; the arguments go on lines of their own when they do not fit. */
export function call(callee: Doc, ...args: readonly Doc[]): Doc {
  return args.length === 0 ? [callee, '()'] : [callee, '(', group(delimited(args, softline)), ')'];
}

/** `new List<String>{ 'a', 'b' }`; one element on a line when they do not fit. */
export function collection(type: string, elements: readonly Doc[]): Doc {
  return elements.length === 0 ? `new ${type}()` : [`new ${type}{`, group(delimited(elements, line)), '}'];
}

export function statement(...parts: readonly Doc[]): Doc {
  return [...parts, ';'];
}

/** `left == null`; the null goes on a line of its own when only that does not fit. */
export function isNull(left: Doc): Doc {
  return [left, ' ==', group([line, 'null'])];
}

/** `left != null`, laid out like `isNull`. */
export function isNotNull(left: Doc): Doc {
  return [left, ' !=', group([line, 'null'])];
}

/** `if (condition) { … }`, with an `else` part when there is one. */
export function when(condition: Doc, then: readonly Doc[], otherwise: readonly Doc[] = []): Doc {
  const head: Doc = ['if (', group(delimited([condition], softline)), ') ', block(then)];
  return otherwise.length === 0 ? head : [head, ' else ', block(otherwise)];
}

/** `for (Type name : values) { … }`. */
export function forEach(declaration: string, values: Doc, body: readonly Doc[]): Doc {
  return ['for (', group(delimited([[declaration, ' : ', values]], softline)), ') ', block(body)];
}

/** Lines in braces; statements follow each other without blank lines. */
export function block(statements: readonly Doc[]): Doc {
  return ['{', indent([hardline, join(hardline, statements)]), hardline, '}'];
}

/** Members of a class in braces, with a blank line between any two. */
export function classBody(members: readonly Doc[]): Doc {
  return ['{', indent([hardline, join([hardline, hardline], members)]), hardline, '}'];
}

/** ApexDoc of a description, with tags on lines of their own; long lines are wrapped. Texts never end the comment early. */
export function apexDoc(description: string, ...tags: readonly string[]): Doc {
  const lines = [`@description ${description}`, ...tags]
    .join('\n')
    .replaceAll('*/', '* /')
    .split('\n')
    .flatMap((each) => wrap(each.trim()));
  return ['/**', ...lines.map((each): Doc => [hardline, each === '' ? ' *' : ` * ${each}`]), hardline, ' */', hardline];
}

/** Characters of one line of a comment; leaves room for the deepest indentation that comments have. */
const COMMENT_WIDTH = 105;

function wrap(text: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > COMMENT_WIDTH) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

/**
 * Apex string literal. Quotes, backslashes and control characters are escaped, and so is whatever lies beyond the Latin
 * letters, so that no line holds a character whose width is not one.
 */
export function literal(text: string): string {
  const escaped = text.replace(/[\\']/g, (char) => `\\${char}`).replace(NOT_PLAIN, unicodeEscape);
  return `'${escaped}'`;
}

// eslint-disable-next-line no-control-regex -- control characters are among what has to be escaped
const NOT_PLAIN = /[\u0300-\uffff\u0000-\u001f\u007f-\u00a0\u00ad]/g;

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`;
}

function delimited(items: readonly Doc[], edge: Doc): Doc {
  return [indent([edge, join([',', line], items)]), edge];
}

/** Said of a file that does not begin as XML; the platform reports it at the very start. */
export const PROLOG = 'Content is not allowed in prolog.';

/** What the reader knows when its parser fails. */
export interface FailureContext {
  /** Element that was just closed, rightly or not. */
  readonly closed: string | undefined;
  /** Whether the root element has begun. */
  readonly begun: boolean;
}

type Wording = (group: string, context: FailureContext) => string;

/** How the platform's XML parser words what ours calls otherwise: a pattern of ours, then the platform's sentence. */
const WORDINGS: readonly (readonly [RegExp, Wording])[] = [
  [
    /^unexpected close tag/,
    (_, { closed }) =>
      `The element type "${closed ?? ''}" must be terminated by the matching end-tag "</${closed ?? ''}>".`,
  ],
  [
    /^(?:unmatched closing tag|documents may contain only one root)/,
    () => 'The markup in the document following the root element must be well-formed.',
  ],
  [/^unclosed tag/, () => 'XML document structures must start and end within the same entity.'],
  [
    /^text data outside of root node/,
    (_, { begun }) => (begun ? 'Content is not allowed in trailing section.' : PROLOG),
  ],
  [/^document must contain a root element/, () => 'Premature end of file.'],
  [/^undefined entity/, () => 'The entity was referenced, but not declared.'],
  [/^malformed comment/, () => 'The string "--" is not permitted within comments.'],
  [/^duplicate attribute: (.*?)\.?$/, (name) => `Attribute "${name}" was already specified for element.`],
];

/** The platform's sentence for an error of our parser; ours without its position when the platform's is not known. */
export function parserMessage(message: string, context: FailureContext): string {
  const bare = message.replace(/^\d+:\d+: /, '');
  for (const [pattern, word] of WORDINGS) {
    const match = pattern.exec(bare);
    if (match !== null) return word(match[1] ?? '', context);
  }
  return bare;
}

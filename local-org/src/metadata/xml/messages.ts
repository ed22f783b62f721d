/** How the platform's XML parser words what ours calls otherwise: a pattern of ours, then the platform's sentence. */
const WORDINGS: readonly (readonly [RegExp, (groups: readonly string[], open: string | undefined) => string])[] = [
  [
    /^(?:unmatched closing tag|unexpected close tag|unmatched close tag): ?(.*?)\.?$/,
    (groups, open) => unmatched(groups[1], open),
  ],
  [/^unclosed tag: (.*?)\.?$/, () => 'XML document structures must start and end within the same entity.'],
  [/^(?:text data outside of root node|non-whitespace before first tag)/, () => 'Content is not allowed in prolog.'],
  [/^document must contain a root element/, () => 'Premature end of file.'],
  [/^undefined entity/, () => 'The entity was referenced, but not declared.'],
  [/^malformed comment/, () => 'The string "--" is not permitted within comments.'],
  [/^duplicate attribute: (.*?)\.?$/, (groups) => `Attribute "${groups[1] ?? ''}" was already specified for element.`],
];

function unmatched(closing: string | undefined, open: string | undefined): string {
  return open === undefined
    ? `The markup in the document following the root element must be well-formed: </${closing ?? ''}>`
    : `The element type "${open}" must be terminated by the matching end-tag "</${open}>".`;
}

/** The platform's sentence for an error of our parser; ours without its position when the platform's is not known. */
export function parserMessage(message: string, open: string | undefined): string {
  const bare = message.replace(/^\d+:\d+: /, '');
  for (const [pattern, word] of WORDINGS) {
    const match = pattern.exec(bare);
    if (match !== null) return word(match, open);
  }
  return bare;
}

import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Position, XmlAttribute, XmlElement } from './document.js';
import { parserMessage, PROLOG } from './messages.js';

/** Metadata files nest at most a dozen levels; anything far deeper is an attack on whoever walks the tree. */
const MAX_DEPTH = 100;

const DOCTYPE_REFUSED =
  'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.';

/** A well-formed document, or the first thing that is wrong with it. */
export type ParsedXml =
  | { readonly kind: 'document'; readonly root: XmlElement }
  | { readonly kind: 'malformed'; readonly at: Position; readonly message: string };

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads a metadata file in one streaming pass and keeps where every start tag ends. Document type declarations are
 * refused, so no entity beyond the five of XML can exist and nothing is ever fetched or expanded.
 */
export function parseXml(content: string): ParsedXml {
  return new Reader().read(content);
}

class Reader {
  private readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly open: OpenElement[] = [];
  private root: XmlElement | undefined;
  private closed: string | undefined;
  private failure: { at: Position; message: string } | undefined;

  read(content: string): ParsedXml {
    this.parser.on('error', (error) =>
      this.fail(parserMessage(error.message, { closed: this.closed, begun: this.root !== undefined })),
    );
    this.parser.on('doctype', () => this.fail(DOCTYPE_REFUSED));
    this.parser.on('opentag', (tag) => this.start(tag));
    this.parser.on('closetag', () => {
      this.closed = this.open.pop()?.local;
    });
    this.parser.on('text', (text) => this.append(text));
    this.parser.on('cdata', (text) => this.append(text));
    this.parser.write(content).close();
    if (this.failure !== undefined) return { kind: 'malformed', ...this.failure };
    if (this.root === undefined) return { kind: 'malformed', at: this.position(), message: 'Premature end of file.' };
    return { kind: 'document', root: this.root };
  }

  private position(): Position {
    return { line: this.parser.line, column: this.parser.columnIndex + 1 };
  }

  private fail(message: string): void {
    this.failure ??= { at: message === PROLOG ? { line: 1, column: 1 } : this.position(), message };
  }

  private start(tag: SaxesTagNS): void {
    if (this.open.length >= MAX_DEPTH) {
      this.fail(`Elements are nested more than ${MAX_DEPTH} levels deep.`);
    }
    const element: OpenElement = {
      local: tag.local,
      uri: tag.uri,
      at: this.position(),
      attributes: attributesOf(tag),
      children: [],
      text: '',
      prefixes: tag.ns,
    };
    if (this.failure === undefined) this.open.at(-1)?.children.push(element);
    this.root ??= element;
    this.open.push(element);
  }

  private append(text: string): void {
    const element = this.open.at(-1);
    if (element !== undefined) element.text += text;
  }
}

function attributesOf(tag: SaxesTagNS): XmlAttribute[] {
  return Object.values(tag.attributes)
    .filter((attribute) => attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns')
    .map(({ local, uri, value }) => ({ local, uri, value }));
}

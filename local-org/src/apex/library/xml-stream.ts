import { apexError, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { text } from './arguments.js';
import { escapedText, escapedValue, qualified, type XmlAttribute } from './xml-node.js';
import { attributesOf, xmlParser } from './xml-read.js';

type Text = string | null;

/** System.XmlStreamWriter: a start tag stays open for attributes until something else follows. */
class XmlWriter extends PlatformObject {
  override readonly typeName = 'System.XmlStreamWriter';
  private output = '';
  private readonly open: string[] = [];
  private tag: { readonly empty: boolean } | undefined;

  get xml(): string {
    this.closeTag();
    return this.output;
  }

  write(markup: string): void {
    this.closeTag();
    this.output += markup;
  }

  private closeTag(): void {
    if (this.tag === undefined) return;
    this.output += this.tag.empty ? '/>' : '>';
    this.tag = undefined;
  }

  start(prefix: Text, name: string, empty: boolean): void {
    const full = qualified(prefix, name);
    this.write(`<${full}`);
    if (!empty) this.open.push(full);
    this.tag = { empty };
  }

  attribute(name: string, value: string): void {
    if (this.tag === undefined) throw apexError('XmlException', 'Attribute not associated with any element');
    this.output += ` ${name}="${escapedValue(value)}"`;
  }

  end(): void {
    const name = this.open.pop();
    if (name === undefined) throw apexError('XmlException', 'No open start element, when trying to write end element');
    this.write(`</${name}>`);
  }

  endDocument(): void {
    while (this.open.length > 0) this.end();
  }
}

interface XmlEvent {
  readonly tag:
    | 'START_DOCUMENT'
    | 'START_ELEMENT'
    | 'CHARACTERS'
    | 'COMMENT'
    | 'PROCESSING_INSTRUCTION'
    | 'END_ELEMENT'
    | 'END_DOCUMENT';
  readonly name?: string;
  readonly prefix?: Text;
  readonly namespace?: Text;
  readonly text?: string;
  readonly attributes?: readonly XmlAttribute[];
  readonly namespaces?: readonly (readonly [prefix: string, uri: string])[];
}

/** System.XmlStreamReader: a walk over the events of a document. */
class XmlReader extends PlatformObject {
  override readonly typeName = 'System.XmlStreamReader';
  private readonly events: readonly XmlEvent[];
  private at = 0;

  constructor(xml: string) {
    super();
    this.events = eventsOf(xml);
  }

  get event(): XmlEvent {
    return this.events[this.at] ?? { tag: 'END_DOCUMENT' };
  }

  get hasNext(): boolean {
    return this.at < this.events.length - 1;
  }

  next(): number {
    if (!this.hasNext) throw apexError('NoSuchElementException', 'End of document reached');
    this.at++;
    return EVENT_NUMBERS[this.event.tag];
  }

  /** Goes on to the next tag, over white space and comments. */
  nextTag(): number {
    let number = this.next();
    while (/CHARACTERS|COMMENT|PROCESSING/.test(this.event.tag)) {
      if (this.event.tag === 'CHARACTERS' && (this.event.text ?? '').trim() !== '')
        throw apexError('XmlException', 'found: CHARACTERS, expected START_ELEMENT or END_ELEMENT');
      number = this.next();
    }
    return number;
  }

  attribute(index: number): XmlAttribute {
    const found = this.event.attributes?.[index];
    if (found === undefined) throw apexError('ListException', `List index out of bounds: ${index}`);
    return found;
  }
}

/** Numbers of the events in the Streaming API for XML, whose reader this one is. */
const EVENT_NUMBERS: Readonly<Record<XmlEvent['tag'], number>> = {
  START_ELEMENT: 1,
  END_ELEMENT: 2,
  PROCESSING_INSTRUCTION: 3,
  CHARACTERS: 4,
  COMMENT: 5,
  START_DOCUMENT: 7,
  END_DOCUMENT: 8,
};

function eventsOf(xml: string): readonly XmlEvent[] {
  const events: XmlEvent[] = [{ tag: 'START_DOCUMENT' }];
  const parser = xmlParser();
  let depth = 0;
  parser.on('opentag', (tag) => {
    depth++;
    events.push({
      tag: 'START_ELEMENT',
      name: tag.local,
      prefix: tag.prefix || null,
      namespace: tag.uri || null,
      attributes: attributesOf(tag),
      namespaces: Object.entries(tag.ns),
    });
  });
  parser.on('closetag', (tag) => {
    depth--;
    events.push({ tag: 'END_ELEMENT', name: tag.local, prefix: tag.prefix || null, namespace: tag.uri || null });
  });
  const characters = (value: string): void => {
    if (depth > 0 && value !== '') events.push({ tag: 'CHARACTERS', text: value });
  };
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.on('comment', (value) => events.push({ tag: 'COMMENT', text: value }));
  parser.on('processinginstruction', ({ target, body }) =>
    events.push({ tag: 'PROCESSING_INSTRUCTION', name: target, text: body }),
  );
  parser.write(xml).close();
  return [...events, { tag: 'END_DOCUMENT' }];
}

const isBlank = ({ event }: XmlReader): boolean => event.tag === 'CHARACTERS' && (event.text ?? '').trim() === '';

/** Apex Reference Guide: XmlStreamWriter, XmlStreamReader. */
export const xmlStreamModules: readonly LibraryModule[] = [
  {
    owner: 'System.XmlStreamWriter',
    members: () => ({
      '<init>': () => new XmlWriter(),
      close: () => undefined,
      getXmlString: (self: XmlWriter) => self.xml,
      setDefaultNamespace: () => undefined,
      writeAttribute: (self: XmlWriter, prefix: Text, _namespace: Text, name: Text, value: Text) =>
        self.attribute(qualified(prefix, text(name, 3)), text(value, 4)),
      writeCData: (self: XmlWriter, data: Text) => self.write(`<![CDATA[${text(data)}]]>`),
      writeCharacters: (self: XmlWriter, characters: Text) => self.write(escapedText(text(characters))),
      writeComment: (self: XmlWriter, comment: Text) => self.write(`<!--${text(comment)}-->`),
      writeDefaultNamespace: (self: XmlWriter, uri: Text) => self.attribute('xmlns', text(uri)),
      writeEmptyElement: (self: XmlWriter, prefix: Text, name: Text) => self.start(prefix, text(name, 2), true),
      writeEndDocument: (self: XmlWriter) => self.endDocument(),
      writeEndElement: (self: XmlWriter) => self.end(),
      writeNamespace: (self: XmlWriter, prefix: Text, uri: Text) =>
        self.attribute(qualified('xmlns', text(prefix)), text(uri, 2)),
      writeProcessingInstruction: (self: XmlWriter, target: Text, data: Text) =>
        self.write(`<?${text(target)} ${data ?? ''}?>`),
      writeStartDocument: (self: XmlWriter, encoding: Text, version: Text) =>
        self.write(`<?xml version="${version ?? '1.0'}"${encoding === null ? '' : ` encoding="${encoding}"`}?>`),
      writeStartElement: (self: XmlWriter, prefix: Text, name: Text) => self.start(prefix, text(name, 2), false),
    }),
  },
  {
    owner: 'System.XmlStreamReader',
    members: (runtime) => ({
      '<init>': (xml: Text) => new XmlReader(text(xml)),
      getAttributeCount: (self: XmlReader) => self.event.attributes?.length ?? 0,
      getAttributeLocalName: (self: XmlReader, index: number) => self.attribute(index).name,
      getAttributeNamespace: (self: XmlReader, index: number) => self.attribute(index).namespace,
      getAttributePrefix: (self: XmlReader, index: number) => self.attribute(index).prefix,
      getAttributeType: () => 'CDATA',
      getAttributeValue: (self: XmlReader, namespace: Text, name: Text) =>
        self.event.attributes?.find(
          (one) => one.name === name && (namespace === null || (one.namespace ?? '') === namespace),
        )?.value ?? null,
      getAttributeValueAt: (self: XmlReader, index: number) => self.attribute(index).value,
      getEventType: (self: XmlReader) => runtime.platformEnum('System.XmlTag', self.event.tag),
      getLocalName: (self: XmlReader) => self.event.name ?? null,
      getNamespace: (self: XmlReader) => self.event.namespace ?? null,
      getNamespaceCount: (self: XmlReader) => self.event.namespaces?.length ?? 0,
      getNamespacePrefix: (self: XmlReader, index: number) => self.event.namespaces?.[index]?.[0] ?? null,
      getNamespaceURIAt: (self: XmlReader, index: number) => self.event.namespaces?.[index]?.[1] ?? null,
      getPIData: (self: XmlReader) => self.event.text ?? null,
      getPITarget: (self: XmlReader) => self.event.name ?? null,
      getPrefix: (self: XmlReader) => self.event.prefix ?? null,
      getText: (self: XmlReader) => self.event.text ?? null,
      hasName: (self: XmlReader) => /ELEMENT$/.test(self.event.tag),
      hasNext: (self: XmlReader) => self.hasNext,
      hasText: (self: XmlReader) => self.event.text !== undefined,
      isCharacters: (self: XmlReader) => self.event.tag === 'CHARACTERS',
      isEndElement: (self: XmlReader) => self.event.tag === 'END_ELEMENT',
      isStartElement: (self: XmlReader) => self.event.tag === 'START_ELEMENT',
      isWhitespace: isBlank,
      next: (self: XmlReader) => self.next(),
      nextTag: (self: XmlReader) => self.nextTag(),
      setCoalescing: () => undefined,
      setNamespaceAware: () => undefined,
    }),
  },
];

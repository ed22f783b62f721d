import { expect } from 'chai';
import { run } from './run.js';

describe('XML documents', () => {
  it('are built from elements, texts, comments and attributes, with their namespaces', () => {
    const lines = run(`
      Dom.Document document = new Dom.Document();
      Dom.XmlNode root = document.createRootElement('Envelope', 'urn:soap', 'soap');
      root.setNamespace('xsi', 'urn:xsi');
      root.setAttributeNs('type', 'a"b', 'urn:xsi', null);
      Dom.XmlNode body = root.addChildElement('Body', 'urn:soap', null);
      body.addChildElement('name', null, null).addTextNode('A & <B>');
      body.addCommentNode('note');
      body.addChildElement('empty', null, null).setAttribute('x', '1');
      System.debug(document.toXmlString());
    `);
    expect(lines).to.deep.equal([
      '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="urn:soap" xmlns:xsi="urn:xsi" xsi:type="a&quot;b"><Body xmlns="urn:soap"><name>A &amp; &lt;B&gt;</name><!--note--><empty x="1" /></Body></soap:Envelope>',
    ]);
  });

  it('are read with namespaces, texts and white space between elements', () => {
    const lines = run(`
      Dom.Document document = new Dom.Document();
      document.load('<?xml version="1.0"?><a xmlns="urn:a" xmlns:b="urn:b"><b:c n="1" b:m="2">x<![CDATA[<y>]]></b:c> <d/></a>');
      Dom.XmlNode root = document.getRootElement();
      System.debug(root.getName() + ' ' + root.getNamespace() + ' ' + root.getNodeType() + ' ' + root.getParent());
      System.debug(root.getChildElements().size() + ' ' + root.getChildren().size());
      Dom.XmlNode c = root.getChildElement('c', 'urn:b');
      System.debug(c.getText() + ' ' + c.getAttribute('n', null) + ' ' + c.getAttributeValue('m', 'urn:b') + ' ' + c.getAttributeCount());
      System.debug(root.getChildElement('c', null) + ' ' + root.getPrefixFor('urn:b') + ' ' + c.getNamespaceFor(''));
      System.debug(c.removeAttribute('n', null) + ' ' + c.getAttribute('n', null) + ' ' + root.removeChild(c) + ' ' + root.getChildElement('c', 'urn:b'));
    `);
    expect(lines).to.deep.equal(['a urn:a ELEMENT null', '2 3', 'x<y> 1 2 2', 'null b urn:a', 'true null true null']);
  });

  it('that are not well-formed are an XmlException, document type declarations among them', () => {
    const lines = run(`
      for (String text : new List<String>{ '<a><b></a>', 'x', '', '<!DOCTYPE a><a/>' }) {
        try { new Dom.Document().load(text); System.debug('read'); } catch (XmlException e) { System.debug(e.getTypeName()); }
      }
    `);
    expect(lines).to.deep.equal(Array.from({ length: 4 }, () => 'System.XmlException'));
  });

  it('are bodies of requests and responses', () => {
    const lines = run(`
      Dom.Document document = new Dom.Document();
      document.createRootElement('a', null, null).addTextNode('1');
      HttpRequest request = new HttpRequest();
      request.setBodyDocument(document);
      System.debug(request.getBody() + ' ' + request.getBodyDocument().getRootElement().getText());
      HttpResponse response = new HttpResponse();
      response.setBody('<b>2</b>');
      System.debug(response.getBodyDocument().getRootElement().getText());
    `);
    expect(lines).to.deep.equal(['<?xml version="1.0" encoding="UTF-8"?><a>1</a> 1', '2']);
  });
});

describe('XML streams', () => {
  it('are written tag by tag', () => {
    const lines = run(`
      XmlStreamWriter writer = new XmlStreamWriter();
      writer.writeStartDocument('utf-8', '1.0');
      writer.writeStartElement('m', 'Library', 'urn:books');
      writer.writeNamespace('m', 'urn:books');
      writer.writeStartElement(null, 'book', null);
      writer.writeAttribute(null, null, 'title', 'A<B');
      writer.writeCharacters('1 < 2');
      writer.writeEndElement();
      writer.writeEmptyElement(null, 'none', null);
      writer.writeEndDocument();
      System.debug(writer.getXmlString());
    `);
    expect(lines).to.deep.equal([
      '<?xml version="1.0" encoding="utf-8"?><m:Library xmlns:m="urn:books"><book title="A&lt;B">1 &lt; 2</book><none/></m:Library>',
    ]);
  });

  it('are read event by event', () => {
    const lines = run(`
      XmlStreamReader reader = new XmlStreamReader('<books><book author="Chatty">Alpha</book><!--x--></books>');
      List<String> seen = new List<String>();
      while (true) {
        String event = String.valueOf(reader.getEventType());
        if (reader.isStartElement()) event += ' ' + reader.getLocalName() + ' ' + reader.getAttributeCount();
        if (reader.isStartElement() && reader.getAttributeCount() > 0) event += ' ' + reader.getAttributeValue(null, 'author') + ' ' + reader.getAttributeLocalName(0);
        if (reader.hasText()) event += ' ' + reader.getText();
        seen.add(event);
        if (!reader.hasNext()) break;
        reader.next();
      }
      System.debug(String.join(seen, ', '));
    `);
    expect(lines).to.deep.equal([
      'START_DOCUMENT, START_ELEMENT books 0, START_ELEMENT book 1 Chatty author, CHARACTERS Alpha, END_ELEMENT, COMMENT x, END_ELEMENT, END_DOCUMENT',
    ]);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { emitMetadata } from '../../../generator/src/emit/index.js';
import { escapeXml, IllegalXmlCharacterError, printMetadata } from '../../../generator/src/emit/xml/index.js';
import { auth, BROWSER, integration, project } from './support/models.js';
import { parseXml, textAt, type XmlNode } from './support/xml-tree.js';

/** What stands between the root's tags, without the indentation. */
function body(xml: string): string[] {
  return xml
    .split('\n')
    .slice(2, -2)
    .map((line) => line.trim());
}

describe('emit/xml: printMetadata', () => {
  it('prints the declaration, the namespace, four spaces and a final newline', () => {
    expect(printMetadata('PermissionSet', { label: 'A', classAccesses: [{ enabled: true, apexClass: 'B' }] })).to.equal(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">',
        '    <classAccesses>',
        '        <apexClass>B</apexClass>',
        '        <enabled>true</enabled>',
        '    </classAccesses>',
        '    <label>A</label>',
        '</PermissionSet>',
        '',
      ].join('\n'),
    );
  });

  const orders: readonly (readonly [string, string, Parameters<typeof printMetadata>[1], readonly string[]])[] = [
    [
      'sorts by name',
      'CustomTab',
      { motif: 'm', customObject: true },
      ['<customObject>true</customObject>', '<motif>m</motif>'],
    ],
    [
      'puts fullName first',
      'CustomField',
      { externalId: false, fullName: 'A__c' },
      ['<fullName>A__c</fullName>', '<externalId>false</externalId>'],
    ],
    [
      'keeps elements of one name together',
      'CompactLayout',
      { fields: ['B', 'A'], label: 'L' },
      ['<fields>B</fields>', '<fields>A</fields>', '<label>L</label>'],
    ],
    [
      'leaves undefined and empty lists out',
      'Flow',
      { label: 'L', description: undefined, loops: [] },
      ['<label>L</label>'],
    ],
    [
      'writes doubles with a point',
      'Flow',
      { apiVersion: 66, triggerOrder: 5 },
      ['<apiVersion>66.0</apiVersion>', '<triggerOrder>5</triggerOrder>'],
    ],
    [
      'starts flow nodes with description, name, label and place',
      'Flow',
      {
        decisions: {
          rules: { label: 'R', conditionLogic: 'and', name: 'r' },
          locationY: 2,
          label: 'D',
          locationX: 1,
          attributes: 'a',
          name: 'd',
          description: 't',
        },
      },
      [
        '<decisions>',
        '<description>t</description>',
        '<name>d</name>',
        '<label>D</label>',
        '<locationX>1</locationX>',
        '<locationY>2</locationY>',
        '<attributes>a</attributes>',
        '<rules>',
        '<name>r</name>',
        '<conditionLogic>and</conditionLogic>',
        '<label>R</label>',
        '</rules>',
        '</decisions>',
      ],
    ],
  ];
  for (const [what, root, element, expected] of orders) {
    it(what, () => expect(body(printMetadata(root, element))).to.deep.equal(expected));
  }

  it('types the values of a custom metadata record and declares the prefixes for them', () => {
    const xml = printMetadata('CustomMetadata', {
      values: [
        { field: 'A__c', value: { xsiType: 'xsd:string', text: 'a<b' } },
        { field: 'B__c', value: { xsiType: 'nil' } },
      ],
    });
    expect(xml).to.contain(
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
    );
    expect(xml).to.contain('<value xsi:type="xsd:string">a&lt;b</value>');
    expect(xml).to.contain('<value xsi:nil="true"/>');
  });

  it('refuses a number that is none', () => {
    expect(() => printMetadata('Flow', { triggerOrder: Number.NaN })).to.throw(RangeError, 'triggerOrder');
  });
});

describe('emit/xml: escapeXml', () => {
  it('escapes what an org escapes', () => {
    expect(escapeXml(`<&"'> 🚚 é\r\n\t]]>`)).to.equal('&lt;&amp;&quot;&apos;&gt; 🚚 é&#13;\n\t]]&gt;');
  });

  for (const [name, text, code] of [
    ['a control character', 'a\u0000b', 'U+0000'],
    ['a vertical tab', '\u000b', 'U+000B'],
    ['half a surrogate pair', 'x\ud83dx', 'U+D83D'],
    ['U+FFFF', '\uffff', 'U+FFFF'],
  ] as const) {
    it(`refuses ${name} by its code`, () => {
      expect(() => escapeXml(text)).to.throw(IllegalXmlCharacterError, code);
    });
  }

  it('gives text back as it was, or refuses it', () => {
    const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(anyText, anyText, (label, description) => {
        let xml: string;
        try {
          xml = printMetadata('Flow', { label, description });
        } catch (error) {
          return error instanceof IllegalXmlCharacterError;
        }
        const root = parseXml(xml);
        return textAt(root, 'label') === label && textAt(root, 'description') === description;
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a label or description out of its element, whatever file it stands in', () => {
    const hostile = fc.array(
      fc.constantFrom('<', '>', '&', '"', "'", ']]>', '<!--', '-->', '{!$User.Id}', '\n', '🚚', 'a', '</label>'),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    const shapes = (label: string, description: string): readonly string[] =>
      emitMetadata(project([integration({ label, description, auth: auth(BROWSER) })])).map(
        ({ path, content }) => `${path} ${shape(parseXml(content))}`,
      );
    const plain = shapes('Account sync', 'Sends accounts.');
    fc.assert(
      fc.property(hostile, hostile, (label, description) => {
        expect(shapes(label.join(''), description.join(''))).to.deep.equal(plain);
      }),
      { numRuns: 25 },
    );
  });
});

/** Names of all elements, nested, without their text. */
function shape(node: XmlNode): string {
  return `${node.name}(${node.children.map(shape).join(',')})`;
}

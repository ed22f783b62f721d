import { expect } from 'chai';
import { checkMetadata } from '../../../local-org/src/metadata/index.js';
import { catalog, orgOf, packageOf } from './kit.js';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const NS = `{${NAMESPACE}}`;
const FLOW = 'flows/F.flow';

/** A sound, small flow; `body` stands on the third line. */
const flow = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="${NAMESPACE}">
${body}
    <label>F</label>
    <processType>AutoLaunchedFlow</processType>
    <start>
        <locationX>0</locationX>
        <locationY>0</locationY>
        <connector><targetReference>A</targetReference></connector>
    </start>
    <status>Active</status>
</Flow>
`;

const assignment = (name: string): string =>
  `<assignments><name>${name}</name><label>${name}</label><locationX>0</locationX><locationY>0</locationY></assignments>`;

/** Problems of one file as `line:column message`. */
function problems(fileName: string, content: string): readonly string[] {
  return checkMetadata(packageOf(new Map([[fileName, content]])), orgOf(), catalog).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

interface Case {
  readonly name: string;
  readonly file?: string;
  readonly xml: string;
  readonly finds: readonly string[];
}

const parsing = 'Error parsing file:';

const cases: readonly Case[] = [
  { name: 'a sound file', xml: flow(assignment('A')), finds: [] },
  { name: 'a sound file with a byte order mark', xml: `\uFEFF${flow(assignment('A'))}`, finds: [] },
  {
    name: 'an element that the type does not have, where its start tag ends',
    xml: flow(`    <principals>x</principals>${assignment('A')}`),
    finds: [`3:17 ${parsing} Element ${NS}principals invalid at this location in type Flow`],
  },
  {
    name: 'an element of another namespace',
    xml: flow(`<label xmlns="urn:x">F</label>${assignment('A')}`),
    finds: [`3:22 ${parsing} Element {urn:x}label invalid at this location in type Flow`],
  },
  {
    name: 'an element twice',
    xml: flow(`<status>Active</status>${assignment('A')}`),
    finds: [`11:13 ${parsing} Element status is duplicated at this location in type Flow`],
  },
  {
    name: 'repeats that are not next to each other',
    xml: flow(`${assignment('A')}<apiVersion>66.0</apiVersion>\n${assignment('B')}`),
    finds: [`4:14 ${parsing} Element assignments is duplicated at this location in type Flow`],
  },
  {
    name: 'a value outside its enum',
    xml: flow(assignment('A')).replace('>Active<', '>Activated<'),
    finds: ["11:13 'Activated' is not a valid value for the enum 'FlowVersionStatus'"],
  },
  {
    name: 'a number that is none',
    xml: flow(assignment('A')).replace('<locationX>0</locationX>\n', '<locationX>left</locationX>\n'),
    finds: [`7:20 ${parsing} 'left' is not valid for the type xsd:int`],
  },
  {
    name: 'a broken number where a whole one belongs',
    xml: flow(assignment('A')).replace('<locationX>0</locationX>\n', '<locationX>0.5</locationX>\n'),
    finds: [`7:20 ${parsing} '0.5' is not valid for the type xsd:int`],
  },
  {
    name: 'a boolean that is none',
    xml: flow(`<isTemplate>yes</isTemplate>${assignment('A')}`),
    finds: [`3:13 ${parsing} 'yes' is not valid for the type xsd:boolean`],
  },
  {
    name: 'a day that does not exist',
    xml: flow(assignment('A')).replace(
      '</connector>',
      '</connector><schedule><frequency>Daily</frequency><startDate>2026-02-30</startDate><startTime>00:00:00.000Z</startTime></schedule>',
    ),
    finds: [`9:117 ${parsing} '2026-02-30' is not valid for the type xsd:dateTime`],
  },
  {
    name: 'a required element that is missing, at its parent',
    xml: flow(assignment('A').replace('<locationX>0</locationX>', '')),
    finds: ['3:14 Required field is missing: locationX'],
  },
  {
    name: 'a required element that is empty',
    xml: flow(assignment('A')).replace('<label>F</label>', '<label></label>'),
    finds: ['4:12 Required field is missing: label'],
  },
  {
    name: 'children where text belongs',
    xml: flow(assignment('A')).replace('>F<', '><b>F</b><'),
    finds: [`4:15 ${parsing} Unexpected element ${NS}b during simple type deserialization`],
  },
  {
    name: 'text where children belong',
    xml: flow(`loose${assignment('A')}`),
    finds: [`2:55 ${parsing} Unexpected text "loose" in Flow of type Flow`],
  },
  {
    name: 'another root element',
    xml: flow(assignment('A')).replaceAll('Flow>', 'Flows>').replace('<Flow ', '<Flows '),
    finds: [`2:56 ${parsing} Root element must be ${NS}Flow but is ${NS}Flows`],
  },
  {
    name: 'a missing namespace',
    xml: flow(assignment('A')).replace(` xmlns="${NAMESPACE}"`, ''),
    finds: [`2:7 ${parsing} Root element must be ${NS}Flow but is {}Flow`],
  },
  {
    name: 'all mistakes of a file at once',
    xml: flow(`<foo/>${assignment('A')}`).replace('>Active<', '>On<'),
    finds: [
      `3:7 ${parsing} Element ${NS}foo invalid at this location in type Flow`,
      "11:13 'On' is not a valid value for the enum 'FlowVersionStatus'",
    ],
  },
  {
    name: 'an end tag that does not fit',
    xml: flow(assignment('A')).replace('<label>F</label>', '<label>F</lable>'),
    finds: [`4:21 ${parsing} The element type "label" must be terminated by the matching end-tag "</label>".`],
  },
  {
    name: 'a file that ends early',
    xml: flow(assignment('A')).slice(0, 200),
    finds: [`4:1 ${parsing} XML document structures must start and end within the same entity.`],
  },
  { name: 'an empty file', xml: '', finds: [`1:1 ${parsing} Premature end of file.`] },
  { name: 'text that is no XML', xml: 'hello', finds: [`1:1 ${parsing} Content is not allowed in prolog.`] },
  {
    name: 'text behind the end',
    xml: `${flow(assignment('A'))}x`,
    finds: [`13:3 ${parsing} Content is not allowed in trailing section.`],
  },
  {
    name: 'a second document behind the first',
    xml: `${flow(assignment('A'))}<Flow/>`,
    finds: [`13:7 ${parsing} The markup in the document following the root element must be well-formed.`],
  },
  {
    name: 'two dashes in a comment',
    xml: flow(`<!-- a -- b -->${assignment('A')}`),
    finds: [`3:11 ${parsing} The string "--" is not permitted within comments.`],
  },
  {
    name: 'a document type declaration',
    xml: flow(assignment('A')).replace('<Flow ', '<!DOCTYPE Flow [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Flow '),
    finds: [
      `2:58 ${parsing} DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.`,
    ],
  },
  {
    name: 'an entity that only a document type could declare',
    xml: flow(assignment('A')).replace('>F<', '>&x;<'),
    finds: [`4:15 ${parsing} The entity was referenced, but not declared.`],
  },
  {
    name: 'elements nested beyond reason',
    xml: flow('<a>'.repeat(5000) + '</a>'.repeat(5000)),
    finds: [`3:301 ${parsing} Elements are nested more than 100 levels deep.`],
  },
  {
    name: 'a permission set row without one of its six rights',
    file: 'permissionsets/P.permissionset',
    xml: `<PermissionSet xmlns="${NAMESPACE}"><label>P</label><objectPermissions>
<allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead>
<modifyAllRecords>true</modifyAllRecords><object>Account</object></objectPermissions></PermissionSet>`,
    finds: ['1:99 Required field is missing: viewAllRecords'],
  },
  {
    name: 'the external credential of templates that no org exports',
    file: 'externalCredentials/E.externalCredential',
    xml: `<ExternalCredential xmlns="${NAMESPACE}"><authenticationProtocol>Oauth</authenticationProtocol><label>E</label>
<principals><principalName>P</principalName></principals></ExternalCredential>`,
    finds: [`2:13 ${parsing} Element ${NS}principals invalid at this location in type ExternalCredential`],
  },
  {
    name: 'the named credential of templates that no org exports',
    file: 'namedCredentials/N.namedCredential',
    xml: `<NamedCredential xmlns="${NAMESPACE}"><label>N</label>
<oauthTokenEndpoint>https://x</oauthTokenEndpoint></NamedCredential>`,
    finds: [`2:21 ${parsing} Element ${NS}oauthTokenEndpoint invalid at this location in type NamedCredential`],
  },
  {
    name: 'a misspelt child of an identity provider',
    file: 'externalAuthIdentityProviders/I.externalAuthIdentityProvider',
    xml: `<ExternalAuthIdentityProvider xmlns="${NAMESPACE}"><authenticationFlow>ClientCredentials</authenticationFlow>
<authenticationProtocol>OAuth</authenticationProtocol><externalAuthIdentityProviderParameter/><label>I</label></ExternalAuthIdentityProvider>`,
    finds: [
      `2:95 ${parsing} Element ${NS}externalAuthIdentityProviderParameter invalid at this location in type ExternalAuthIdentityProvider`,
    ],
  },
];

describe('shape of a metadata file', () => {
  for (const { name, file, xml, finds } of cases) {
    it(`${finds.length === 0 ? 'accepts' : 'reports'} ${name}`, () => {
      expect(problems(file ?? FLOW, xml)).to.deep.equal(finds);
    });
  }

  it('reads 10,000 elements in time that grows with their number only', () => {
    const body = Array.from({ length: 10_000 }, (_, index) => assignment(`A${index}`)).join('\n');
    const started = performance.now();
    expect(problems(FLOW, flow(assignment('A') + body))).to.deep.equal([]);
    expect(performance.now() - started).to.be.below(10_000);
  });
});

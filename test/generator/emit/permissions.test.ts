import { expect } from 'chai';
import { emitMetadata } from '../../../generator/src/emit/index.js';
import type { Auth } from '../../../generator/src/model/index.js';
import {
  auth,
  AUTH_PROVIDER,
  BASIC,
  BROWSER,
  CLIENT_CREDENTIALS,
  CUSTOM_HEADER,
  integration,
  JWT_BEARER,
  project,
} from './support/models.js';
import { asData, childrenOf, parseXml, textAt, type XmlNode } from './support/xml-tree.js';

function filesOf(changes: Parameters<typeof integration>[0] = {}): ReadonlyMap<string, XmlNode> {
  return new Map(emitMetadata(project([integration(changes)])).map(({ path, content }) => [path, parseXml(content)]));
}

function permissionSet(name: string, changes: Parameters<typeof integration>[0] = {}): XmlNode {
  for (const [path, node] of filesOf(changes)) if (path.endsWith(`/${name}.permissionset-meta.xml`)) return node;
  throw new Error(`There is no permission set ${name}.`);
}

const RIGHTS = ['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords', 'viewAllRecords'];
const named = (method: Auth['method']): Auth => auth(method);

describe('emit/permission-set: credential', () => {
  // Create, delete, edit, read, modify all, view all.
  const cases: readonly (readonly [string, Auth, string])[] = [
    ['client credentials store refreshed tokens for everybody', named(CLIENT_CREDENTIALS), '111111'],
    ['a browser login too', named(BROWSER), '111111'],
    ['JWT bearer too', named(JWT_BEARER), '111111'],
    ['an API key is only read', named(CUSTOM_HEADER), '000101'],
    ['a password is only read', named(BASIC), '000101'],
    ['people own their tokens', auth(BROWSER, { principal: { scope: 'perUser', name: 'Person' } }), '111100'],
  ];
  for (const [name, method, expected] of cases) {
    it(name, () => {
      const set = permissionSet('AccountSync_Credential', { auth: method });
      const rights = childrenOf(set, 'objectPermissions')[0] ?? set;
      expect(textAt(rights, 'object')).to.equal('UserExternalCredential');
      expect(RIGHTS.map((right) => (textAt(rights, right) === 'true' ? '1' : '0')).join('')).to.equal(expected);
      expect(textAt(set, 'externalCredentialPrincipalAccesses', 'externalCredentialPrincipal')).to.equal(
        `AccountSync-${method.principal.name}`,
      );
      expect(childrenOf(set, 'classAccesses'), 'class access stays apart').to.deep.equal([]);
    });
  }

  it('has none for a legacy named credential', () => {
    const style = auth(AUTH_PROVIDER, { credentialStyle: 'legacy' });
    expect(
      [...filesOf({ auth: style }).keys()].filter((path) => path.includes('AccountSync_Credential')),
    ).to.deep.equal([]);
  });
});

describe('emit/permission-set: runtime', () => {
  const files = filesOf({ trigger: undefined });
  const required = new Set(
    [...files].flatMap(([path, node]) => {
      const [, object = '', field = ''] = /objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/.exec(path) ?? [];
      return textAt(node, 'required') === 'true' ? [`${object}.${field}`] : [];
    }),
  );

  for (const name of ['Callout_Operator', 'Callout_Integration_User']) {
    it(`${name} never lists a required field, and only fields of objects that it opens`, () => {
      const set = permissionSet(name);
      const objects = childrenOf(set, 'objectPermissions').map((entry) => textAt(entry, 'object'));
      const fields = childrenOf(set, 'fieldPermissions').map((entry) => textAt(entry, 'field') ?? '');
      expect(required.size).to.be.greaterThan(2);
      expect(fields.filter((entry) => required.has(entry))).to.deep.equal([]);
      expect(fields.filter((entry) => !objects.includes(entry.split('.')[0]))).to.deep.equal([]);
      expect(fields).to.deep.equal(fields.toSorted());
    });
  }

  it('lets operators edit what they repair and nothing that the runtime owns', () => {
    const editable = childrenOf(permissionSet('Callout_Operator'), 'fieldPermissions')
      .filter((entry) => textAt(entry, 'editable') === 'true')
      .map((entry) => textAt(entry, 'field'));
    expect(editable).to.deep.equal([
      'CalloutQueue__c.Deadline_At__c',
      'CalloutQueue__c.Next_Attempt_At__c',
      'CalloutQueue__c.Payload__c',
      'CalloutQueue__c.Retry__c',
      'CalloutQueue__c.Status__c',
    ]);
  });

  it('opens no business data to anybody', () => {
    for (const [path, set] of files) {
      if (!path.endsWith('.permissionset-meta.xml')) continue;
      const objects = childrenOf(set, 'objectPermissions').map((entry) => textAt(entry, 'object') ?? '');
      expect(
        objects.filter((object) => !/^Callout|^UserExternalCredential$/.test(object)),
        path,
      ).to.deep.equal([]);
    }
  });

  it('gives the callers of an action its class and nothing else', () => {
    expect(asData(permissionSet('AccountSync_User', { trigger: undefined }))).to.have.all.keys(
      'classAccesses',
      'description',
      'hasActivationRequired',
      'label',
    );
  });

  it('explains every field and every permission set', () => {
    for (const [path, node] of files) {
      if (path.endsWith('.field-meta.xml')) expect(textAt(node, 'inlineHelpText')?.length, path).to.be.within(15, 255);
      if (/(permissionset|field|flow|object|validationRule)-meta\.xml$/.test(path)) {
        expect(textAt(node, 'description')?.length, path).to.be.within(
          15,
          /(permissionset|flow|validationRule)-meta/.test(path) ? 255 : 1000,
        );
      }
    }
  });
});

import { expect } from 'chai';
import { emitManifests, emitMetadata, emitReplacements } from '../../../generator/src/emit/index.js';
import { UserError } from '../../../generator/src/errors/index.js';
import type { Integration } from '../../../generator/src/model/index.js';
import {
  auth,
  AUTH_PROVIDER,
  BASIC,
  BROWSER,
  CLIENT_CREDENTIALS,
  CUSTOM_HEADER,
  environment,
  field,
  integration,
  project,
  trigger,
} from './support/models.js';

const header = (value: string): Partial<Integration> => ({
  endpoint: { ...integration().endpoint, headers: [{ name: 'X-A', kind: 'static', value }] },
});
const legacy = { credentialStyle: 'legacy' } as const;

/** Settings that the platform has no metadata for, and a word of the reason. */
const REFUSED: Readonly<Record<string, readonly [Partial<Integration>, string]>> = {
  'legacy with client credentials': [{ auth: auth(CLIENT_CREDENTIALS, legacy) }, 'no OAuth client credentials flow'],
  'legacy with an identity provider': [{ auth: auth(BROWSER, legacy) }, 'external auth identity provider'],
  'an auth provider without client id': [
    { auth: auth({ ...AUTH_PROVIDER, clientId: undefined }) },
    'without a client id',
  ],
  'legacy with a custom header': [{ auth: auth(CUSTOM_HEADER, legacy) }, 'no place for the secret'],
  'legacy with a named user name': [{ auth: auth(BASIC, legacy) }, 'user name'],
  'legacy with headers': [{ ...header('a'), auth: auth(AUTH_PROVIDER, legacy) }, 'cannot add headers'],
  'a static header that is a formula': [header('{!$Credential.Other.Secret}'), 'evaluate the static header X-A'],
  'a credential parameter that ends the formula': [
    { auth: auth({ ...CUSTOM_HEADER, parameter: 'Key} {!$Credential.Other.Key' }) },
    'cannot stand in a formula',
  ],
  'a changed field of another record': [{ trigger: trigger({ changedFields: [field('Owner.Name')] }) }, 'Owner.Name'],
  'a condition on another record': [
    { trigger: trigger({ conditions: [{ field: field('Owner.Name'), operator: 'equals', value: 'A' }] }) },
    'Owner.Name',
  ],
  'immediate delivery with a change that only a decision can see': [
    {
      trigger: trigger({
        delivery: 'immediate',
        event: 'createOrUpdate',
        conditions: [{ field: field('Type'), operator: 'equals', value: 'A' }],
      }),
    },
    'immediate delivery on createOrUpdate',
  ],
  'a character that XML cannot hold': [{ description: 'bell \u0007' }, 'U+0007 at position 6'],
  'more alert recipients than the policy holds': [
    {
      monitoring: {
        tokenTracking: true,
        circuitAlerts: { kind: 'none' },
        deadLetterAlerts: {
          kind: 'email',
          addresses: Array.from({ length: 30 }, (_, index) => `person${index}@example.com`),
        },
      },
    },
    'Dead_Letter_Alert__c',
  ],
};

describe('emit: refusals', () => {
  for (const [name, [changes, reason]] of Object.entries(REFUSED)) {
    it(`refuses ${name}`, () => {
      expect(() => emitMetadata(project([integration(changes)])))
        .to.throw(UserError, reason)
        .with.property('message')
        .that.matches(/^config\/integrations\/account-sync\.yaml: /);
    });
  }

  it('says what to do instead', () => {
    try {
      emitMetadata(project([integration({ auth: auth(BASIC, legacy) })]));
      expect.fail('nothing was refused');
    } catch (error) {
      expect(error).to.be.instanceOf(UserError).with.property('actions').that.is.an('array').with.lengthOf(1);
    }
  });

  it('refuses replacements that would replace each other', () => {
    const same = { ...BROWSER, authorizeUrl: 'https://a.example/x', tokenUrl: 'https://a.example/x' };
    const environments = [
      environment('local', { isDefault: true }),
      environment('production', { values: { 'account-sync': { tokenUrl: 'https://b.example/x' } } }),
    ];
    expect(() => emitReplacements(project([integration({ auth: auth(same) })], environments))).to.throw(
      UserError,
      'cannot be told from the authorizeUrl',
    );
  });

  it('refuses two integrations that want the same component, whatever its case', () => {
    const twin = integration({
      name: 'twin' as Integration['name'],
      apiName: 'Twin' as Integration['apiName'],
      source: 'config/integrations/twin.yaml' as Integration['source'],
      trigger: trigger({ flowName: 'account_update_external_system' }),
    });
    expect(() => emitManifests(emitMetadata(project([integration(), twin])), 66)).to.throw(
      UserError,
      'wanted by config/integrations/account-sync.yaml and by config/integrations/twin.yaml',
    );
  });
});

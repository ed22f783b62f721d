import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ComponentSet, ManifestResolver, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import {
  emitManifests,
  emitMetadata,
  emitReplacements,
  ENVIRONMENT_VARIABLE,
} from '../../../generator/src/emit/index.js';
import type { ProjectModel } from '../../../generator/src/model/index.js';
import { auth, AUTH_PROVIDER, BROWSER, environment, integration, JWT_BEARER, project } from './support/models.js';

const HOLDS_VALUES =
  /\.(namedCredential|externalCredential|authprovider|externalAuthIdentityProvider|platformEventSubscriberConfig)$/;
const TOKEN_URL = `https://login.production.example/token?a=1&b=$2&c=$&d='"<`;

/** Three environments; the second one differs in every value. */
function environments(): ReturnType<typeof environment>[] {
  return [
    environment('local', { isDefault: true, integrationUser: 'integration@local.example' }),
    environment('production', {
      integrationUser: 'integration@production.example',
      values: {
        'account-sync': {
          endpointUrl: 'https://erp.production.example',
          tokenUrl: TOKEN_URL,
          authorizeUrl: 'https://login.production.example/authorize',
          clientId: 'client-of-production',
        },
      },
    }),
    environment('sandbox', { integrationUser: 'integration@sandbox.example' }),
  ];
}

describe('emit: what the SF CLI makes of the files', function () {
  const folders: string[] = [];

  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    Reflect.deleteProperty(process.env, ENVIRONMENT_VARIABLE);
  });

  /** Writes the project into a folder of its own, because the library remembers what it read from a path. */
  function write(model: ProjectModel): string {
    const folder = mkdtempSync(join(tmpdir(), 'emit-'));
    folders.push(folder);
    const { files, entries } = emitReplacements(model);
    const metadata = emitMetadata(model);
    for (const { path, content } of [...metadata, ...emitManifests(metadata, 66), ...files]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const config = {
      packageDirectories: [{ path: 'force-app', default: true }],
      sourceApiVersion: '66.0',
      replacements: entries,
    };
    writeFileSync(join(folder, 'sfdx-project.json'), JSON.stringify(config));
    return folder;
  }

  function components(folder: string): ComponentSet {
    const set = ComponentSet.fromSource(join(folder, 'force-app'));
    // Otherwise the library asks the network for the newest version.
    set.apiVersion = '66.0';
    set.sourceApiVersion = '66.0';
    set.projectDirectory = folder;
    return set;
  }

  it('finds every file as a component, and the manifests list exactly those', async () => {
    const folder = write(project([integration({ auth: auth(BROWSER) })], environments()));
    const found = new Set<string>();
    for (const component of components(folder).getSourceComponents()) {
      found.add(`${component.type.name}:${component.fullName}`);
      for (const child of component.getChildren()) found.add(`${child.type.name}:${child.fullName}`);
    }
    const listed = async (file: string): Promise<string[]> => {
      const { components: list } = await new ManifestResolver().resolve(join(folder, 'manifest', file));
      return list.map(({ type, fullName }) => `${typeof type === 'string' ? type : type.name}:${fullName}`);
    };
    expect((await listed('package.xml')).toSorted()).to.deep.equal([...found].toSorted());
    const phases = await Promise.all(
      ['1-foundation.xml', '2-credentials.xml', '3-permissions.xml', '4-flows.xml'].map(listed),
    );
    expect(phases.flat().toSorted()).to.deep.equal([...found].toSorted());
  });

  // PLATFORM 3.5: a subscriber that runs takes new settings only after it was suspended and resumed.
  it('deploys the settings of a subscriber in the phase of its trigger', () => {
    const names = [
      'triggers/Wakeup.trigger',
      'PlatformEventSubscriberConfigs/W.platformEventSubscriberConfig-meta.xml',
    ];
    const files = names.map((name) => ({
      path: `force-app/main/${name}`,
      content: '',
      header: 'none' as const,
      origin: 'config',
    }));
    const phasesWith = (type: string): string[] =>
      emitManifests(files, 66)
        .filter(({ content }) => content.includes(`<name>${type}</name>`))
        .map(({ path }) => path);
    expect(phasesWith('ApexTrigger')).to.have.members(['manifest/1-foundation.xml', 'manifest/package.xml']);
    expect(phasesWith('PlatformEventSubscriberConfig')).to.deep.equal(phasesWith('ApexTrigger'));
  });

  /** Converts as a deployment does and returns the text of the components that hold values of an environment. */
  async function deployed(model: ProjectModel, name: string | undefined): Promise<string> {
    const folder = write(model);
    if (name === undefined) Reflect.deleteProperty(process.env, ENVIRONMENT_VARIABLE);
    else process.env[ENVIRONMENT_VARIABLE] = name;
    const { zipBuffer } = await new MetadataConverter().convert(components(folder), 'metadata', { type: 'zip' });
    const entries = Object.entries(unzipSync(zipBuffer ?? new Uint8Array()));
    return entries
      .filter(([path]) => HOLDS_VALUES.test(path))
      .map(([, bytes]) => strFromU8(bytes))
      .join('\n');
  }

  const escapedTokenUrl = TOKEN_URL.replace(
    /[&<'"]/g,
    (character) => `&${{ '&': 'amp', '<': 'lt', "'": 'apos', '"': 'quot' }[character] ?? ''};`,
  );
  const kinds = {
    'identity provider': auth(BROWSER),
    'auth provider': auth(AUTH_PROVIDER),
    'JWT bearer': auth(JWT_BEARER),
    'legacy JWT': auth(JWT_BEARER, { credentialStyle: 'legacy' }),
  };

  for (const [name, method] of Object.entries(kinds)) {
    it(`deploys the values of the environment: ${name}`, async () => {
      const model = project([integration({ auth: method })], environments());
      const local = await deployed(model, undefined);
      expect(local).to.contain('>https://erp.example.com/api/v1<').and.contain('>integration@local.example<');
      const production = await deployed(model, 'production');
      expect(production)
        .to.contain('>https://erp.production.example<')
        .and.contain('>integration@production.example<')
        .and.contain(`>${escapedTokenUrl}<`)
        .and.not.contain('https://erp.example.com/api/v1')
        .and.not.contain('https://login.example.com/token');
      if (method.method.type === 'browser')
        expect(production).to.contain('>https://login.production.example/authorize<');
      if (name === 'auth provider') {
        expect(production).to.contain('<consumerKey>client-of-production</consumerKey>');
        expect(local).not.to.contain('client-of-production');
      }
      const sandbox = await deployed(model, 'sandbox');
      expect(sandbox).to.contain('>https://erp.example.com/api/v1<').and.contain('>integration@sandbox.example<');
    });
  }
});

import { CalloutFailure, Unsupported } from '../../../apex/runtime/index.js';
import { CredentialRefusal, MESSAGES } from '../messages.js';
import type { CredentialCatalog } from '../metadata/catalog.js';
import type { ExternalCredential, NamedCredential } from '../metadata/model.js';
import { opens } from '../metadata/remote-site.js';

/** Where a callout goes. */
export type Target =
  | { readonly kind: 'address'; readonly url: URL }
  | {
      readonly kind: 'credential';
      readonly named: NamedCredential;
      readonly external: ExternalCredential;
      readonly url: URL;
    };

const CALLOUT = /^callout:([\w]+)(.*)$/is;

/** Resolves `callout:Name/path` or an address that a remote site opens. Throws CalloutFailure. */
export function targetOf(endpoint: string, catalog: CredentialCatalog): Target {
  const [, name, path = ''] = CALLOUT.exec(endpoint) ?? [];
  return name === undefined ? address(endpoint, catalog) : credential(name, path, catalog);
}

/** Apex Developer Guide, Adding Remote Site Settings: without a named credential the address must be registered. */
function address(endpoint: string, catalog: CredentialCatalog): Target {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !catalog.remoteSites().some((site) => opens(site, url)))
    throw new CalloutFailure(MESSAGES.noRemoteSite(endpoint));
  return { kind: 'address', url };
}

function credential(name: string, path: string, catalog: CredentialCatalog): Target {
  const named = catalog.namedCredential(name);
  // PLATFORM 1.1: a disabled credential makes no callouts; the wording is that of one that cannot be used.
  if (named === undefined || !named.enabled) throw new CredentialRefusal(MESSAGES.noEndpoint(name));
  const [unsupported] = named.unsupported;
  if (unsupported !== undefined) throw new Unsupported(`The named credential ${name}: ${unsupported}`);
  const { authentication } = named;
  const external = 'own' in authentication ? authentication.own : catalog.externalCredential(authentication.external);
  if (external === undefined) throw new CredentialRefusal(MESSAGES.noEndpoint(name));
  if (external.protocol.kind === 'unsupported')
    throw new Unsupported(`The external credential ${external.name}: ${external.protocol.what}`);
  return { kind: 'credential', named, external, url: addressBelow(named, path) };
}

/** The path is put behind the credential's URL as it is. */
function addressBelow(named: NamedCredential, path: string): URL {
  const text = named.url + path;
  if (!URL.canParse(text))
    throw new CalloutFailure(`Invalid endpoint: ${path} is no path below the named credential ${named.name}.`);
  const url = new URL(text);
  if (url.origin !== new URL(named.url).origin)
    throw new CalloutFailure(`Invalid endpoint: ${path} leads away from the named credential ${named.name}.`);
  return url;
}

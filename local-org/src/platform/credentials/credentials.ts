import { z } from 'zod';
import type { CalloutPort, CredentialPort } from '../../apex/runtime/index.js';
import type { OrgView } from '../../model/index.js';
import type { Routes } from '../network/index.js';
import { Callouts } from './callout/callouts.js';
import { HttpClient } from './callout/http.js';
import { apexPort } from './connect/apex-port.js';
import { BrowserLogins } from './connect/browser-login.js';
import { CredentialService } from './connect/credential-service.js';
import { CredentialCatalog } from './metadata/catalog.js';
import { TokenSource } from './oauth/token-source.js';
import type { SecretStore } from '../secrets/index.js';
import { credentialSettings, type CredentialSettings, type CredentialSettingsInput } from '../settings/index.js';
import type { CredentialWorld } from './world.js';

export interface CredentialsOptions {
  /** What is deployed at the moment of the call. */
  readonly org: () => OrgView;
  readonly world: CredentialWorld;
  readonly routes: Routes;
  readonly secrets: SecretStore;
  /** Where browsers reach the org: `http://127.0.0.1:<port>`. */
  readonly orgUrl: () => string;
  readonly settings?: CredentialSettingsInput | undefined;
  /** Further certificate authorities (PEM) of servers that the org calls. */
  readonly certificateAuthorities?: readonly string[] | undefined;
}

/** Named and external credentials of one org: callouts, and the Connect API's resources about them. */
export class Credentials {
  /** Sends the callouts of Apex. */
  public readonly callouts: CalloutPort;
  /** Answers `ConnectApi.NamedCredentials`. */
  public readonly apex: CredentialPort;
  public readonly service: CredentialService;
  public readonly logins: BrowserLogins;
  readonly #secrets: SecretStore;
  readonly #http: HttpClient;
  #settings: CredentialSettings;

  /** Throws ZodError for wrong settings. */
  public constructor({ org, world, routes, secrets, orgUrl, settings, certificateAuthorities }: CredentialsOptions) {
    this.#settings = credentialSettings.parse(settings ?? {});
    const catalog = new CredentialCatalog(org);
    const http = new HttpClient({ routes, certificateAuthorities });
    const tokens = new TokenSource(http, catalog, secrets);
    this.#secrets = secrets;
    this.#http = http;
    this.callouts = new Callouts({
      catalog,
      secrets,
      tokens,
      http,
      world,
      settings: () => this.#settings,
    }).send;
    this.service = new CredentialService({ catalog, secrets, tokens, world });
    this.logins = new BrowserLogins({ service: this.service, secrets, tokens, http, routes, now: () => world.now() });
    this.apex = apexPort(this.service, this.logins, orgUrl);
  }

  public get settings(): CredentialSettings {
    return this.#settings;
  }

  /** Changes the settings that are given; callouts from now on follow them. Throws ZodError. */
  public configure(change: unknown): CredentialSettings {
    const given = z.record(z.string(), z.unknown()).parse(change);
    this.#settings = credentialSettings.parse({ ...this.#settings, ...given });
    return this.#settings;
  }

  /** Public key (PEM) of a certificate of the org, for the servers that verify what it signs. */
  public publicKey(certificate: string): string {
    return this.#secrets.publicKey(certificate);
  }

  /**
   * After a deployment: the secrets of principals that it removed are deleted (PLATFORM 1.6).
   * @param org what is deployed now
   */
  public deployed(org: OrgView): void {
    const catalog = new CredentialCatalog(() => org);
    this.#secrets.prune((key) => {
      const external = catalog.authentication(key.externalCredential);
      return (
        external?.principals.some(
          ({ name, type }) => type === key.principalType && name.toLowerCase() === key.principalName.toLowerCase(),
        ) === true
      );
    });
  }

  public close(): void {
    this.#http.close();
  }
}

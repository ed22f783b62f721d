import type { Component, OrgView } from '../../../model/index.js';
import { readExternalCredential } from './external-credential.js';
import type { ExternalCredential, NamedCredential, OAuthProvider } from './model.js';
import { readNamedCredential } from './named-credential.js';
import { readAuthProvider, readIdentityProvider } from './providers.js';
import { readRemoteSite, type RemoteSite } from './remote-site.js';

/** Reads a component once, as long as what is deployed stays the same. */
class Reader<T> {
  readonly #read: (component: Component) => T;
  readonly #known = new WeakMap<Component, { readonly value: T }>();

  public constructor(read: (component: Component) => T) {
    this.#read = read;
  }

  public read(component: Component): T {
    let known = this.#known.get(component);
    if (known === undefined) {
      known = { value: this.#read(component) };
      this.#known.set(component, known);
    }
    return known.value;
  }
}

/** The credentials of what is deployed now. A component is read when it is first asked for, and again after it was deployed again. */
export class CredentialCatalog {
  readonly #org: () => OrgView;
  readonly #named = new Reader(readNamedCredential);
  readonly #external = new Reader(readExternalCredential);
  readonly #authProviders = new Reader(readAuthProvider);
  readonly #identityProviders = new Reader(readIdentityProvider);
  readonly #sites = new Reader(readRemoteSite);

  /** @param org what is deployed at the moment of the call */
  public constructor(org: () => OrgView) {
    this.#org = org;
  }

  public namedCredential(name: string): NamedCredential | undefined {
    return this.#component('NamedCredential', name, this.#named);
  }

  public externalCredential(name: string): ExternalCredential | undefined {
    return this.#component('ExternalCredential', name, this.#external);
  }

  /** The credential of that name: an external one, or what a legacy named credential has of its own. */
  public authentication(name: string): ExternalCredential | undefined {
    const external = this.externalCredential(name);
    if (external !== undefined) return external;
    const named = this.namedCredential(name);
    return named !== undefined && 'own' in named.authentication ? named.authentication.own : undefined;
  }

  public provider({ kind, name }: Pick<OAuthProvider, 'kind' | 'name'>): OAuthProvider | undefined {
    return kind === 'AuthProvider'
      ? this.#component('AuthProvider', name, this.#authProviders)
      : this.#component('ExternalAuthIdentityProvider', name, this.#identityProviders);
  }

  public externalCredentials(): readonly ExternalCredential[] {
    return this.#all('ExternalCredential', this.#external);
  }

  public namedCredentials(): readonly NamedCredential[] {
    return this.#all('NamedCredential', this.#named);
  }

  public remoteSites(): readonly RemoteSite[] {
    return this.#all('RemoteSiteSetting', this.#sites);
  }

  #component<T>(type: string, name: string, reader: Reader<T>): T | undefined {
    const component = this.#org().component(type, name);
    return component === undefined ? undefined : reader.read(component);
  }

  #all<T>(type: string, reader: Reader<T>): readonly T[] {
    return this.#org()
      .components(type)
      .map((component) => reader.read(component));
  }
}

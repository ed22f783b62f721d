import type { StoredToken, SecretStore } from '../../secrets/index.js';
import {
  CalloutFailure,
  type CalloutContext,
  type CalloutPort,
  type CalloutRequest,
  type CalloutResponse,
} from '../../../apex/runtime/index.js';
import type { FormulaContext } from '../formulas/formula-scope.js';
import { CredentialRefusal, MESSAGES } from '../messages.js';
import type { CredentialCatalog } from '../metadata/catalog.js';
import type { OAuthProtocol, Protocol } from '../metadata/model.js';
import { toStored, type TokenSource } from '../oauth/token-source.js';
import type { CredentialSettings } from '../../settings/index.js';
import type { CredentialWorld } from '../world.js';
import { authorizationOf, credentialField, givenValue, type Proof } from './credential-fields.js';
import type { HttpClient, HttpResponse } from './http.js';
import { credentialMessage, plainMessage } from './message.js';
import { choosePrincipal, mayStoreTokens, type ChosenPrincipal } from './principal.js';
import { targetOf, type Target } from './target.js';
import { CalloutTrace } from './trace.js';

export interface CalloutParts {
  readonly catalog: CredentialCatalog;
  readonly secrets: SecretStore;
  readonly tokens: TokenSource;
  readonly http: HttpClient;
  readonly world: CredentialWorld;
  /** Settings at the moment of the call. */
  readonly settings: () => CredentialSettings;
}

type CredentialTarget = Extract<Target, { readonly kind: 'credential' }>;

/** One callout through a named credential. */
interface Callout extends ChosenPrincipal {
  readonly target: CredentialTarget;
  readonly request: CalloutRequest;
  readonly context: CalloutContext;
  readonly trace: CalloutTrace;
  /** Milliseconds left for all requests of the callout together. */
  readonly timeLeft: () => number;
}

/** Sends the callouts of an org: through named credentials, or to addresses that a remote site opens. */
export class Callouts {
  readonly #parts: CalloutParts;
  /** Requests for tokens that are under way, where callouts share them. */
  readonly #refreshes = new Map<string, Promise<StoredToken | undefined>>();

  public constructor(parts: CalloutParts) {
    this.#parts = parts;
  }

  /** Throws CalloutFailure, whose message Apex sees, and Unsupported for what the local org does not do. */
  public readonly send: CalloutPort = async (request, context) => {
    const { catalog, http } = this.#parts;
    const timeLeft = stopwatch(request.timeoutMs);
    const trace = new CalloutTrace(context.trace, this.#parts.settings());
    try {
      const target = targetOf(request.endpoint, catalog);
      if (target.kind === 'address') {
        const message = plainMessage(request);
        return await http.send({ ...message, url: target.url, method: request.method, timeoutMs: timeLeft() });
      }
      const chosen = choosePrincipal(target.external, context.userId, this.#parts.world);
      return await this.#authenticated({ ...chosen, target, request, context, trace, timeLeft });
    } catch (error) {
      if (error instanceof CredentialRefusal) trace.refused();
      throw error;
    }
  };

  /** PLATFORM 1.4: on 401, and the codes of 1.3, a new token and one second request; Apex sees the last response. */
  async #authenticated(callout: Callout): Promise<CalloutResponse> {
    const { external } = callout.target;
    const oauth = oauthOf(external.protocol);
    const token = oauth === undefined ? undefined : await this.#firstToken(callout, oauth);
    const response = await this.#exchange(callout, token, oauth !== undefined);
    const expired = response.status === 401 || external.refreshStatusCodes.has(response.status);
    if (oauth === undefined || token === undefined || !expired) return response;
    const next = await this.#refreshed(callout, oauth, token);
    return next === undefined ? response : this.#exchange(callout, next, false);
  }

  /** The principal's token; a new one where it has none and nobody has to log in for it. */
  async #firstToken(callout: Callout, protocol: OAuthProtocol): Promise<StoredToken> {
    const known = this.#parts.secrets.principal(callout.key)?.token;
    if (known !== undefined) return known;
    if (!this.#mayStore(callout) && this.#parts.settings().firstTokenWithoutRights === 'exception')
      throw new CredentialRefusal(MESSAGES.noCredential(callout.target.external.name));
    const token = await this.#obtain(callout, protocol);
    if (token === undefined) throw new CredentialRefusal(MESSAGES.notConfigured);
    return token;
  }

  /** A token in place of one that is not accepted any more; undefined when there is none, and Apex gets the response. */
  async #refreshed(callout: Callout, protocol: OAuthProtocol, used: StoredToken): Promise<StoredToken | undefined> {
    const { secrets } = this.#parts;
    const settings = this.#parts.settings();
    if (!this.#mayStore(callout)) {
      if (settings.refreshWithoutRights === 'response') return undefined;
      throw new CredentialRefusal(MESSAGES.noCredential(callout.target.external.name));
    }
    const stored = secrets.principal(callout.key)?.token;
    if (settings.replacedToken === 'useNewer' && stored !== undefined && stored.revision > used.revision) return stored;
    try {
      return settings.parallelRefresh === 'race'
        ? await this.#obtain(callout, protocol)
        : await this.#sharedRefresh(callout, protocol);
    } catch (error) {
      if (error instanceof CalloutFailure && settings.failedRefresh === 'response') return undefined;
      throw error;
    }
  }

  #sharedRefresh(callout: Callout, protocol: OAuthProtocol): Promise<StoredToken | undefined> {
    const name = JSON.stringify(callout.key);
    let refresh = this.#refreshes.get(name);
    if (refresh === undefined) {
      refresh = this.#obtain(callout, protocol).finally(() => this.#refreshes.delete(name));
      this.#refreshes.set(name, refresh);
    }
    return refresh;
  }

  async #obtain(callout: Callout, protocol: OAuthProtocol): Promise<StoredToken | undefined> {
    const { secrets, tokens } = this.#parts;
    const { external } = callout.target;
    const issued = await tokens.obtain({
      external,
      protocol,
      principal: callout.principal,
      record: secrets.principal(callout.key),
      formulas: this.#formulas(callout, undefined),
      timeoutMs: callout.timeLeft(),
    });
    return issued === undefined ? undefined : secrets.putToken(callout.key, toStored(issued));
  }

  async #exchange(callout: Callout, token: StoredToken | undefined, retry: boolean): Promise<HttpResponse> {
    const { http, settings, world } = this.#parts;
    const { target, request, trace } = callout;
    const { named, external, url } = target;
    const proof = this.#proof(callout, token);
    requireGiven(proof);
    const authorization = named.generateAuthorizationHeader ? authorizationOf(proof) : undefined;
    const formulas = this.#formulas(callout, token);
    const message = credentialMessage(request, { named, external, authorization, formulas, settings: settings() });
    const traced = { id: world.componentId('NamedCredential', named.name), name: named.name, external };
    trace.request(traced, { url, method: request.method, authorization, bodySize: message.body.length, retry });
    const response = await http.send({ ...message, url, method: request.method, timeoutMs: callout.timeLeft() });
    trace.response(traced, response);
    return response;
  }

  #proof({ target: { external }, key }: Callout, token: StoredToken | undefined): Proof {
    const record = this.#parts.secrets.principal(key);
    return { external, record, token, clientId: givenValue({ external, record }, 'clientId') };
  }

  #formulas(callout: Callout, token: StoredToken | undefined): FormulaContext {
    const { world } = this.#parts;
    const proof = this.#proof(callout, token);
    return {
      credential: (path) => credentialField(proof, path),
      global: (path) => world.global(callout.context.userId, path),
      now: world.now(),
    };
  }

  #mayStore({ target, principal, context }: Callout): boolean {
    return mayStoreTokens(target.external, principal, context.userId, this.#parts.world);
  }
}

/** Protocols whose secret is a token. */
function oauthOf(protocol: Protocol): OAuthProtocol | undefined {
  switch (protocol.kind) {
    case 'clientCredentials':
    case 'browser':
    case 'jwtBearer':
      return protocol;
    case 'basic':
    case 'custom':
    case 'none':
    case 'unsupported':
      return undefined;
  }
}

/** PLATFORM 1.5.3: a principal that was given nothing. Throws CalloutFailure. */
function requireGiven(proof: Proof): void {
  const { kind } = proof.external.protocol;
  const missing =
    (kind === 'basic' && authorizationOf(proof) === undefined) ||
    (kind === 'custom' && Object.keys(proof.record?.values ?? {}).length === 0);
  if (missing) throw new CredentialRefusal(MESSAGES.notConfigured);
}

function stopwatch(milliseconds: number): () => number {
  const end = performance.now() + milliseconds;
  return () => Math.max(1, Math.ceil(end - performance.now()));
}

/** Sends the calls for one origin to another: `https://erp.example.com` to `http://127.0.0.1:4000`. */
export interface Route {
  readonly from: string;
  readonly to: string;
}

/** A route that cannot be taken; the message says which and why. */
export class InvalidRouteError extends Error {
  public override readonly name = 'InvalidRouteError';
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Where the callouts of an org really go. What is deployed keeps the addresses that it has in every org; a route takes them to a server on
 * this machine, as an entry in a hosts file would.
 */
export class Routes {
  #byOrigin: ReadonlyMap<string, URL> = new Map();

  /** Replaces all routes. Throws InvalidRouteError for what is no origin, or leads away from this machine. */
  public replace(routes: readonly Route[]): void {
    this.#byOrigin = new Map(routes.map(({ from, to }) => [originOf(from).origin, loopbackOf(to)]));
  }

  public all(): readonly Route[] {
    return [...this.#byOrigin].map(([from, to]) => ({ from, to: to.origin }));
  }

  /** The address to connect to; path and query stay as they are. */
  public resolve(url: URL): URL {
    const target = this.#byOrigin.get(url.origin);
    if (target === undefined) return url;
    const routed = new URL(url);
    routed.protocol = target.protocol;
    routed.host = target.host;
    // A host without a port leaves the port as it was.
    routed.port = target.port;
    return routed;
  }
}

function originOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidRouteError(`"${text}" is no origin such as https://erp.example.com.`);
  if (`${url.origin}/` !== url.href)
    throw new InvalidRouteError(`"${text}" says more than an origin; leave out everything behind host and port.`);
  return url;
}

function loopbackOf(text: string): URL {
  const url = originOf(text);
  if (!LOOPBACK.has(url.hostname))
    throw new InvalidRouteError(`"${text}" is not on this machine; a route leads to a loopback address only.`);
  return url;
}

/**
 * Sends callouts elsewhere: everything below `from` goes to the same place below `to`. `https://erp.example.com` to
 * `http://127.0.0.1:4000` takes a whole server, `https://login.example.com/oauth2/token` to `http://127.0.0.1:4000/token` one address.
 */
export interface Route {
  readonly from: string;
  readonly to: string;
}

/** A route that cannot be taken; the message says which and why. */
export class InvalidRouteError extends Error {
  public override readonly name = 'InvalidRouteError';
}

interface Prefix {
  readonly from: URL;
  readonly to: URL;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Where the callouts of an org really go. What is deployed keeps the addresses that it has in every org; a route takes them to a server on
 * this machine, as an entry in a hosts file would.
 */
export class Routes {
  #prefixes: readonly Prefix[] = [];

  /** Replaces all routes. Throws InvalidRouteError for what is no address, or leads away from this machine. */
  public replace(routes: readonly Route[]): void {
    this.#prefixes = routes
      .map(({ from, to }) => ({ from: addressOf(from), to: loopbackOf(to) }))
      .toSorted((left, right) => right.from.pathname.length - left.from.pathname.length);
  }

  public all(): readonly Route[] {
    return this.#prefixes.map(({ from, to }) => ({ from: from.href, to: to.href }));
  }

  /** The address to connect to; the longest route that fits counts. What follows it stays as it is. */
  public resolve(url: URL): URL {
    const prefix = this.#prefixes.find(
      ({ from }) => from.origin === url.origin && isBelow(url.pathname, from.pathname),
    );
    if (prefix === undefined) return url;
    const routed = new URL(prefix.to);
    const rest = url.pathname.slice(withoutSlash(prefix.from.pathname).length);
    routed.pathname = withoutSlash(prefix.to.pathname) + rest;
    routed.search = url.search;
    return routed;
  }
}

function isBelow(path: string, prefix: string): boolean {
  const folder = withoutSlash(prefix);
  return path === folder || path.startsWith(`${folder}/`);
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidRouteError(`"${text}" is no address such as https://erp.example.com.`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new InvalidRouteError(`"${text}" says more than scheme, host, port and path.`);
  return url;
}

function loopbackOf(text: string): URL {
  const url = addressOf(text);
  if (!LOOPBACK.has(url.hostname))
    throw new InvalidRouteError(`"${text}" is not on this machine; a route leads to a loopback address only.`);
  return url;
}

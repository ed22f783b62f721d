import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import { z } from 'zod';

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

/** The file that keeps routes across restarts cannot be read. */
export class RouteFileError extends Error {
  public override readonly name = 'RouteFileError';
}

const FILE = 'routes.json';
const routeList = z.array(z.strictObject({ from: z.string(), to: z.string() }));

interface Prefix {
  readonly from: URL;
  readonly to: URL;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Where the callouts of an org really go. What is deployed keeps the addresses that it has in every org; a route takes them to a server on
 * this machine, as an entry in a hosts file would. They are kept with the org: what was waiting when it stopped goes on at its next start, and
 * must not reach the deployed addresses then.
 */
export class Routes {
  readonly #path: string | undefined;
  #prefixes: readonly Prefix[] = [];

  /** @param dataDir folder that keeps the org; undefined: memory only. Throws RouteFileError. */
  public constructor(dataDir?: string) {
    this.#path = dataDir === undefined ? undefined : join(dataDir, FILE);
    if (this.#path !== undefined) this.#prefixes = readPrefixes(this.#path);
  }

  /** Replaces all routes. Throws InvalidRouteError for what is no address, or leads away from this machine. */
  public replace(routes: readonly Route[]): void {
    this.#prefixes = prefixesOf(routes);
    if (this.#path !== undefined) writeFileAtomicSync(this.#path, JSON.stringify(this.all()));
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

function prefixesOf(routes: readonly Route[]): readonly Prefix[] {
  return routes
    .map(({ from, to }) => ({ from: addressOf(from), to: loopbackOf(to) }))
    .toSorted((left, right) => right.from.pathname.length - left.from.pathname.length);
}

function readPrefixes(path: string): readonly Prefix[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new RouteFileError(`The routes of the org cannot be read: ${path}`, { cause: error });
  }
  try {
    return prefixesOf(routeList.parse(JSON.parse(text)));
  } catch (error) {
    throw new RouteFileError(`The routes of the org are damaged: ${path}`, { cause: error });
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

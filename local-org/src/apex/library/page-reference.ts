import type { SObject } from '../../data/index.js';
import {
  apexError,
  ApexMap,
  type ApexList,
  PlatformObject,
  PropertyObject,
  type ApexRuntime,
  type LibraryModule,
  type TestState,
  type Transaction,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { required, text } from './arguments.js';

const textMap = (): ApexMap => new ApexMap(PRIMITIVES.String, PRIMITIVES.String);

/** System.PageReference: an address with its parameters (Apex Reference Guide: PageReference Class). */
export class PageReferenceObject extends PlatformObject {
  override readonly typeName = 'System.PageReference';
  readonly parameters = textMap();
  readonly headers = textMap();
  readonly cookies = new ApexMap(PRIMITIVES.String, platform('System.Cookie'));
  redirect = false;
  anchor: string | null = null;
  private readonly path: string;

  constructor(url: string) {
    super();
    const [beforeAnchor = '', ...anchor] = url.split('#');
    if (anchor.length > 0) this.anchor = anchor.join('#');
    const [path = '', ...query] = beforeAnchor.split('?');
    this.path = path;
    for (const [name, value] of new URLSearchParams(query.join('?'))) this.parameters.put(name, value);
  }

  get url(): string {
    // Parameters come by name (Summit-Events-App: SummitEventsAddToCalendar_TEST).
    const query = [...this.parameters.entries()]
      .map(([name, value]) => `${encode(String(name))}=${encode(value === null ? '' : String(value))}`)
      .toSorted()
      .join('&');
    return `${this.path}${query === '' ? '' : `?${query}`}${this.anchor === null ? '' : `#${this.anchor}`}`;
  }

  override toString(): string {
    return `System.PageReference[${this.url}]`;
  }
}

/** As java.net.URLEncoder writes it. */
function encode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

const currentPages = new WeakMap<TestState | Transaction, PageReferenceObject>();
/** A test keeps its page through runAs and startTest. */
const holder = (runtime: ApexRuntime): TestState | Transaction => runtime.tx.test ?? runtime.tx;

/** The page of the request: null outside of tests, where nothing is shown; a test that has set none has one without a name. */
export function currentPage(runtime: ApexRuntime): PageReferenceObject | null {
  if (runtime.tx.test !== undefined && !currentPages.has(runtime.tx.test))
    currentPages.set(runtime.tx.test, new PageReferenceObject(''));
  return currentPages.get(holder(runtime)) ?? null;
}

export function setCurrentPage(runtime: ApexRuntime, page: PageReferenceObject | null): void {
  if (page === null) currentPages.delete(holder(runtime));
  else currentPages.set(holder(runtime), page);
}

/** What shows a page is no part of the local org; in tests the platform refuses it too. */
function content(): never {
  throw apexError('VisualforceException', 'Methods defined as TestMethod do not support getContent call');
}

export const pageReferenceModules: readonly LibraryModule[] = [
  {
    owner: 'System.PageReference',
    members: () => ({
      '<init>(String)': (url: string | null) => new PageReferenceObject(text(url)),
      '<init>(SObject)': (record: SObject | null) => new PageReferenceObject(`/${required(record).id ?? ''}`),
      getAnchor: (self: PageReferenceObject) => self.anchor,
      getContent: content,
      getContentAsPDF: content,
      getCookies: (self: PageReferenceObject) => self.cookies,
      getHeaders: (self: PageReferenceObject) => self.headers,
      getParameters: (self: PageReferenceObject) => self.parameters,
      getRedirect: (self: PageReferenceObject) => self.redirect,
      getUrl: (self: PageReferenceObject) => self.url,
      setAnchor: (self: PageReferenceObject, anchor: string | null) => {
        self.anchor = anchor;
        return self;
      },
      setCookies: (self: PageReferenceObject, cookies: ApexList | null) => {
        for (const cookie of required(cookies).items)
          if (cookie instanceof PropertyObject) self.cookies.put(cookie.get('name'), cookie);
      },
      setRedirect: (self: PageReferenceObject, redirect: boolean | null) => {
        self.redirect = redirect === true;
        return self;
      },
      'forResource/1': (name: string | null) => new PageReferenceObject(`/resource/${text(name)}`),
      'forResource/2': (name: string | null, path: string | null) =>
        new PageReferenceObject(`/resource/${text(name)}/${text(path, 2)}`),
    }),
  },
  {
    owner: 'Internal.Visualforce',
    members: () => ({ page: (name: string) => new PageReferenceObject(`/apex/${name.toLowerCase()}`) }),
  },
];

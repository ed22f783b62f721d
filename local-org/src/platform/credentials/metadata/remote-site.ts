import { z } from 'zod';
import type { Component } from '../../../model/index.js';
import { elementsOf } from './component-xml.js';

/** An address that Apex may call without a named credential. */
export interface RemoteSite {
  readonly url: string;
  readonly active: boolean;
  /** Also lets plain HTTP through where the site is HTTPS. */
  readonly withoutProtocolSecurity: boolean;
}

const elements = z.object({
  url: z.string(),
  isActive: z.enum(['true', 'false']),
  disableProtocolSecurity: z.enum(['true', 'false']),
});

export function readRemoteSite(component: Component): RemoteSite {
  const { url, isActive, disableProtocolSecurity } = elements.parse(elementsOf(component));
  return { url, active: isActive === 'true', withoutProtocolSecurity: disableProtocolSecurity === 'true' };
}

/** Whether a remote site opens an address: scheme, host and port decide (Salesforce Help: Configure Remote Site Settings). */
export function opens(site: RemoteSite, endpoint: URL): boolean {
  if (!site.active || !URL.canParse(site.url)) return false;
  const allowed = new URL(site.url);
  if (allowed.origin === endpoint.origin) return true;
  return site.withoutProtocolSecurity && endpoint.protocol === 'http:' && allowed.hostname === endpoint.hostname;
}

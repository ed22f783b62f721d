/** Name and password of a Basic Authorization header (RFC 7617). */
export interface BasicCredentials {
  readonly name: string;
  readonly password: string;
}

/** Undefined for any other header. */
export function basicCredentials(authorization: string | undefined): BasicCredentials | undefined {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

import type { Component, OrgView } from '../../../local-org/src/model/index.js';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

export function component(type: string, fullName: string, inner: string): Component {
  const content = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} ${NAMESPACE}>${inner}</${type}>\n`;
  return { type, fullName, fileName: `${type}/${fullName}`, content, metaXml: undefined };
}

/** A parameter of a credential; `child` stands besides name and type. */
export function parameter(tag: string, type: string, name: string, child = ''): string {
  return `<${tag}>${child}<parameterName>${name}</parameterName><parameterType>${type}</parameterType></${tag}>`;
}

export const value = (text: string): string => `<parameterValue>${escape(text)}</parameterValue>`;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

export interface NamedOptions {
  readonly external?: string;
  readonly flags?: string;
  readonly headers?: readonly (readonly [name: string, value: string, sequence: number])[];
}

/** A SecuredEndpoint. */
export function namedCredential(name: string, url: string, options: NamedOptions = {}): Component {
  const { external = name, flags = '', headers = [] } = options;
  const tag = 'namedCredentialParameters';
  return component(
    'NamedCredential',
    name,
    `${flags}<label>${name}</label>` +
      parameter(tag, 'Url', 'Url', value(url)) +
      parameter(tag, 'Authentication', 'ExternalCredential', `<externalCredential>${external}</externalCredential>`) +
      headers
        .map(([header, text, sequence]) =>
          parameter(tag, 'HttpHeader', header, `${value(text)}<sequenceNumber>${sequence}</sequenceNumber>`),
        )
        .join('') +
      '<namedCredentialType>SecuredEndpoint</namedCredentialType>',
  );
}

const EC = 'externalCredentialParameters';
export const NAMED = principal('NamedPrincipal', 'Integration', 1);

export function principal(type: string, name: string, sequence: number): string {
  return parameter(
    EC,
    type,
    name,
    `<parameterGroup>${name}</parameterGroup><sequenceNumber>${sequence}</sequenceNumber>`,
  );
}

export function externalCredential(name: string, protocol: string, parameters: string): Component {
  return component(
    'ExternalCredential',
    name,
    `<authenticationProtocol>${protocol}</authenticationProtocol>${parameters}<label>${name}</label>`,
  );
}

export function clientCredentials(
  name: string,
  tokenUrl: string,
  variant = 'ClientCredentialsClientSecret',
  more = NAMED,
): Component {
  return externalCredential(
    name,
    'Oauth',
    parameter(EC, 'AuthProtocolVariant', 'Oauth', value(variant)) +
      parameter(EC, 'AuthProviderUrl', 'AuthProviderUrl', value(tokenUrl)) +
      more,
  );
}

export function ecParameter(type: string, name: string, child: string): string {
  return parameter(EC, type, name, child);
}

/** An org that holds exactly these components; `components` may change between calls. */
export function orgOf(components: readonly Component[]): OrgView {
  const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
  return {
    users: [],
    component: (type, fullName) => components.find((one) => one.type === type && same(one.fullName, fullName)),
    components: (type) => components.filter((one) => one.type === type),
  };
}

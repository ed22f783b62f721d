import { z } from 'zod';
import type { Component } from '../../../model/index.js';
import { elementsOf } from './component-xml.js';
import { bySequence, headersOf } from './external-credential.js';
import { legacyAuthentication, legacyElements } from './legacy.js';
import type { NamedCredential } from './model.js';

const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .optional()
    .transform((value) => (value === undefined ? fallback : value === 'true'));

const parameter = z.object({
  parameterName: z.string(),
  parameterType: z.string(),
  parameterValue: z.string().optional(),
  sequenceNumber: z.coerce.number().optional(),
  externalCredential: z.string().optional(),
});

const elements = legacyElements.extend({
  label: z.string(),
  calloutStatus: z.enum(['Enabled', 'Disabled']).default('Enabled'),
  // PLATFORM 1.1: the first is true unless the file says otherwise, the others are false.
  generateAuthorizationHeader: flag(true),
  allowMergeFieldsInHeader: flag(false),
  allowMergeFieldsInBody: flag(false),
  namedCredentialType: z.string().default('Legacy'),
  namedCredentialParameters: z.array(parameter).default([]),
});

/** Parameter types that change where or how callouts go, and that the local org does not do. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'ClientCertificate',
  'OutboundNetworkConnection',
  'SfHttpRequestExtensionName',
]);

/** Reads a deployed named credential; its shape and rules were checked at deployment (PLATFORM 1.1). */
export function readNamedCredential(component: Component): NamedCredential {
  const found = elements.parse(elementsOf(component));
  const common = {
    name: component.fullName,
    label: found.label,
    enabled: found.calloutStatus === 'Enabled',
    generateAuthorizationHeader: found.generateAuthorizationHeader,
    allowMergeFieldsInHeader: found.allowMergeFieldsInHeader,
    allowMergeFieldsInBody: found.allowMergeFieldsInBody,
  };
  if (found.namedCredentialType === 'Legacy')
    return {
      ...common,
      url: found.endpoint ?? '',
      headers: [],
      authentication: { own: legacyAuthentication(component.fullName, found.label, found) },
      unsupported: found.certificate === undefined ? [] : ['client certificates'],
    };
  const parameters = found.namedCredentialParameters.toSorted(bySequence);
  const valueOf = (type: string) => parameters.find(({ parameterType }) => parameterType === type);
  return {
    ...common,
    url: valueOf('Url')?.parameterValue ?? '',
    headers: headersOf(parameters, 'HttpHeader'),
    authentication: { external: valueOf('Authentication')?.externalCredential ?? '' },
    unsupported: [
      ...(found.namedCredentialType === 'SecuredEndpoint' ? [] : [`the type ${found.namedCredentialType}`]),
      ...parameters.flatMap(({ parameterType }) =>
        UNSUPPORTED.has(parameterType) ? [`the parameter type ${parameterType}`] : [],
      ),
    ],
  };
}

import { z } from 'zod';

import { textOf, type XmlElement } from '../xml/document.js';

/** An input of an operation and where it goes in the request. */
export interface ServiceParameter {
  readonly name: string;
  readonly in: 'header' | 'path' | 'query';
  readonly required: boolean;
}

/** One operation of an external service, as its OpenAPI schema declares it. */
export interface ServiceOperation {
  readonly id: string;
  /** `GET`, `POST` ... */
  readonly method: string;
  /** `/accounts/{id}` */
  readonly path: string;
  readonly parameters: readonly ServiceParameter[];
  /** Content type of the body that the action's input `body` becomes; undefined when it takes none. */
  readonly bodyType: string | undefined;
  /** Declared responses, in the order of the schema: `200`, `2XX`, `default`. */
  readonly responses: readonly string[];
}

/** A registered external service: how flows call HTTP without Apex (PLATFORM 2.5). */
export interface ExternalService {
  readonly name: string;
  readonly namedCredential: string;
  readonly operations: readonly ServiceOperation[];
}

const parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false) });

const operation = z.object({
  operationId: z.string().optional(),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()).default({}) }).optional(),
  responses: z.record(z.string(), z.unknown()).default({}),
});

/** OpenAPI 3 and 2 as far as a call needs them. */
const openApi = z.object({
  basePath: z.string().default(''),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;
const PLACES = ['header', 'path', 'query'] as const;

/** A path's own parameters are those of all its operations. */
function readOperations(schema: unknown): readonly ServiceOperation[] {
  const { basePath, paths } = openApi.parse(schema);
  return Object.entries(paths).flatMap(([path, item]) => {
    const shared = z.array(parameter).default([]).parse(item['parameters']);
    return METHODS.filter((method) => item[method] !== undefined).map((method) =>
      readOperation(method, basePath.replace(/\/$/, '') + path, shared, operation.parse(item[method])),
    );
  });
}

function readOperation(
  method: string,
  path: string,
  shared: readonly z.infer<typeof parameter>[],
  { operationId, parameters, requestBody, responses }: z.infer<typeof operation>,
): ServiceOperation {
  const all = [...shared, ...parameters];
  return {
    id: operationId ?? `${method}${path}`,
    method: method.toUpperCase(),
    path,
    parameters: all.flatMap(({ name, in: where, required }) => {
      const place = PLACES.find((candidate) => candidate === where);
      return place === undefined ? [] : [{ name, in: place, required }];
    }),
    bodyType:
      Object.keys(requestBody?.content ?? {})[0] ??
      (all.some((one) => one.in === 'body') ? 'application/json' : undefined),
    responses: Object.keys(responses),
  };
}

/** A service, or what is wrong with its schema. */
export type ServiceReading =
  | { readonly kind: 'service'; readonly service: ExternalService }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** Reads an ExternalServiceRegistration. */
export function readExternalService(name: string, root: XmlElement): ServiceReading {
  const namedCredential = textOf(root, 'namedCredentialReference') ?? textOf(root, 'namedCredential') ?? '';
  try {
    const schema: unknown = JSON.parse(textOf(root, 'schema') ?? '');
    return { kind: 'service', service: { name, namedCredential, operations: readOperations(schema) } };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unreadable', problem: 'it is not JSON' };
    if (error instanceof z.ZodError) return { kind: 'unreadable', problem: z.prettifyError(error) };
    throw error;
  }
}

/** `Service.Operation`, the name of an action, in its two parts. */
export function splitActionName(actionName: string): { readonly service: string; readonly operation: string } {
  const dot = actionName.indexOf('.');
  return { service: actionName.slice(0, Math.max(dot, 0)), operation: actionName.slice(dot + 1) };
}

/** The operation of a name, in any case. */
export function operationNamed({ operations }: ExternalService, name: string): ServiceOperation | undefined {
  return operations.find(({ id }) => id.toLowerCase() === name.toLowerCase());
}

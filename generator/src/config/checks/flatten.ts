import type { HttpMethod, Template } from '../../model/index.js';
import type { Path } from '../../diagnostics/index.js';
import { parseTemplate } from '../formats/index.js';
import type { BodyMap, IntegrationConfig, RequestConfig } from '../schema/index.js';

/** One text with merge fields and its place. */
export interface PlacedTemplate {
  readonly path: Path;
  readonly text: string;
  readonly template: Template;
}

/** One value of a body: its JSON path, its YAML path, and the value. An empty map has no values of its own. */
export interface PlacedBodyValue {
  readonly target: readonly string[];
  readonly path: Path;
  readonly value: string | number | boolean | null | EmptyMap;
}

/** A map without keys: a body has no way to say "an object without members". */
export const EMPTY_MAP = Symbol('empty map');
export type EmptyMap = typeof EMPTY_MAP;

/** A request with the defaults that depend on other keys, and its texts in one list. */
export interface FlatRequest {
  readonly index: number;
  readonly name: string;
  readonly method: HttpMethod;
  readonly config: RequestConfig;
  readonly body: readonly PlacedBodyValue[];
  readonly templates: readonly PlacedTemplate[];
}

/** Name of the request at `index` when the file gives none. */
export function defaultRequestName(index: number): string {
  return `request-${index + 1}`;
}

/** The method of a request: POST with a body, GET without one, unless the file says otherwise. */
export function methodOf(request: RequestConfig): HttpMethod {
  return request.method ?? (request.body === undefined ? 'GET' : 'POST');
}

/** Takes the requests of an integration apart. */
export function flattenRequests(config: IntegrationConfig): readonly FlatRequest[] {
  return config.requests.map((request, index) => {
    const at: Path = ['requests', index];
    const body = request.body === undefined ? [] : flattenBody(request.body, [], [...at, 'body']);
    const place = (path: Path, text: string): PlacedTemplate => ({ path, text, template: parseTemplate(text) });
    const map = (key: 'query' | 'headers'): PlacedTemplate[] =>
      Object.entries(request[key]).map(([name, text]) => place([...at, key, name], text));
    return {
      index,
      name: request.name ?? defaultRequestName(index),
      method: methodOf(request),
      config: request,
      body,
      templates: [
        place([...at, 'path'], request.path),
        ...map('query'),
        ...map('headers'),
        ...body.flatMap(({ path, value }) => (typeof value === 'string' ? [place(path, value)] : [])),
      ],
    };
  });
}

function flattenBody(body: BodyMap, target: readonly string[], path: Path): readonly PlacedBodyValue[] {
  return Object.entries(body).flatMap(([key, value]): readonly PlacedBodyValue[] => {
    const place = { target: [...target, ...key.split('.')], path: [...path, key] };
    if (typeof value !== 'object' || value === null) return [{ ...place, value }];
    if (Object.keys(value).length === 0) return [{ ...place, value: EMPTY_MAP }];
    return flattenBody(value, place.target, place.path);
  });
}

import type { ProjectPath, FieldPath } from './names.js';
import type { Template } from './template.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One named value with merge fields: a header or a query parameter. */
export interface NamedTemplate {
  readonly name: string;
  readonly value: Template;
}

/** Where a body value comes from; a `template` is sent as text, a `field` keeps the type of the Salesforce field. */
export type ValueSource =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'field'; readonly path: FieldPath }
  | { readonly kind: 'output'; readonly request: string; readonly output: string }
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null };

/** One member of a JSON body: `target` is a dotted path of JSON keys, `billing.city`. */
export interface BodyField {
  readonly target: readonly string[];
  readonly source: ValueSource;
}

/** Reference to an interface of a contract file: `config/contracts/account.ts` and `AccountUpdate`. */
export interface ContractRef {
  readonly file: ProjectPath;
  readonly interfaceName: string;
}

/** The request's body: none, JSON from a field map, or JSON through a typed contract class filled from the same kind of map. */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'fields'; readonly fields: readonly BodyField[] }
  | { readonly kind: 'contract'; readonly contract: ContractRef; readonly fields: readonly BodyField[] };

/** Writes a value of the JSON answer to a field of the triggering record. `path` is a dotted path into the answer; digits index lists. */
export interface ResponseField {
  readonly field: FieldPath;
  readonly path: readonly string[];
}

/** Names a value of the JSON answer so that later requests (or the caller of the action) can use it. */
export interface ResponseOutput {
  readonly name: string;
  readonly path: readonly string[];
}

/** One HTTP request of an integration's sequence. */
export interface RequestStep {
  readonly name: string;
  readonly method: HttpMethod;
  readonly path: Template;
  readonly query: readonly NamedTemplate[];
  readonly headers: readonly NamedTemplate[];
  readonly body: Body;
  readonly responseFields: readonly ResponseField[];
  readonly outputs: readonly ResponseOutput[];
  /** Header that carries the idempotency key; undefined when the receiver needs none. */
  readonly idempotencyHeader: string | undefined;
}

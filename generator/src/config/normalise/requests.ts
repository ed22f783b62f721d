import type {
  Body,
  BodyField,
  ContractRef,
  NamedTemplate,
  ProjectPath,
  RequestStep,
  Template,
  ValueSource,
} from '../../model/index.js';
import { EMPTY_MAP } from '../checks/index.js';
import type { FlatRequest } from '../checks/index.js';
import { isFieldPath, parseContract, parseTemplate } from '../formats/index.js';
import { expectChecked } from './expect.js';

/** The sequence with every default. `contractFile` turns a file of a contract reference into a project path. */
export function normaliseRequests(
  requests: readonly FlatRequest[],
  contractFile: (file: string) => string,
): readonly [RequestStep, ...RequestStep[]] {
  const [first, ...rest] = requests.map((request) => normaliseRequest(request, contractFile));
  if (first === undefined) throw new Error('An integration without requests reached the model.');
  return [first, ...rest];
}

function normaliseRequest(request: FlatRequest, contractFile: (file: string) => string): RequestStep {
  const { name, method, config } = request;
  return {
    name,
    method,
    path: parseTemplate(config.path),
    query: namedTemplates(config.query),
    headers: namedTemplates(config.headers),
    body: normaliseBody(request, contractFile),
    responseFields: Object.entries(config.response.fields).map(([field, path]) => ({
      field: expectChecked(isFieldPath, field),
      path: path.split('.'),
    })),
    outputs: Object.entries(config.response.outputs).map(([output, path]) => ({ name: output, path: path.split('.') })),
    idempotencyHeader: config.idempotencyHeader,
  };
}

function namedTemplates(map: Readonly<Record<string, string>>): readonly NamedTemplate[] {
  return Object.entries(map).map(([name, text]) => ({ name, value: parseTemplate(text) }));
}

function normaliseBody({ config, body }: FlatRequest, contractFile: (file: string) => string): Body {
  if (config.body === undefined) return { kind: 'none' };
  const fields = body.flatMap(({ target, value }): readonly BodyField[] =>
    value === EMPTY_MAP ? [] : [{ target, source: sourceOf(value) }],
  );
  if (config.contract === undefined) return { kind: 'fields', fields };
  return { kind: 'contract', contract: contractRef(config.contract, contractFile), fields };
}

function contractRef(text: string, contractFile: (file: string) => string): ContractRef {
  const parsed = parseContract(text);
  if (parsed === undefined) throw new Error('A contract reference reached the model unchecked.');
  return { file: expectChecked(isProjectPath, contractFile(parsed.file)), interfaceName: parsed.interfaceName };
}

/** Whether the text is a path with forward slashes only. */
export function isProjectPath(text: string): text is ProjectPath {
  return text !== '' && !text.includes('\\');
}

/** A text that is one merge field and nothing else keeps the type of what it names. */
function sourceOf(value: string | number | boolean | null): ValueSource {
  if (typeof value !== 'string') return { kind: 'literal', value };
  const template: Template = parseTemplate(value);
  const [only, second] = template;
  if (only === undefined) return { kind: 'literal', value: '' };
  if (second !== undefined) return { kind: 'template', template };
  return only.kind === 'text' ? { kind: 'literal', value: only.text } : only;
}

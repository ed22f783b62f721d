import { ApiError } from '../../api-error.js';

/** Answers of earlier subrequests, by their reference ids. */
export type Answers = ReadonlyMap<string, { readonly succeeded: boolean; readonly body: unknown }>;

const REFERENCE = /@\{([^{}]+)\}/g;

/** A subrequest refers to something that is not there, so it is not run. */
function noValue(path: string, id: string): ApiError {
  return new ApiError(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${path} found in ${id}`);
}

/** Puts the answers of earlier subrequests in place of `@{ref.path[0].name}` in every text of a value. @throws ApiError for what is not there */
export function resolveReferences(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return resolveText(value, answers);
  if (Array.isArray(value)) return value.map((item: unknown) => resolveReferences(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveReferences(item, answers)]));
}

/** A text that is nothing but a reference becomes the value itself, a number stays a number. */
function resolveText(text: string, answers: Answers): unknown {
  const whole = /^@\{([^{}]+)\}$/.exec(text)?.[1];
  return whole === undefined ? resolveReferencesIn(text, answers) : lookUp(whole, answers);
}

/** The same inside of a longer text, such as an address. */
export function resolveReferencesIn(text: string, answers: Answers): string {
  return text.replace(REFERENCE, (_whole, path: string) => String(lookUp(path, answers)));
}

function lookUp(path: string, answers: Answers): unknown {
  const [id = '', ...steps] = path.split(/\.|\[(\d+)\]/).filter((part) => part !== undefined && part !== '');
  const answer = answers.get(id);
  if (answer === undefined || !answer.succeeded) throw noValue(path, id);
  let at: unknown = answer.body;
  for (const step of steps) at = childOf(at, step);
  if (at === undefined || at === null || typeof at === 'object') throw noValue(path, id);
  return at;
}

function childOf(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === step.toLowerCase())?.[1];
}

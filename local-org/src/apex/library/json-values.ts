import type { ApexRuntime } from '../runtime/index.js';
import type { ApexType } from '../types/index.js';
import { parseJson } from './json-parse.js';
import { TypedReader } from './json-read.js';
import { writeJson } from './json-write.js';

/** A value of a REST request as the Apex type takes it, by the rules of `JSON.deserialize`. @throws System.JSONException when it does not fit */
export function apexOfJson(runtime: ApexRuntime, json: unknown, type: ApexType): unknown {
  return new TypedReader(runtime, false).read(parseJson(JSON.stringify(json)), type);
}

/** An Apex value as `JSON.serialize` writes it, for a REST answer. @throws System.JSONException for what has no JSON */
export function jsonOfApex(value: unknown): unknown {
  return JSON.parse(writeJson(value, false, false));
}

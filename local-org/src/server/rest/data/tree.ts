import { z } from 'zod';
import { performDml, type ApexRuntime } from '../../../apex/runtime/index.js';
import type { ObjectSchema, RecordError, SObject } from '../../../data/index.js';
import { ApiError } from '../../api-error.js';
import { created, type RestAnswer, type RestCall, type RestRoute } from '../route.js';
import { bodyJson } from './body.js';
import { objectOf, requireWritable } from './objects.js';
import { jsonObject, noSuchColumn, recordFromJson, type JsonObject } from './record-json.js';

/** Most records of one request, and how deep they may be nested (REST API Developer Guide: sObject Tree). */
const MAX_RECORDS = 200;
const MAX_DEPTH = 5;

const recordList = z.object({ records: z.array(jsonObject) });
const attributes = z.object({ type: z.string(), referenceId: z.string() });

/** A record of the tree, with the field by which its parent's Id reaches it. */
interface TreeNode {
  readonly referenceId: string;
  readonly record: SObject;
  readonly parent: { readonly node: TreeNode; readonly field: string } | undefined;
}

/** Thrown to take the tree back; the answer tells which records were wrong. */
class TreeRefused extends Error {
  constructor(readonly results: readonly object[]) {
    super('the tree was refused');
  }
}

function readNodes(
  runtime: ApexRuntime,
  object: ObjectSchema,
  records: readonly JsonObject[],
  parent: TreeNode['parent'],
  depth: number,
  nodes: TreeNode[],
): void {
  if (depth > MAX_DEPTH)
    throw new ApiError(400, 'INVALID_REQUEST', `A tree of records has at most ${MAX_DEPTH} levels.`);
  for (const json of records) {
    const parsed = attributes.safeParse(json['attributes']);
    if (!parsed.success)
      throw new ApiError(
        400,
        'INVALID_REQUEST',
        'Each record of a tree needs attributes with its type and a referenceId.',
      );
    if (parsed.data.type.toLowerCase() !== object.name.toLowerCase())
      throw new ApiError(
        400,
        'INVALID_TYPE',
        `The record ${parsed.data.referenceId} must be of the type ${object.name}.`,
      );
    if (nodes.some(({ referenceId }) => referenceId === parsed.data.referenceId))
      throw new ApiError(400, 'INVALID_REQUEST', `The referenceId ${parsed.data.referenceId} stands twice.`);
    const children = childLists(object, json);
    const skip = new Set(children.map(({ name }) => name.toLowerCase()));
    const node: TreeNode = {
      referenceId: parsed.data.referenceId,
      record: recordFromJson(runtime, object, json, skip),
      parent,
    };
    nodes.push(node);
    for (const { name, list } of children) {
      const relation = object.children.get(name.toLowerCase());
      const child = relation === undefined ? undefined : runtime.schema.object(relation.object);
      const field = child?.fields.get(relation?.field.toLowerCase() ?? '');
      if (child === undefined || field === undefined) throw noSuchColumn(name, object);
      requireWritable(child, 'insert');
      readNodes(runtime, child, list, { node, field: field.name }, depth + 1, nodes);
    }
  }
}

/** The relationships of a record under which children stand. */
function childLists(
  object: ObjectSchema,
  json: JsonObject,
): readonly { readonly name: string; readonly list: readonly JsonObject[] }[] {
  return Object.entries(json).flatMap(([name, value]) => {
    if (!object.children.has(name.toLowerCase())) return [];
    const parsed = recordList.safeParse(value);
    return parsed.success ? [{ name, list: parsed.data.records }] : [];
  });
}

/** Saves the records level by level, those of one object together. */
function saveTree(runtime: ApexRuntime, nodes: readonly TreeNode[]): readonly object[] {
  let level = nodes.filter(({ parent }) => parent === undefined);
  while (level.length > 0) {
    for (const { record, parent } of level) if (parent !== undefined) record.set(parent.field, parent.node.record.id);
    const outcomes = performDml(
      runtime,
      'insert',
      level.map(({ record }) => record),
      { allOrNone: true, externalId: null, userMode: true, forApi: true },
    );
    const failures = level.flatMap(({ referenceId }, at) => {
      const errors = outcomes[at]?.errors ?? [];
      return isFailure(errors) ? [{ referenceId, errors }] : [];
    });
    if (failures.length > 0) throw new TreeRefused(failures);
    const done: readonly TreeNode[] = level;
    level = nodes.filter(({ parent }) => parent !== undefined && done.includes(parent.node));
  }
  return nodes.map(({ referenceId, record }) => ({ referenceId, id: record.id }));
}

function isFailure(errors: readonly RecordError[]): boolean {
  return errors.some(({ statusCode }) => statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
}

function createTree(call: RestCall): RestAnswer {
  const parsed = recordList.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'The body of the request must be {"records": [...]}.');
  try {
    return call.transact((runtime) => {
      const object = objectOf(runtime, call.params['object']);
      requireWritable(object, 'insert');
      const nodes: TreeNode[] = [];
      readNodes(runtime, object, parsed.data.records, undefined, 1, nodes);
      if (nodes.length > MAX_RECORDS)
        throw new ApiError(
          400,
          'INVALID_REQUEST',
          `A tree has at most ${MAX_RECORDS} records; this one has ${nodes.length}.`,
        );
      return created({ hasErrors: false, results: saveTree(runtime, nodes) });
    });
  } catch (error) {
    if (error instanceof TreeRefused) return { status: 400, body: { hasErrors: true, results: error.results } };
    throw error;
  }
}

/** Records together with their children, all or none. */
export const TREE_ROUTES: readonly RestRoute[] = [{ method: 'POST', path: '/composite/tree/:object', run: createTree }];

import { followPermissions } from '../../access/index.js';
import {
  definitionsByObject,
  readObjectDefinition,
  readValueSet,
  SchemaRegistry,
  type KeyPrefixes,
  type Store,
} from '../../data/index.js';
import type { Component, OrgFacts } from '../../model/index.js';
import { platformCatalog, platformType, standardObjectNames, toolingObject } from '../index.js';
import { libraryModules, otherModule } from '../library/index.js';
import {
  ApexRuntime,
  type CalloutPort,
  type CredentialPort,
  type Clock,
  type FlowHooks,
  type LimitValues,
  type OrgIdentity,
  type TraceSink,
} from '../runtime/index.js';
import type { TypeSymbol } from '../types/symbols.js';
import { ensureBaseData } from './base-data.js';
import { readLabels } from './labels.js';
import { followMetadata, type MetadataSource } from './metadata-rows.js';
import { SystemRows } from './system-rows.js';

/** The objects that deployed metadata defines, on top of the standard ones. */
export function schemaOf(components: readonly Component[], prefixes?: KeyPrefixes): SchemaRegistry {
  const ofType = (wanted: string): readonly Component[] => components.filter(({ type }) => type === wanted);
  const sets = new Map(ofType('GlobalValueSet').map(({ fullName, content }) => [fullName, readValueSet(content)]));
  const definitions = ofType('CustomObject').map(({ fullName, content }) =>
    readObjectDefinition(fullName, content, [], sets),
  );
  return new SchemaRegistry(
    (name) => platformCatalog.standardObject(name) ?? toolingObject(name),
    definitionsByObject(definitions),
    prefixes,
    standardObjectNames,
  );
}

/**
 * Brings the rows that no user makes up to date with the org's facts and metadata, and commits them.
 * @param followed Ids of the rows that followed metadata so far, by object; brought up to date
 * @param notice told what could not be granted because it is not in the org
 */
export function prepareRows(
  store: Store,
  facts: OrgFacts,
  source: MetadataSource,
  now: number,
  followed?: Map<string, readonly string[]>,
  notice: (text: string) => void = () => undefined,
): OrgIdentity {
  const rows = new SystemRows(store, now, followed);
  const identity = ensureBaseData(rows, facts);
  followMetadata(rows, source);
  for (const grant of followPermissions(rows, source)) notice(`${grant} is not in the org: nothing was granted.`);
  store.commit();
  return identity;
}

/** What a flow engine is made from, once per runtime. */
export interface FlowContext {
  /** The runtime that the flows belong to; not there yet while it is being made. */
  readonly runtime: () => ApexRuntime;
  /** Everything that is deployed. */
  readonly components: readonly Component[];
}

/** Makes what starts flows when records change. */
export type FlowEngine = (context: FlowContext) => FlowHooks;

export interface OrgRuntimeOptions {
  readonly components: readonly Component[];
  readonly store: Store;
  readonly identity: OrgIdentity;
  readonly clock: Clock;
  /** Finds a class by its full name. */
  readonly findClass: (name: string) => TypeSymbol | undefined;
  /** Without it flows do not run. */
  readonly flows?: FlowEngine | undefined;
  /** Limits that differ from the platform's. */
  readonly limits?: Partial<LimitValues> | undefined;
  readonly callouts?: CalloutPort | undefined;
  readonly credentials?: CredentialPort | undefined;
  readonly elapsed?: (() => number) | undefined;
  readonly beforeWaiting?: (() => void) | undefined;
  readonly isStopped?: (() => boolean) | undefined;
  readonly traces?: TraceSink | undefined;
}

/** A runtime over prepared rows, without any Apex in it yet: see `loadApex`. */
export function createRuntime(options: OrgRuntimeOptions): ApexRuntime {
  const { components, store } = options;
  const labels = readLabels(components);
  const runtime: ApexRuntime = new ApexRuntime({
    schema: store.schema,
    store,
    identity: options.identity,
    clock: options.clock,
    modules: libraryModules,
    otherModule,
    platformEnum: (name) => platformType(name)?.constants ?? [],
    findClass: options.findClass,
    label: (name) => labels.get(name.toLowerCase()),
    flows: options.flows?.({ runtime: () => runtime, components }),
    limits: options.limits,
    callouts: options.callouts,
    credentials: options.credentials,
    elapsed: options.elapsed,
    beforeWaiting: options.beforeWaiting,
    isStopped: options.isStopped,
    traces: options.traces,
  });
  return runtime;
}

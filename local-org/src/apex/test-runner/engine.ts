import { readObjectDefinition, SchemaRegistry, Store } from '../../data/index.js';
import {
  compileProgram,
  platformCatalog,
  platformType,
  projectSchema,
  type ApexSource,
  type Program as CheckedProgram,
} from '../index.js';
import { compileUnit } from '../compile/index.js';
import { libraryModules } from '../library/index.js';
import type { Component, DeployPackage, OrgView } from '../../model/index.js';
import { ApexRuntime, wallClock, type Clock, type FlowHooks, type LimitValues } from '../runtime/index.js';
import type { TypeSymbol } from '../types/symbols.js';
import { createBaseData, storeMetadataRecord, storeMetadataRows } from './base-data.js';
import { readLabels } from './labels.js';
import { flowsByObject } from './flows.js';
import { customPermissionsOf } from './permissions.js';

/** A compile error of a class or trigger. */
export interface CompileError {
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface EngineOptions {
  readonly components: readonly Component[];
  readonly clock?: Clock;
  readonly flows?: FlowHooks;
  /** Limits that differ from the platform's. */
  readonly limits?: Partial<LimitValues>;
  readonly onDebug?: (level: string, line: number, text: string) => void;
}

/** An org's Apex, compiled and ready to run. */
export interface ApexEngine {
  readonly runtime: ApexRuntime;
  readonly checked: CheckedProgram;
}

export type EngineResult =
  { readonly ok: true; readonly engine: ApexEngine } | { readonly ok: false; readonly errors: readonly CompileError[] };

const EMPTY_ORG: OrgView = { component: () => undefined, components: () => [], users: [] };
const DEFAULT_VERSION = 66;

function sourceOf(component: Component): readonly ApexSource[] {
  const kind = component.type === 'ApexClass' ? 'class' : component.type === 'ApexTrigger' ? 'trigger' : undefined;
  if (kind === undefined) return [];
  const version = /<apiVersion>\s*([\d.]+)\s*<\/apiVersion>/.exec(component.metaXml ?? '')?.[1];
  return [
    {
      kind,
      name: component.fullName,
      fileName: component.fileName,
      source: component.content,
      apiVersion: version === undefined ? DEFAULT_VERSION : Number.parseFloat(version),
      isChecked: true,
    },
  ];
}

/** Builds an org from components: schema, base data, custom metadata, and all Apex compiled. All compile errors are returned at once. */
export function createEngine(options: EngineOptions): EngineResult {
  const { components } = options;
  const pkg: DeployPackage = { apiVersion: '66.0', components, deletions: [] };
  const checked = compileProgram(components.flatMap(sourceOf), projectSchema(pkg, EMPTY_ORG));
  const errors = checked.results.flatMap(({ source, findings }) =>
    findings.map(({ line, column, message }) => ({ fileName: source.fileName, line, column, message })),
  );
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, engine: { runtime: buildRuntime(options, checked), checked } };
}

function buildRuntime(options: EngineOptions, checked: CheckedProgram): ApexRuntime {
  const { components } = options;
  const definitions = components
    .filter((component) => component.type === 'CustomObject')
    .map((component) => readObjectDefinition(component.fullName, component.content));
  const schema = new SchemaRegistry((name) => platformCatalog.standardObject(name), definitions);
  const store = new Store(schema);
  const identity = createBaseData(store);
  for (const component of components) {
    if (component.type === 'CustomMetadata') storeMetadataRecord(store, component);
    else storeMetadataRows(store, component);
  }
  store.commit();
  const labels = readLabels(components);
  const flows = flowsByObject(components);
  const permissions = customPermissionsOf(components);
  const runtime = new ApexRuntime({
    schema,
    store,
    identity,
    clock: options.clock ?? wallClock,
    modules: libraryModules,
    platformEnum: (name) => platformType(name)?.constants ?? [],
    findClass: (name) => findClass(checked, name),
    label: (name) => labels.get(name.toLowerCase()),
    customPermissions: (permissionSet) => permissions.get(permissionSet.toLowerCase()) ?? [],
    flows: options.flows,
    limits: options.limits,
    flowsOn: (object) => flows.get(object.name.toLowerCase()) ?? [],
    onDebug: options.onDebug,
  });
  load(runtime, checked);
  return runtime;
}

/** Compiles and loads every unit; triggers are known to the runtime by their object. */
function load(runtime: ApexRuntime, checked: CheckedProgram): void {
  runtime.program.load([...checked.classes.values()].map(compileUnit));
  runtime.program.load([...checked.triggers.values()].map(compileUnit));
  for (const [name, unit] of checked.triggers) {
    const runnable = runtime.program.units.get(name)?.runnable;
    if (unit.declaration.kind !== 'trigger' || runnable === undefined) continue;
    runtime.triggers.push({
      name: unit.name,
      object: unit.declaration.object.name.toLowerCase(),
      events: new Set(unit.declaration.events.map((entry) => entry.event)),
      runnable,
    });
  }
}

function findClass(checked: CheckedProgram, name: string): TypeSymbol | undefined {
  const [outer = '', inner, ...rest] = name.toLowerCase().split('.');
  const symbol = checked.types.get(outer);
  return inner === undefined ? symbol : rest.length === 0 ? symbol?.inner.get(inner) : undefined;
}

/** Result of running an anonymous block. */
export type AnonymousRun =
  { readonly ok: true } | { readonly ok: false; readonly compileErrors: readonly CompileError[] };

/** Compiles and runs an anonymous block in a transaction of its own. @throws the Apex exception that it did not catch */
export function runAnonymous(engine: ApexEngine, source: string): AnonymousRun {
  const result = engine.checked.compileAnonymous(source, DEFAULT_VERSION);
  if (!result.ok)
    return {
      ok: false,
      compileErrors: result.findings.map(({ line, column, message }) => ({
        fileName: 'AnonymousBlock',
        line,
        column,
        message,
      })),
    };
  const { runtime } = engine;
  const { runnable } = runtime.program.loadOnce(compileUnit(result.unit));
  runtime.transact('ANONYMOUS', 'sync', runtime.options.identity.adminId, undefined, () => runnable?.run());
  runtime.events.deliver(undefined);
  runtime.jobs.runDue();
  return { ok: true };
}

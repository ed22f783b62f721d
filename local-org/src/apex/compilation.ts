import { createHash } from 'node:crypto';
import type { Component } from '../model/index.js';
import { compileProgram } from './check/index.js';
import type { ApexSource, Program } from './check/index.js';
import { ProjectSchema, SCHEMA_TYPES } from './symbols/index.js';

const DEFAULT_VERSION = 66;
const KINDS: Readonly<Record<string, ApexSource['kind']>> = { ApexClass: 'class', ApexTrigger: 'trigger' };

/** The Apex source in a component; none for other metadata. */
export function apexSource(component: Component, isChecked: boolean): readonly ApexSource[] {
  const kind = KINDS[component.type];
  if (kind === undefined) return [];
  const version = /<apiVersion>\s*([\d.]+)\s*<\/apiVersion>/.exec(component.metaXml ?? '')?.[1];
  return [
    {
      kind,
      name: component.fullName,
      fileName: component.fileName,
      source: component.content,
      apiVersion: version === undefined ? DEFAULT_VERSION : Number.parseFloat(version),
      isChecked,
    },
  ];
}

/** Metadata types whose components are Apex. */
export const APEX_TYPES: readonly string[] = Object.keys(KINDS);

/** Compiles sources against the schema that the components make up; later components of a name go over earlier ones. */
export type Compile = (sources: readonly ApexSource[], components: readonly Component[]) => Program;

export const compile: Compile = (sources, components) => compileProgram(sources, new ProjectSchema(components));

/** Programs that are remembered: one deployment needs the same one for its check, its tests and the org that comes out of it. */
const REMEMBERED = 2;
const remembered = new Map<string, Program>();

/** Compiles, unless the same sources were compiled against the same schema a short time ago. Programs never change. */
export const compileOnce: Compile = (sources, components) => {
  const key = digestOf(sources, components);
  const known = remembered.get(key);
  remembered.delete(key);
  const program = known ?? compile(sources, components);
  remembered.set(key, program);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break;
    remembered.delete(oldest);
  }
  return known === undefined ? program : withSources(program, sources);
};

/** Everything that a program depends on; only components of one name have an order. */
function digestOf(sources: readonly ApexSource[], components: readonly Component[]): string {
  const parts = [
    ...sources.map(({ kind, name, fileName, apiVersion, source }) =>
      JSON.stringify([kind, name, fileName, apiVersion, source]),
    ),
    ...layersOf(components).map((layers) => JSON.stringify(layers)),
  ];
  const hash = createHash('sha256');
  for (const part of parts.sort()) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** What Apex sees of each component, as its name and its contents from the oldest to the newest. */
function layersOf(components: readonly Component[]): readonly (readonly string[])[] {
  const layers = new Map<string, string[]>();
  for (const { type, fullName, content } of components) {
    const part = SCHEMA_TYPES.get(type);
    if (part === undefined) continue;
    const key = `${type}/${fullName}`;
    const list = layers.get(key) ?? [key];
    const layer = part === 'name' ? '' : content;
    if (list.length === 1 || list.at(-1) !== layer) list.push(layer);
    layers.set(key, list);
  }
  return [...layers.values()];
}

/** The same program, with each result under the source that was asked for. */
function withSources(program: Program, sources: readonly ApexSource[]): Program {
  const asked = new Map(sources.map((source) => [`${source.kind}/${source.name}`, source]));
  const results = program.results.map((result) => ({
    ...result,
    source: asked.get(`${result.source.kind}/${result.source.name}`) ?? result.source,
  }));
  return { ...program, results };
}

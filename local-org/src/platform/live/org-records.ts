import { prepareRows, schemaOf } from '../../apex/engine/index.js';
import type { OrgIdentity } from '../../apex/runtime/index.js';
import { KeyPrefixes, Store } from '../../data/index.js';
import type { Component } from '../../model/index.js';
import type { OrgState, OrgStore } from '../../store/index.js';
import { z } from 'zod';
import { Persistence, type Section } from './persistence.js';
import { definedBy, definitionsOf, isMadeAnew, schemaIdsOf, type SchemaIds } from './schema-ids.js';

const idsByName = z.record(z.string(), z.string());
const idsByObject = z.record(z.string(), z.array(z.string()));

/** The records of an org: one store for its whole life, whose schema follows what is deployed. */
export class OrgRecords {
  private readonly prefixes = new KeyPrefixes();
  private readonly persistence: Persistence;
  /** What the records know about the metadata that they were last brought up to date with. */
  private readonly memory: Section;
  private schemaIds: SchemaIds;
  private readonly followed: Map<string, readonly string[]>;
  /** The definitions that the records have now; undefined until they were fitted once. */
  private definitions: ReadonlyMap<string, string> | undefined;
  private current: Store | undefined;

  /** @param onError told when the data directory cannot be written. Throws DataDirError when it is damaged. */
  constructor(
    private readonly org: OrgStore,
    onError: (error: unknown) => void,
    journalGrowth?: number,
  ) {
    this.persistence = new Persistence(org.dataDir, this.prefixes, onError, journalGrowth);
    this.memory = this.persistence.section('metadata');
    const { schemaIds = {}, followed = {} } = this.memory.entries;
    this.schemaIds = new Map(Object.entries(idsByName.parse(schemaIds)));
    this.followed = new Map(Object.entries(idsByObject.parse(followed)));
  }

  /**
   * Brings the schema and the rows that follow metadata up to a state of the org. Everything else stays, by object and field name.
   * @param now milliseconds since 1970
   */
  adopt(
    state: OrgState,
    components: readonly Component[],
    now: number,
  ): { readonly store: Store; readonly identity: OrgIdentity } {
    const schema = schemaOf(components, this.prefixes);
    const [before, after] = [this.schemaIds, schemaIdsOf(state)];
    const [definedBefore, definitions] = [this.definitions, definitionsOf(state)];
    const store = this.current ?? new Store(schema);
    if (this.current === undefined) this.persistence.restore(store, schema);
    this.current = store;
    store.adopt(schema, {
      isNew: (name) => isMadeAnew(name, before, after),
      isSame: (name) =>
        definedBefore !== undefined && definedBefore.get(definedBy(name)) === definitions.get(definedBy(name)),
    });
    const identity = this.prepare(store, state, components, now);
    this.schemaIds = after;
    this.definitions = definitions;
    this.memory.put('schemaIds', Object.fromEntries(after));
    this.memory.put('followed', Object.fromEntries(this.followed));
    return { store, identity };
  }

  section(name: string): Section {
    return this.persistence.section(name);
  }

  /** Throws when what was done earlier could not be written. */
  check(): void {
    this.persistence.check();
  }

  /** Writes what has changed; see Persistence. */
  flush(): void {
    this.persistence.flush();
  }

  close(): void {
    this.persistence.close();
  }

  private prepare(store: Store, state: OrgState, components: readonly Component[], now: number): OrgIdentity {
    const componentId = (type: string, fullName: string): string | undefined => state.stored(type, fullName)?.id;
    try {
      return prepareRows(store, this.org.facts(), { components, componentId }, now, this.followed);
    } catch (error) {
      store.rollbackTo(0);
      throw error;
    }
  }
}

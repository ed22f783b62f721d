import type { FormulaEngine } from '../formula/index.js';
import type { ObjectSchema } from '../schema/index.js';
import { SObject, type RecordError } from '../sobject.js';
import type { Row, Store } from '../store/index.js';
import { deleteRecords, purgeRecords, undeleteRecords, type RemovalContext } from './remove.js';
import { parentChanges, type ParentChange, type RowPair } from './roll-up.js';
import { refreshWorking, saveRecord } from './save.js';
import type { DmlHooks, DmlOutcome, DmlRequest, DmlSession, TriggerBatch } from './types.js';
import { matchForUpsert, type Plan } from './upsert.js';
import { startWork, type SaveContext, type Work } from './work.js';

/** Records per trigger call, for requests of any size. */
const BATCH_SIZE = 200;
/** How often the good records of a partial save are tried again after a trigger refused some of them. */
const MAX_RETRIES = 2;

/** Runs DML operations in the platform's order of execution. */
export class DmlEngine {
  constructor(
    private readonly store: () => Store,
    private readonly formulas: FormulaEngine,
    private readonly session: DmlSession,
    private readonly hooks: DmlHooks,
  ) {}

  /** Outcomes in the order of the request's records. With `allOrNone`, one failure takes back everything. */
  execute(request: DmlRequest): readonly DmlOutcome[] {
    const takeBack = this.mark();
    const outcomes = this.dispatch(request);
    if (request.allOrNone && outcomes.some((outcome) => !outcome.success)) {
      takeBack();
      return outcomes.map((outcome) => (outcome.success ? ROLLED_BACK : outcome));
    }
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.created && outcome.id !== null) request.records[index]?.set('Id', outcome.id);
    }
    return outcomes;
  }

  /** Takes deleted records out of the recycle bin for good; each on its own. */
  emptyRecycleBin(records: readonly SObject[]): readonly DmlOutcome[] {
    return purgeRecords(this.store(), records);
  }

  /** A place to which everything that happens from now on can be taken back, what it left for after the commit included. */
  mark(): () => void {
    const store = this.store();
    const start = store.savepoint();
    const drop = this.hooks.mark?.();
    return () => {
      store.rollbackTo(start);
      drop?.();
    };
  }

  private dispatch(request: DmlRequest): readonly DmlOutcome[] {
    const { refused } = request;
    switch (request.operation) {
      case 'insert':
      case 'update':
        return this.save(request, (index) => {
          const error = refused?.get(index);
          if (error !== undefined) return { operation: 'fail', error };
          return { operation: request.operation === 'insert' ? 'insert' : 'update' };
        });
      case 'upsert':
        return this.upsert(request);
      case 'delete':
        return deleteRecords(this.removal(), request);
      case 'undelete':
        return undeleteRecords(this.removal(), request);
    }
  }

  private removal(): RemovalContext {
    return {
      store: this.store(),
      formulas: this.formulas,
      session: this.session,
      hooks: this.hooks,
      rollUp: (child, changes) => this.rollUp(child, changes),
    };
  }

  private upsert(request: DmlRequest): readonly DmlOutcome[] {
    const matches = request.records.map((record, index): Plan => {
      const error = request.refused?.get(index);
      if (error !== undefined) return { operation: 'fail', error };
      return matchForUpsert(this.store(), record, request.externalId);
    });
    return this.save(request, (index) => matches[index] ?? { operation: 'insert' });
  }

  private context(request: DmlRequest): SaveContext {
    return {
      store: this.store(),
      formulas: this.formulas,
      session: this.session,
      guard: request.guard,
      validated: this.hooks.validated,
      systemRule: this.hooks.systemRule,
    };
  }

  /** Inserts and updates, in runs of one object and one operation of at most 200 records. */
  private save(request: DmlRequest, plan: (index: number) => Plan): readonly DmlOutcome[] {
    const outcomes: DmlOutcome[] = new Array<DmlOutcome>(request.records.length);
    let failed = false;
    for (const run of runsOf(request.records, plan)) {
      if (failed && request.allOrNone) {
        for (const { index } of run) outcomes[index] = ROLLED_BACK;
        continue;
      }
      for (const [index, outcome] of this.saveRun(request, run)) {
        outcomes[index] = outcome;
        failed ||= !outcome.success;
      }
    }
    return outcomes;
  }

  private saveRun(request: DmlRequest, run: readonly Planned[]): ReadonlyMap<number, DmlOutcome> {
    const results = new Map<number, DmlOutcome>();
    let remaining = run;
    for (let attempt = 0; remaining.length > 0; attempt++) {
      const takeBack = this.mark();
      const finished = this.attempt(request, remaining);
      const lateFailure = finished.some(({ work, row }) => row !== undefined && work.errors.length > 0);
      for (const { work } of finished)
        if (work.errors.length > 0) results.set(work.index, failure(work.input, work.errors));
      if (!lateFailure || request.allOrNone || attempt === MAX_RETRIES) {
        const givenUp = lateFailure && !request.allOrNone;
        for (const { work, row } of finished)
          if (work.errors.length === 0) results.set(work.index, givenUp ? ROLLED_BACK : success(work, row));
        if (givenUp) takeBack();
        return results;
      }
      takeBack();
      remaining = remaining.filter(({ index }) => !results.has(index));
    }
    return results;
  }

  /** One pass of the order of execution over one batch. */
  private attempt(request: DmlRequest, run: readonly Planned[]): readonly Finished[] {
    const context = this.context(request);
    const works = run.map(({ record, plan, index }) => prepare(context, record, plan, index));
    return this.saveWorks(request, context, works);
  }

  private saveWorks(request: DmlRequest, context: SaveContext, works: readonly Work[]): readonly Finished[] {
    const before = works.filter((work) => work.errors.length === 0);
    try {
      return this.inOrder(request, context, works, before);
    } finally {
      if (before.length > 0) this.hooks.saveEnded?.(before.map((work) => work.working));
    }
  }

  /** @param before those of the works that can be saved as far as is known */
  private inOrder(
    request: DmlRequest,
    context: SaveContext,
    works: readonly Work[],
    before: readonly Work[],
  ): readonly Finished[] {
    const [first] = works;
    if (first === undefined) return [];
    const { operation } = first;
    const object = first.working.object;
    if (before.length > 0) {
      const batch = batchOf('before', operation, object, before);
      this.hooks.beforeSaveFlows(batch);
      this.hooks.triggers(batch);
      collectErrors(before);
    }
    const stop = request.allOrNone && works.some((work) => work.errors.length > 0);
    const rows = new Map<Work, Row>();
    for (const work of works) {
      if (work.errors.length > 0) continue;
      const row = saveRecord(context, work);
      if (row !== undefined) rows.set(work, row);
    }
    const saved = works.filter((work) => rows.has(work));
    if (saved.length > 0 && !stop && !(request.allOrNone && saved.length < works.length))
      this.afterSave(context, operation, object, saved, rows);
    return works.map((work) => ({ work, row: rows.get(work) }));
  }

  private afterSave(
    context: SaveContext,
    operation: 'insert' | 'update',
    object: ObjectSchema,
    saved: readonly Work[],
    rows: ReadonlyMap<Work, Row>,
  ): void {
    for (const work of saved) {
      const row = rows.get(work);
      if (row !== undefined) refreshWorking(context, work, row);
    }
    const batch = batchOf('after', operation, object, saved);
    this.hooks.triggers(batch);
    collectErrors(saved);
    if (saved.some((work) => work.errors.length > 0)) return;
    this.hooks.afterSaveFlows(batch);
    collectErrors(saved);
    const changes = saved.map((work) => ({ before: work.stored, after: rows.get(work) }));
    const refused = this.rollUp(object, changes);
    for (const work of saved) work.errors.push(...refused);
  }

  /**
   * Calculates the roll-up summaries above changed records and saves the parents, whose triggers and rules run as for any save (Apex Developer
   * Guide: Triggers and Order of Execution). Returns why a parent could not be saved.
   */
  private rollUp(child: ObjectSchema, changes: readonly RowPair[]): readonly RecordError[] {
    const byObject = new Map<ObjectSchema, ParentChange[]>();
    for (const change of parentChanges(this.store(), this.formulas, child, changes))
      byObject.set(change.object, [...(byObject.get(change.object) ?? []), change]);
    return [...byObject].flatMap(([object, parents]) => this.saveParents(object, parents));
  }

  private saveParents(object: ObjectSchema, parents: readonly ParentChange[]): readonly RecordError[] {
    const errors: RecordError[] = [];
    for (let at = 0; at < parents.length; at += BATCH_SIZE) {
      const records = parents
        .slice(at, at + BATCH_SIZE)
        .map(({ id, values }) => ({ record: parentRecord(object, id), values }));
      const request: DmlRequest = {
        operation: 'update',
        records: records.map(({ record }) => record),
        allOrNone: true,
      };
      const context = this.context(request);
      const works = records.map(({ record, values }, index) => {
        const work = startWork(context, 'update', record, index);
        for (const [name, value] of values) work.working.set(name, value);
        return work;
      });
      const finished = this.saveWorks(request, context, works);
      errors.push(...finished.flatMap(({ work }) => work.errors));
    }
    return errors;
  }
}

function parentRecord(object: ObjectSchema, id: string): SObject {
  const record = new SObject(object);
  record.set('Id', id);
  return record;
}

interface Planned {
  readonly index: number;
  readonly record: SObject;
  readonly plan: Plan;
}

interface Finished {
  readonly work: Work;
  readonly row: Row | undefined;
}

const ROLLED_BACK: DmlOutcome = {
  id: null,
  success: false,
  created: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

function runsOf(records: readonly SObject[], plan: (index: number) => Plan): readonly (readonly Planned[])[] {
  const runs: Planned[][] = [];
  for (const [index, record] of records.entries()) {
    const planned: Planned = { index, record, plan: plan(index) };
    const last = runs.at(-1);
    const head = last?.[0];
    const joins =
      last !== undefined &&
      head !== undefined &&
      last.length < BATCH_SIZE &&
      head.record.object === record.object &&
      head.plan.operation === planned.plan.operation;
    if (joins) last.push(planned);
    else runs.push([planned]);
  }
  return runs;
}

function prepare(context: SaveContext, record: SObject, plan: Plan, index: number): Work {
  if (plan.operation === 'fail') {
    const work = startWork(context, 'insert', record, index);
    work.errors = [plan.error];
    return work;
  }
  if (plan.operation === 'update' && plan.id !== undefined && record.id === null) record.set('Id', plan.id);
  return startWork(context, plan.operation, record, index);
}

function batchOf(
  timing: 'before' | 'after',
  operation: 'insert' | 'update',
  object: ObjectSchema,
  works: readonly Work[],
): TriggerBatch {
  const old = works.flatMap((work) => work.old ?? []);
  for (const record of old) record.readOnly = true;
  return {
    timing,
    operation,
    object,
    newRecords: works.map((work) => work.working),
    oldRecords: operation === 'insert' ? undefined : old,
  };
}

/** Moves what `addError` left on the records to their work. */
function collectErrors(works: readonly Work[]): void {
  for (const work of works) {
    work.errors.push(...work.working.errors);
    work.working.errors = [];
  }
}

function failure(input: SObject, errors: readonly RecordError[]): DmlOutcome {
  return { id: input.id, success: false, created: false, errors };
}

function success(work: Work, row: Row | undefined): DmlOutcome {
  return { id: row?.id ?? work.input.id, success: true, created: work.operation === 'insert', errors: [] };
}

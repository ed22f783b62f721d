import { z } from 'zod';
import { codeId } from '../../../apex/runtime/index.js';
import type { UnitCoverage } from '../../../apex/test-runner/index.js';
import type { PlatformRows } from '../rows.js';
import { withLines } from './unite-coverage.js';

/** `Coverage` of the Tooling API's coverage objects, stored as JSON. */
const lines = z.object({ coveredLines: z.array(z.number()), uncoveredLines: z.array(z.number()) });
type Lines = z.infer<typeof lines>;

const METHOD_ROWS = 'ApexCodeCoverage';
const UNIT_ROWS = 'ApexCodeCoverageAggregate';
const ORG_ROWS = 'ApexOrgWideCoverage';

/**
 * Which lines tests have reached, as rows of ApexCodeCoverage (per test method), ApexCodeCoverageAggregate (per class or trigger) and
 * ApexOrgWideCoverage. They stay until the code of the test, or the covered code, changes.
 */
export class CoverageRows {
  /** Source of the code that the rows speak of, by Id. */
  private readonly sources = new Map<string, string>();

  constructor(private readonly rows: PlatformRows) {
    for (const object of [METHOD_ROWS, UNIT_ROWS])
      for (const { values } of rows.store().table(rows.object(object)).all())
        for (const id of [values['ApexClassOrTriggerId'], values['ApexTestClassId']])
          if (typeof id === 'string') this.remember(id);
  }

  /** Replaces what a test method covers. Classes and triggers that it does not reach get no row. */
  noteMethod(testClassId: string, methodName: string, units: readonly UnitCoverage[], userId: string): void {
    for (const { id, values } of this.rows.find(METHOD_ROWS, 'ApexTestClassId', testClassId))
      if (values['TestMethodName'] === methodName) this.rows.remove(METHOD_ROWS, id);
    this.remember(testClassId);
    for (const unit of units) {
      if (unit.coveredLines.length === 0) continue;
      const values = { ApexTestClassId: testClassId, TestMethodName: methodName, ...this.unitValues(unit) };
      this.rows.insert(METHOD_ROWS, userId, values);
    }
  }

  /**
   * Adds up what tests have covered so far.
   * @param units every class and trigger that is no test, with the lines that the last run reached
   */
  addUp(units: readonly UnitCoverage[], userId: string): void {
    for (const unit of units) {
      const id = this.idOf(unit);
      const [existing] = id === null ? [] : this.rows.find(UNIT_ROWS, 'ApexClassOrTriggerId', id);
      if (existing === undefined) this.rows.insert(UNIT_ROWS, userId, this.unitValues(unit));
      else {
        const { coveredLines } = linesOf(existing.values['Coverage']);
        this.rows.update(UNIT_ROWS, existing.id, this.unitValues(withLines(unit, coveredLines)));
      }
    }
    this.noteOrg(userId);
  }

  /** Forgets what speaks of code that has changed or is gone. */
  forgetChanged(): void {
    const changed = new Set(
      [...this.sources]
        .filter(([id, source]) => this.rows.store().rowOfId(id)?.row.values['Body'] !== source)
        .map(([id]) => id),
    );
    if (changed.size === 0) return;
    for (const id of changed) {
      this.sources.delete(id);
      for (const object of [METHOD_ROWS, UNIT_ROWS])
        for (const row of this.rows.find(object, 'ApexClassOrTriggerId', id)) this.rows.remove(object, row.id);
      for (const row of this.rows.find(METHOD_ROWS, 'ApexTestClassId', id)) this.rows.remove(METHOD_ROWS, row.id);
    }
    const [org] = [...this.rows.store().table(this.rows.object(ORG_ROWS)).all()];
    if (org !== undefined) this.noteOrg(String(org.values['CreatedById'] ?? ''));
  }

  private noteOrg(userId: string): void {
    let covered = 0;
    let all = 0;
    for (const { values } of this.rows.store().table(this.rows.object(UNIT_ROWS)).all()) {
      covered += Number(values['NumLinesCovered'] ?? 0);
      all += Number(values['NumLinesCovered'] ?? 0) + Number(values['NumLinesUncovered'] ?? 0);
    }
    const percent = { PercentCovered: all === 0 ? 0 : Math.floor((covered * 100) / all) };
    const [existing] = [...this.rows.store().table(this.rows.object(ORG_ROWS)).all()];
    if (existing === undefined) this.rows.insert(ORG_ROWS, userId, percent);
    else this.rows.update(ORG_ROWS, existing.id, percent);
  }

  private unitValues(unit: UnitCoverage): Readonly<Record<string, string | number | null>> {
    const id = this.idOf(unit);
    if (id !== null) this.remember(id);
    const coverage: Lines = { coveredLines: [...unit.coveredLines], uncoveredLines: [...unit.uncoveredLines] };
    return {
      ApexClassOrTriggerId: id,
      NumLinesCovered: unit.coveredLines.length,
      NumLinesUncovered: unit.uncoveredLines.length,
      Coverage: JSON.stringify(coverage),
    };
  }

  private idOf({ kind, name }: UnitCoverage): string | null {
    return codeId(this.rows.store(), kind === 'class' ? 'ApexClass' : 'ApexTrigger', name);
  }

  private remember(id: string): void {
    const source = this.rows.store().rowOfId(id)?.row.values['Body'];
    if (typeof source === 'string') this.sources.set(id, source);
  }
}

function linesOf(json: unknown): Lines {
  return lines.parse(JSON.parse(typeof json === 'string' ? json : '{"coveredLines":[],"uncoveredLines":[]}'));
}

import type {
  BlockStatement,
  CatchClause,
  DmlStatement,
  ForEachStatement,
  ForStatement,
  ReturnStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  VariableStatement,
  WhenClause,
  Expression,
  WhileStatement,
  DoWhileStatement,
} from '../syntax/ast.js';
import { frameSlot, type FunctionContext } from './context.js';
import { emit, emitCondition, emitDiscarded, emitQuery, quote } from './expressions.js';
import type { LineWriter } from './lines.js';

/** Code at the head of every loop round: looks at the clock now and then, so that no loop runs forever. */
const TICK = 'if(--$T.fuel<0)$T.tick();';

export function emitStatements(cx: FunctionContext, w: LineWriter, statements: readonly Statement[]): void {
  for (const statement of statements) emitStatement(cx, w, statement);
}

function mark(cx: FunctionContext, w: LineWriter, statement: { readonly range: { readonly line: number } }): void {
  const { line } = statement.range;
  w.at(line);
  cx.unit.executableLines.add(line);
  w.put(`$v[${line}]=1;`);
  if (cx.unit.isTraced) w.put(`$T.code?.statement(${line});`);
}

/** `System.debug` does not count for coverage (Apex Developer Guide: Understanding Code Coverage). */
function isDebug(expression: Expression): boolean {
  if (expression.kind !== 'call' || expression.target?.method.origin !== 'platform') return false;
  const { owner, name } = expression.target.method;
  return owner === 'System.System' && name.toLowerCase() === 'debug';
}

export function emitStatement(cx: FunctionContext, w: LineWriter, s: Statement): void {
  switch (s.kind) {
    case 'block':
      emitBlock(cx, w, s);
      return;
    case 'variable':
      if (s.declarators.some((declarator) => declarator.initializer !== undefined)) mark(cx, w, s);
      w.at(s.range.line).put(`${emitVariables(cx, s)};`);
      return;
    case 'expression':
      if (isDebug(s.expression)) {
        w.at(s.range.line);
        if (cx.unit.isTraced) w.put(`$T.code?.statement(${s.range.line});`);
      } else mark(cx, w, s);
      w.put(`${emitDiscarded(cx, s.expression)};`);
      return;
    case 'if':
      mark(cx, w, s);
      w.put(`if(${emitCondition(cx, s.condition)})`);
      emitBody(cx, w, s.then);
      if (s.otherwise !== undefined) {
        w.put('else');
        emitBody(cx, w, s.otherwise);
      }
      return;
    case 'switch':
      emitSwitch(cx, w, s);
      return;
    case 'while':
      emitWhile(cx, w, s);
      return;
    case 'doWhile':
      emitDoWhile(cx, w, s);
      return;
    case 'for':
      emitFor(cx, w, s);
      return;
    case 'forEach':
      emitForEach(cx, w, s);
      return;
    case 'try':
      emitTry(cx, w, s);
      return;
    case 'return':
      emitReturn(cx, w, s);
      return;
    case 'throw':
      mark(cx, w, s);
      w.put(`throw $R.thrown(${emit(cx, s.value)});`);
      return;
    case 'break':
    case 'continue':
      mark(cx, w, s);
      w.put(s.kind === 'continue' ? `${cx.endRound()}continue;` : 'break;');
      return;
    case 'dml':
      emitDml(cx, w, s);
      return;
    case 'runAs': {
      mark(cx, w, s);
      const session = cx.temp();
      w.put(`${session}=$R.enterRunAs([${s.args.map((argument) => emit(cx, argument)).join(',')}]);try`);
      emitBlock(cx, w, s.body);
      w.put(`finally{$R.leaveRunAs(${session});}`);
      return;
    }
  }
}

export function emitBlock(cx: FunctionContext, w: LineWriter, block: BlockStatement): void {
  cx.enter();
  const release = cx.markSlots();
  w.put('{');
  emitStatements(cx, w, block.statements);
  w.put(`${release()}}`);
  cx.leave();
}

/** A branch, always in braces, since a statement can become several. */
function emitBody(cx: FunctionContext, w: LineWriter, s: Statement): void {
  if (s.kind === 'block') {
    emitBlock(cx, w, s);
    return;
  }
  cx.enter();
  w.put('{');
  emitStatement(cx, w, s);
  w.put('}');
  cx.leave();
}

function emitVariables(cx: FunctionContext, s: VariableStatement): string {
  const parts = s.declarators.flatMap(({ local, initializer }) => {
    if (local === undefined) return [];
    const value = initializer === undefined ? 'null' : emit(cx, initializer);
    return [`${cx.declare(local)}=${cx.kept(local, value)}`];
  });
  return `${cx.declaration(s.declarators.flatMap(({ local }) => local ?? []))}${parts.join(',')}`;
}

function emitWhile(cx: FunctionContext, w: LineWriter, s: WhileStatement): void {
  mark(cx, w, s);
  const release = cx.markSlots();
  w.put(`while(${emitCondition(cx, s.condition)}){${TICK}`);
  emitLoopBody(cx, w, s.body);
  w.put(`}${release()}`);
}

function emitDoWhile(cx: FunctionContext, w: LineWriter, s: DoWhileStatement): void {
  const release = cx.markSlots();
  w.at(s.range.line).put(`do{${TICK}`);
  emitLoopBody(cx, w, s.body);
  w.at(s.condition.range.line).put(`}while(${emitCondition(cx, s.condition)});${release()}`);
}

/** What a round declares is let go of at its end; whatever leaves the loop early lets go after it. */
function emitLoopBody(cx: FunctionContext, w: LineWriter, body: Statement | undefined): void {
  if (body === undefined) return;
  const { endRound } = cx;
  cx.endRound = cx.markSlots();
  emitBody(cx, w, body);
  cx.endRound = endRound;
}

function emitFor(cx: FunctionContext, w: LineWriter, s: ForStatement): void {
  mark(cx, w, s);
  cx.enter();
  const release = cx.markSlots();
  const init = isVariable(s.init)
    ? emitVariables(cx, s.init)
    : s.init.map((entry) => emitDiscarded(cx, entry)).join(',');
  const condition = s.condition === undefined ? '' : emitCondition(cx, s.condition);
  w.put(`for(${init};${condition};${s.update.map((entry) => emitDiscarded(cx, entry)).join(',')}){${TICK}`);
  emitLoopBody(cx, w, s.body);
  w.put(`}${release()}`);
  cx.leave();
}

function isVariable(init: ForStatement['init']): init is VariableStatement {
  return 'kind' in init;
}

function emitForEach(cx: FunctionContext, w: LineWriter, s: ForEachStatement): void {
  mark(cx, w, s);
  cx.enter();
  const release = cx.markSlots();
  const { source, weight } = emitIterated(cx, s);
  const name = s.local === undefined ? '$unused' : cx.declare(s.local);
  const round = weight === undefined ? TICK : `${TICK}if(($T.room-=${weight})<0)$T.use(0);`;
  if (s.iteration === 'list' || s.iteration === 'queryRows') {
    const at = `$i${name}`;
    w.put(`for(let ${at}=0,$l=${source};${at}<$l.length;${at}++){${round}let ${name}=$l[${at}];`);
  } else w.put(`for(let ${name} of ${source}){${round}`);
  emitLoopBody(cx, w, s.body);
  w.put(`}${release()}`);
  cx.leave();
}

/** Rows that a loop over a query gets at a time when it asks for lists of them. */
const BATCH = 200;

/**
 * What a loop walks over. The loop holds it, unless a variable does. Of a query's rows it holds as many as the platform fetches at a time: the
 * heap is used as it takes them, with a weight for each round.
 */
function emitIterated(
  cx: FunctionContext,
  s: ForEachStatement,
): { readonly source: string; readonly weight: string | undefined } {
  const isQuery = s.over.kind === 'soql';
  const over = s.over.kind === 'soql' ? emitQuery(cx, s.over, 'fetched') : emit(cx, s.over);
  const held = isQuery || s.over.kind === 'name' ? over : `${frameSlot(cx.slot())}=${over}`;
  const helper = { queryBatches: 'batches', list: 'iterationList', queryRows: 'iterationList' }[String(s.iteration)];
  const list = `$R.${helper ?? 'iterate'}(${held})`;
  if (!isQuery) return { source: list, weight: undefined };
  const [rows, weight] = [cx.temp(), cx.temp()];
  const perRound = s.iteration === 'queryBatches' ? `$T.rowWeight*${BATCH}` : '$T.rowWeight';
  return { source: `(${rows}=${list},${weight}=${perRound},${rows})`, weight };
}

function emitSwitch(cx: FunctionContext, w: LineWriter, s: SwitchStatement): void {
  mark(cx, w, s);
  const value = cx.temp();
  w.put(`${value}=${emit(cx, s.value)};`);
  let first = true;
  for (const clause of s.clauses) {
    if (!first) w.put('else ');
    first = false;
    emitClause(cx, w, value, clause, s.clauses.length === 1);
  }
}

function emitClause(cx: FunctionContext, w: LineWriter, value: string, clause: WhenClause, only: boolean): void {
  switch (clause.kind) {
    case 'else':
      if (only) w.put('if(true)');
      emitBlock(cx, w, clause.body);
      return;
    case 'type':
      w.put(`if($R.isInstance(${value},${cx.unit.constants.type(clause.matched.type)})){`);
      cx.enter();
      if (clause.local !== undefined) w.put(`let ${cx.declare(clause.local)}=${value};`);
      emitBlock(cx, w, clause.body);
      cx.leave();
      w.put('}');
      return;
    case 'values':
      w.put(`if(${clause.values.map((entry) => `$R.matches(${value},${emit(cx, entry)})`).join('||')})`);
      emitBlock(cx, w, clause.body);
  }
}

function emitTry(cx: FunctionContext, w: LineWriter, s: TryStatement): void {
  w.at(s.range.line);
  const depth = cx.temp();
  w.put(`${depth}=$T.depth;try`);
  const release = cx.markSlots();
  emitBlock(cx, w, s.body);
  if (s.catches.length > 0) {
    w.put(`catch($e){const $x=$R.caught($e);$T.depth=${depth};${release()}`);
    for (const clause of s.catches) emitCatch(cx, w, clause);
    w.put('{throw $x;}}');
  }
  if (s.finally !== undefined) {
    if (s.catches.length === 0) w.put('catch($e){throw $R.passing($e);}');
    w.put(`finally{if(!$T.dead)`);
    emitBlock(cx, w, s.finally);
    w.put('}');
  }
}

function emitCatch(cx: FunctionContext, w: LineWriter, clause: CatchClause): void {
  cx.enter();
  w.put(`if($R.isInstance($x,${cx.unit.constants.type(clause.caught.type)})){`);
  if (clause.local !== undefined) w.put(`let ${cx.declare(clause.local)}=$x;`);
  emitBlock(cx, w, clause.body);
  w.put('}else ');
  cx.leave();
}

function emitReturn(cx: FunctionContext, w: LineWriter, s: ReturnStatement): void {
  mark(cx, w, s);
  if (s.value === undefined) {
    w.put(cx.exit === undefined ? 'return;' : `{${cx.exit}return;}`);
    return;
  }
  const value = emit(cx, s.value);
  w.put(cx.exit === undefined ? `return ${value};` : `{const $r=${value};${cx.exit}return $r;}`);
}

function emitDml(cx: FunctionContext, w: LineWriter, s: DmlStatement): void {
  mark(cx, w, s);
  const rest = s.operation === 'merge' && s.duplicates !== undefined ? emit(cx, s.duplicates) : 'null';
  const written = s.mode ?? (cx.unit.defaultsToUserMode ? 'user' : undefined);
  const mode = written === undefined ? 'null' : quote(written);
  const externalId = s.externalIdField === undefined ? 'null' : quote(s.externalIdField);
  w.put(`$R.dml(${quote(s.operation)},${emit(cx, s.rows)},${mode},${externalId},${rest});`);
}

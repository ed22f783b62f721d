import type { FieldSymbol, TypeSymbol } from '../types/symbols.js';
import type { FunctionContext } from './context.js';
import { quote } from './expressions.js';
import { fieldSlot, getterMember, hasGetter } from './names.js';

/** A function from a bind's lower-cased name to its value: every local, field and property that can be seen here. */
export function bindScope(cx: FunctionContext): string {
  const values = new Map([...visibleFields(cx)].map(([name, field]) => [name, readBound(cx, field)]));
  for (const local of cx.visibleLocals()) values.set(local.name.toLowerCase(), cx.nameOf(local));
  const cases = [...values].map(([name, code]) => `case ${quote(name)}:return ${code};`);
  return `($b)=>{switch($b){${cases.join('')}}}`;
}

/** Fields that code can name without an object, by lower-cased name: those of its class and of the classes above, then statics of the outer class. */
function visibleFields(cx: FunctionContext): ReadonlyMap<string, FieldSymbol> {
  const found = new Map<string, FieldSymbol>();
  const add = (type: TypeSymbol, wanted: (field: FieldSymbol) => boolean): void => {
    for (const [name, field] of type.fields) if (!found.has(name) && wanted(field)) found.set(name, field);
  };
  let at: TypeSymbol | undefined = cx.owner;
  while (at !== undefined) {
    const { superType }: TypeSymbol = at;
    const isOwn = at === cx.owner;
    add(at, (field) => (isOwn || field.access !== 'private') && (field.isStatic || !cx.isStatic));
    at = superType?.kind === 'user' ? superType.symbol : undefined;
  }
  if (cx.owner.outer !== undefined) add(cx.owner.outer, (field) => field.isStatic);
  return found;
}

/** The scope is a plain function, so it calls getters that cannot wait for callouts. */
function readBound(cx: FunctionContext, field: FieldSymbol): string {
  const holder = field.isStatic ? `${cx.unit.constants.statics(field.owner)}()` : 'this';
  return hasGetter(field) && cx.accessorOf !== field
    ? `${holder}.${getterMember(field)}()`
    : `${holder}.${fieldSlot(field)}`;
}

import type {
  NewArrayExpression,
  NewElementsExpression,
  NewExpression,
  NewMapExpression,
  SObjectInitializer,
} from '../syntax/ast.js';
import type { TypeSymbol } from '../types/symbols.js';
import { emitArgs } from './calls.js';
import { callInColour, places } from './colouring.js';
import type { FunctionContext } from './context.js';
import { emit, quote } from './expressions.js';
import { HEADER, SLOT } from './weights.js';
import { constructorMember, constructorMemberOf, IMPLICIT_CONSTRUCTOR, superSymbol } from './names.js';

/** An object of a class with its fields, which take from the heap. */
function instance(cx: FunctionContext, owner: TypeSymbol): string {
  let fields = 0;
  for (let at: TypeSymbol | undefined = owner; at !== undefined; at = superSymbol(at))
    for (const field of at.fields.values()) if (!field.isStatic) fields++;
  return `$T.room-=${HEADER + SLOT * fields},new ${cx.unit.constants.class(owner)}()`;
}

export function emitNew(cx: FunctionContext, e: NewExpression): string {
  const { target } = e;
  const { constants } = cx.unit;
  switch (target.kind) {
    case 'implicit':
      // An exception class without constructors has those of Exception.
      if (target.owner.isException)
        return `$R.newException(${constants.class(target.owner)},[${emitArgs(cx, e.args)}])`;
      return callInColour(
        cx.unit,
        places.implicitConstructor(target.owner),
        (ending) => `(${instance(cx, target.owner)}).${IMPLICIT_CONSTRUCTOR}${ending}()`,
      );
    case 'constructor': {
      const { constructor } = target;
      if (constructor.origin === 'user') {
        const args = emitArgs(cx, e.args);
        return callInColour(
          cx.unit,
          places.constructor(constructor),
          (ending) => `(${instance(cx, constructor.owner)}).${constructorMember(constructor)}${ending}(${args})`,
        );
      }
      if (e.type.kind === 'user') {
        const owner = e.type.symbol;
        if (owner.isException) return `$R.newException(${constants.class(owner)},[${emitArgs(cx, e.args)}])`;
        return `(${instance(cx, owner)}).${constructorMemberOf(constructor.parameters)}(${emitArgs(cx, e.args)})`;
      }
      return `${constants.library(constructor.key)}(${emitArgs(cx, e.args)})`;
    }
    case 'sobject':
      return emitRecord(cx, target.object, target.fields);
    case 'collection':
      return `$R.newCollection(${constants.type(e.type)},${quote(target.from)}${e.args.length === 0 ? '' : `,${emitArgs(cx, e.args)}`})`;
    case 'flow':
      return `$R.newFlow(${quote(target.flow)},[${emitArgs(cx, e.args)}])`;
    case 'component':
      return `${constants.library(`${target.component}.<init>()`)}()`;
    case 'unresolved':
      throw new Error('A new expression was not resolved.');
  }
}

function emitRecord(cx: FunctionContext, object: string, fields: readonly SObjectInitializer[]): string {
  const parts = fields.map((field) => {
    const value = emit(cx, field.value);
    return field.relationship === undefined
      ? `[${quote(field.field.name)},${value}]`
      : `[${quote(field.relationship)},${value},1]`;
  });
  return `$R.newRecord(${quote(object)},[${parts.join(',')}])`;
}

export function emitNewArray(cx: FunctionContext, e: NewArrayExpression): string {
  return `$R.newCollection(${cx.unit.constants.type(e.type)},"size",${emit(cx, e.size)})`;
}

export function emitNewElements(cx: FunctionContext, e: NewElementsExpression): string {
  return `$R.collectionOf(${cx.unit.constants.type(e.type)},[${emitArgs(cx, e.elements)}])`;
}

export function emitNewMap(cx: FunctionContext, e: NewMapExpression): string {
  const entries = e.entries.map(({ key, value }) => `[${emit(cx, key)},${emit(cx, value)}]`);
  return `$R.mapOf(${cx.unit.constants.type(e.type)},[${entries.join(',')}])`;
}

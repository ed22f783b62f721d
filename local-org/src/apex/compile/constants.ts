import type { Expression, SoqlQuery, SoslQuery } from '../syntax/ast.js';
import type { TypeSymbol } from '../types/symbols.js';
import type { ApexType } from '../types/types.js';

/** Something that compiled code refers to and that the runtime supplies when it loads the code. */
export type Constant =
  /** The JavaScript class of an Apex class. */
  | { readonly kind: 'class'; readonly symbol: TypeSymbol }
  /** A function that gives the object with the static fields of a class, initialised. */
  | { readonly kind: 'statics'; readonly symbol: TypeSymbol }
  /** The function behind a method or constructor of the platform. */
  | { readonly kind: 'library'; readonly key: string }
  /** The form of such a function that waits: a generator. */
  | { readonly kind: 'suspendable'; readonly key: string }
  | { readonly kind: 'type'; readonly type: ApexType }
  | { readonly kind: 'query'; readonly query: SoqlQuery; readonly binds: readonly Expression[] }
  | { readonly kind: 'search'; readonly query: SoslQuery; readonly binds: readonly Expression[] }
  | { readonly kind: 'enum'; readonly symbol: TypeSymbol; readonly ordinal: number }
  | { readonly kind: 'platformEnum'; readonly owner: string; readonly name: string }
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'double'; readonly text: string };

/** Collects the constants of a unit; equal ones share a name. */
export class ConstantPool {
  readonly items: Constant[] = [];
  private readonly byKey = new Map<string, Map<unknown, string>>();

  private add(kind: string, identity: unknown, make: () => Constant): string {
    let names = this.byKey.get(kind);
    if (names === undefined) {
      names = new Map();
      this.byKey.set(kind, names);
    }
    let name = names.get(identity);
    if (name === undefined) {
      name = `k${this.items.length}`;
      this.items.push(make());
      names.set(identity, name);
    }
    return name;
  }

  class(symbol: TypeSymbol): string {
    return this.add('class', symbol, () => ({ kind: 'class', symbol }));
  }

  statics(symbol: TypeSymbol): string {
    return this.add('statics', symbol, () => ({ kind: 'statics', symbol }));
  }

  library(key: string): string {
    return this.add('library', key, () => ({ kind: 'library', key }));
  }

  suspendable(key: string): string {
    return this.add('suspendable', key, () => ({ kind: 'suspendable', key }));
  }

  type(type: ApexType): string {
    return this.add('type', type, () => ({ kind: 'type', type }));
  }

  query(query: SoqlQuery, binds: readonly Expression[]): string {
    return this.add('query', query, () => ({ kind: 'query', query, binds }));
  }

  search(query: SoslQuery, binds: readonly Expression[]): string {
    return this.add('search', query, () => ({ kind: 'search', query, binds }));
  }

  enumConstant(symbol: TypeSymbol, ordinal: number): string {
    return this.add(`enum${ordinal}`, symbol, () => ({ kind: 'enum', symbol, ordinal }));
  }

  platformEnum(owner: string, name: string): string {
    return this.add('platformEnum', `${owner}.${name}`, () => ({ kind: 'platformEnum', owner, name }));
  }

  decimal(text: string): string {
    return this.add('decimal', text, () => ({ kind: 'decimal', text }));
  }

  double(text: string): string {
    return this.add('double', text, () => ({ kind: 'double', text }));
  }
}

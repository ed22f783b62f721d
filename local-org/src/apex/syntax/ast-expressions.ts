import type { ApexType } from '../types/types.js';
import type {
  AnyConstructor,
  AnyMethod,
  FieldSymbol,
  LocalSymbol,
  PlatformField,
  TypeSymbol,
} from '../types/symbols.js';
import type { SObjectField } from '../types/schema.js';
import type { TypeRefNode } from './ast-types.js';
import type { SoqlQuery, SoslQuery } from './ast-soql.js';
import type { Identifier, SourceRange } from './source.js';

/**
 * A change of representation that the language makes by itself. It applies to the finished value of the expression that carries it:
 * evaluate the expression, then convert. Assigning to a supertype needs none.
 * - `singleRow`: a query's list becomes its only row; no row is a QueryException, more than one too.
 */
export type Conversion =
  | 'integerToLong'
  | 'integerToDouble'
  | 'integerToDecimal'
  | 'longToDouble'
  | 'longToDecimal'
  | 'doubleToDecimal'
  | 'decimalToDouble'
  | 'stringToId'
  | 'idToString'
  | 'dateToDatetime'
  | 'singleRow';

/** What every expression carries. The checker writes `type` and `conversion`; nothing else changes them. */
export interface ExpressionBase {
  readonly range: SourceRange;
  /** Static type before `conversion`; `any` until checked. */
  type: ApexType;
  conversion: Conversion | undefined;
}

/** Literal value. `integer` has a number, `long` a bigint; `decimal` (`1.5`) and `double` (`1.5d`) keep the digits as text. */
export interface LiteralExpression extends ExpressionBase {
  readonly kind: 'literal';
  readonly literal:
    | { readonly kind: 'integer'; readonly value: number }
    | { readonly kind: 'long'; readonly value: bigint }
    | { readonly kind: 'decimal' | 'double'; readonly text: string }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' };
}

/** What a name, alone or after a dot, stands for. For `static` members and types the expression before the dot is not evaluated. */
export type NameTarget =
  | { readonly kind: 'unresolved' }
  | { readonly kind: 'local'; readonly local: LocalSymbol }
  /** Field or property of a user type; static when `field.isStatic`. Alone and not static: of `this`. */
  | { readonly kind: 'field'; readonly field: FieldSymbol }
  | { readonly kind: 'enumConstant'; readonly owner: TypeSymbol; readonly constant: string; readonly ordinal: number }
  /** Member of a platform type, static or of the object before the dot; also `Trigger.new` (owner `System.Trigger`). */
  | { readonly kind: 'platformField'; readonly field: PlatformField }
  /** A type used as qualifier. */
  | { readonly kind: 'type'; readonly type: ApexType }
  /** A platform namespace used as qualifier: `System`, `Schema`, `Database` when it is no type, `Flow`, `Flow.Interview`. */
  | { readonly kind: 'namespace'; readonly name: string }
  /** Field of the row before the dot. */
  | { readonly kind: 'sobjectField'; readonly object: string; readonly field: SObjectField }
  /** Parent row, by relationship name, of the row before the dot. */
  | {
      readonly kind: 'sobjectParent';
      readonly object: string;
      readonly relationship: string;
      readonly field: SObjectField;
    }
  /** Child rows, by relationship name, of the row before the dot. */
  | {
      readonly kind: 'sobjectChildren';
      readonly object: string;
      readonly relationship: string;
      readonly childObject: string;
    }
  /** `Account.SObjectType`, also `Schema.Account.SObjectType`: a Schema.SObjectType. */
  | { readonly kind: 'sobjectType'; readonly object: string }
  /** `Account.Name`, `Account.fields.Name`: a Schema.SObjectField. */
  | { readonly kind: 'sobjectFieldToken'; readonly object: string; readonly field: SObjectField }
  /** `Schema.SObjectType.Account` or `SObjectType.Account`: a Schema.DescribeSObjectResult. */
  | { readonly kind: 'describeObject'; readonly object: string }
  /** `Schema.SObjectType.Account.fields`, `Account.fields`, and the same with `fieldSets`: only qualifiers. */
  | { readonly kind: 'describeFields' | 'objectFields' | 'describeFieldSets'; readonly object: string }
  /** `Schema.SObjectType.Account.fields.Name`: a Schema.DescribeFieldResult. */
  | { readonly kind: 'describeField'; readonly object: string; readonly field: SObjectField }
  /** `Schema.SObjectType.Account.fieldSets.Card`: a Schema.FieldSet. */
  | { readonly kind: 'fieldSet'; readonly object: string; readonly fieldSet: string }
  /** `Order__c.RowCause` constants `Manual__c`: a String. */
  | { readonly kind: 'rowCause'; readonly object: string; readonly cause: string }
  /** `System.Label.Greeting`, `Label.Greeting`: a String. */
  | { readonly kind: 'label'; readonly name: string }
  /** `Page.Welcome`: a System.PageReference. */
  | { readonly kind: 'page'; readonly name: string };

/** A simple name. */
export interface NameExpression extends ExpressionBase {
  readonly kind: 'name';
  readonly name: string;
  target: NameTarget;
}

/** `object.name` or `object?.name`. */
export interface FieldExpression extends ExpressionBase {
  readonly kind: 'field';
  readonly object: Expression;
  readonly name: Identifier;
  /** `?.`: null when the object is null, and the rest of the chain is skipped. */
  readonly safe: boolean;
  target: NameTarget;
}

/** `list[index]`; the index is an Integer. */
export interface IndexExpression extends ExpressionBase {
  readonly kind: 'index';
  readonly list: Expression;
  readonly index: Expression;
}

/** The overload that a call was resolved to. */
export interface CallTarget {
  readonly method: AnyMethod;
  /**
   * `static`: no receiver is evaluated. `virtual`: on the receiver, or on `this` when there is none; the run-time class decides.
   * `super`: on `this`, the implementation above the enclosing class.
   */
  readonly dispatch: 'static' | 'virtual' | 'super';
  /** Static type of the receiver, with its type arguments; of the enclosing class for an unqualified call. */
  readonly receiver: ApexType;
  /** Parameter types with type arguments substituted. */
  readonly parameters: readonly ApexType[];
  /** Return type with type arguments substituted; equals the expression's `type`. */
  readonly returns: ApexType;
}

/** `name(args)`, `object.name(args)`, `object?.name(args)`. */
export interface CallExpression extends ExpressionBase {
  readonly kind: 'call';
  /** Undefined for an unqualified call. A type or namespace name for a static call. */
  readonly object: Expression | undefined;
  readonly safe: boolean;
  readonly name: Identifier;
  readonly args: readonly Expression[];
  target: CallTarget | undefined;
}

/** `this(args)` or `super(args)`; only the first statement of a constructor. */
export interface ConstructorCallExpression extends ExpressionBase {
  readonly kind: 'constructorCall';
  readonly which: 'this' | 'super';
  readonly args: readonly Expression[];
  /** Undefined when the called class has only the implicit constructor. */
  target: AnyConstructor | undefined;
}

/** What `new T(...)` does, once `T` is known. */
export type NewTarget =
  | { readonly kind: 'unresolved' }
  /** A class without any declared constructor: run initialisers only. */
  | { readonly kind: 'implicit'; readonly owner: TypeSymbol }
  | { readonly kind: 'constructor'; readonly constructor: AnyConstructor }
  /** `new Account(Name = 'x')`: the values of `args`, which are assignments, in order. */
  | { readonly kind: 'sobject'; readonly object: string; readonly fields: readonly SObjectInitializer[] }
  /**
   * `new List<T>()`, `new List<T>(10)`, `new Set<T>(list)`, `new Map<Id, T>(list or map)`: `args` has 0 or 1 value.
   * `size`: the argument is an Integer, not a source of elements.
   */
  | { readonly kind: 'collection'; readonly from: 'empty' | 'size' | 'elements' | 'rows' }
  | { readonly kind: 'flow'; readonly flow: string }
  /** `new Component.Card(title = 'x')`: a Visualforce component, its attributes as assignments. */
  | { readonly kind: 'component'; readonly component: string };

export interface SObjectInitializer {
  readonly name: Identifier;
  readonly field: SObjectField;
  /** Set when the name is a parent relationship (`new Contact(Account = parent)`). */
  readonly relationship: string | undefined;
  readonly value: Expression;
}

/** `new T(args)`. */
export interface NewExpression extends ExpressionBase {
  readonly kind: 'new';
  readonly created: TypeRefNode;
  readonly args: readonly Expression[];
  target: NewTarget;
}

/** `new T[size]`: a list of that many nulls. */
export interface NewArrayExpression extends ExpressionBase {
  readonly kind: 'newArray';
  readonly created: TypeRefNode;
  readonly size: Expression;
}

/** `new T[]{a, b}`, `new List<T>{a, b}`, `new Set<T>{a, b}`: `type` tells list or set. */
export interface NewElementsExpression extends ExpressionBase {
  readonly kind: 'newElements';
  readonly created: TypeRefNode;
  readonly elements: readonly Expression[];
}

/** `new Map<K, V>{k => v}`. */
export interface NewMapExpression extends ExpressionBase {
  readonly kind: 'newMap';
  readonly created: TypeRefNode;
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

/** `(T) value`. `check`: `none` when it always succeeds, `type` when the value's class is checked, `number` when a number is converted. */
export interface CastExpression extends ExpressionBase {
  readonly kind: 'cast';
  readonly to: TypeRefNode;
  readonly value: Expression;
  check: 'none' | 'type' | 'number';
}

export interface InstanceOfExpression extends ExpressionBase {
  readonly kind: 'instanceOf';
  readonly value: Expression;
  readonly of: TypeRefNode;
}

/** `+x -x !x ~x`. For `-` the numeric kind is that of `type`. */
export interface UnaryExpression extends ExpressionBase {
  readonly kind: 'unary';
  readonly operator: '+' | '-' | '!' | '~';
  readonly operand: Expression;
}

/** `++x --x x++ x--`. */
export interface IncrementExpression extends ExpressionBase {
  readonly kind: 'increment';
  readonly operator: '++' | '--';
  readonly prefix: boolean;
  readonly operand: Expression;
}

/**
 * How an arithmetic operator computes. The operands carry the conversions into that kind.
 * - `integer`, `long`: wrap around at 32 and 64 bits; division truncates. Shifts and bit operators too.
 * - `concat`: both sides become text; null prints as `null`.
 * - `dateAddDays`, `datetimeAddDays`: left is Date or Datetime, right a number of days (Decimal allowed for Datetime). `timeAddMillis`: Time.
 * - `boolean`: `&`, `|`, `^` on Booleans, without short circuit.
 */
export type ArithmeticKind =
  | 'integer'
  | 'long'
  | 'double'
  | 'decimal'
  | 'concat'
  | 'dateAddDays'
  | 'datetimeAddDays'
  | 'timeAddMillis'
  | 'boolean'
  | 'unresolved';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '<<' | '>>' | '>>>' | '&' | '|' | '^';

export interface ArithmeticExpression extends ExpressionBase {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
  arithmetic: ArithmeticKind;
}

/**
 * How `==` and `!=` compare. `text`: Strings without letter case. `id`: Ids, or an Id with a String, by their 18 characters.
 * `number`: across numeric kinds by value. `value`: by equals(), for lists, sets, maps and rows by content, otherwise by identity;
 * also whenever a side's static type is Object. `identity`: `===`, `!==`.
 */
export type EqualityKind = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'value' | 'identity' | 'unresolved';

export interface EqualityExpression extends ExpressionBase {
  readonly kind: 'equality';
  /** `<>` is `!=`. */
  readonly operator: '==' | '!=' | '===' | '!==';
  readonly left: Expression;
  readonly right: Expression;
  equality: EqualityKind;
}

/** `<`, `<=`, `>`, `>=`. `text` compares Strings and Ids, `date` covers Date, Datetime and Time. */
export interface ComparisonExpression extends ExpressionBase {
  readonly kind: 'comparison';
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly left: Expression;
  readonly right: Expression;
  comparison: 'number' | 'text' | 'date' | 'boolean' | 'unresolved';
}

/** `&&`, `||`, with short circuit. */
export interface LogicalExpression extends ExpressionBase {
  readonly kind: 'logical';
  readonly operator: '&&' | '||';
  readonly left: Expression;
  readonly right: Expression;
}

/** `left ?? right`. */
export interface CoalesceExpression extends ExpressionBase {
  readonly kind: 'coalesce';
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression extends ExpressionBase {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

/** `=`: `arithmetic` is undefined. Compound: compute `target op value` in `arithmetic`, convert back to the target's type, store. */
export interface AssignExpression extends ExpressionBase {
  readonly kind: 'assign';
  readonly operator: ArithmeticOperator | undefined;
  /** A name, field or index expression that can be written. */
  readonly target: Expression;
  readonly value: Expression;
  arithmetic: ArithmeticKind | undefined;
}

export interface ThisExpression extends ExpressionBase {
  readonly kind: 'this';
}

/** `super`, only before a dot. */
export interface SuperExpression extends ExpressionBase {
  readonly kind: 'super';
}

/** `Foo.class`: a System.Type. `named` undefined: `void.class`. */
export interface TypeLiteralExpression extends ExpressionBase {
  readonly kind: 'typeLiteral';
  readonly named: TypeRefNode | undefined;
}

/** `[SELECT ...]`. Its type is a list of rows, or Integer for `SELECT COUNT()`. */
export interface SoqlExpression extends ExpressionBase {
  readonly kind: 'soql';
  readonly query: SoqlQuery;
}

/** `[FIND ...]`: List<List<SObject>>. */
export interface SoslExpression extends ExpressionBase {
  readonly kind: 'sosl';
  readonly query: SoslQuery;
}

/** Parentheses kept: `(a).b` is never a qualified name. */
export interface ParenthesizedExpression extends ExpressionBase {
  readonly kind: 'parenthesized';
  readonly inner: Expression;
}

export type Expression =
  | LiteralExpression
  | NameExpression
  | FieldExpression
  | IndexExpression
  | CallExpression
  | ConstructorCallExpression
  | NewExpression
  | NewArrayExpression
  | NewElementsExpression
  | NewMapExpression
  | CastExpression
  | InstanceOfExpression
  | UnaryExpression
  | IncrementExpression
  | ArithmeticExpression
  | EqualityExpression
  | ComparisonExpression
  | LogicalExpression
  | CoalesceExpression
  | ConditionalExpression
  | AssignExpression
  | ThisExpression
  | SuperExpression
  | TypeLiteralExpression
  | SoqlExpression
  | SoslExpression
  | ParenthesizedExpression;

/** What Apex, SOQL and formulas see as the type of a field's value. */
export type FieldValueType =
  | 'Id'
  | 'String'
  | 'Boolean'
  | 'Integer'
  | 'Long'
  | 'Double'
  | 'Decimal'
  | 'Date'
  | 'Datetime'
  | 'Time'
  | 'Blob'
  | 'Address'
  | 'Location';

/** A field of a standard object. */
export interface StandardField {
  /** API name in its official case: `Name`, `OwnerId`. */
  readonly name: string;
  readonly valueType: FieldValueType;
  /** Objects that a reference field may point to; empty for other fields. */
  readonly referenceTo: readonly string[];
  /** Name of the relationship in paths (`Owner` for `OwnerId`); undefined for other fields. */
  readonly relationshipName: string | undefined;
}

/** A relationship seen from its parent, as sub-queries name it: `Contacts` of Account. */
export interface ChildRelationship {
  readonly name: string;
  readonly object: string;
  readonly field: string;
}

/** An object that every org has, with the fields that every org has; custom fields come from metadata. */
export interface StandardObject {
  /** API name in its official case: `Account`. */
  readonly name: string;
  /** By lower-cased API name; includes system fields such as `Id` and `CreatedDate`. */
  readonly fields: ReadonlyMap<string, StandardField>;
  readonly childRelationships: readonly ChildRelationship[];
}

/** One input or output of an invocable method. */
export interface InvocableParameter {
  /**
   * Name as flows use it: the invocable variable's; for a method that takes a bare list of a simple type the method
   * parameter's, and `output` for one that returns it.
   */
  readonly name: string;
  /** Apex type of one element as written: `String`, `Id`, `List<String>`, `Account`. */
  readonly apexType: string;
  readonly required: boolean;
}

/** What a flow can know about a class with an `@InvocableMethod`. */
export interface InvocableAction {
  readonly className: string;
  readonly methodName: string;
  /** `callout=true`: the flow may commit and start a new transaction before it (PLATFORM 2.4, 3.2). */
  readonly callout: boolean;
  readonly inputs: readonly InvocableParameter[];
  readonly outputs: readonly InvocableParameter[];
}

/**
 * Everything that exists without being deployed, and how to read what deployed Apex offers. The checks take it as a
 * parameter, so that a small table can stand in for the platform's own in tests.
 */
export interface SymbolCatalog {
  /** Standard object by API name, any case; undefined for custom and unknown objects. */
  standardObject(name: string): StandardObject | undefined;
  /** Invocable method of an Apex class's source; undefined when the class has none or its source does not parse. */
  readInvocable(source: string): InvocableAction | undefined;
}

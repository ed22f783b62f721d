/** A value that names its own XML schema type, as the values of a custom metadata record do; `text: null` prints `xsi:nil`. */
export type TypedValue =
  | { readonly xsiType: 'xsd:string' | 'xsd:boolean' | 'xsd:double'; readonly text: string }
  | { readonly xsiType: 'nil' };

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What a member of a metadata type may hold in source: dates are text, lists are read-only, `any` is a typed value. */
export type SourceValue<T> =
  IsAny<T> extends true
    ? TypedValue
    : T extends Date
      ? string
      : T extends readonly (infer Element)[]
        ? readonly SourceValue<Element>[]
        : T extends object
          ? Source<T>
          : T;

type RequiredKeys<T> = {
  [Key in keyof T]-?: IsAny<T[Key]> extends true
    ? never
    : undefined extends T[Key]
      ? never
      : T[Key] extends readonly unknown[]
        ? never
        : Key;
}[keyof T];

/**
 * A metadata type of `@salesforce/types/metadata` as it stands in a source file. The package describes what the SOAP API
 * answers, where every list is present; in a file a list may be missing, and `undefined` means that an element is left out.
 */
export type Source<T> = { readonly [Key in RequiredKeys<T>]: SourceValue<T[Key]> } & {
  readonly [Key in Exclude<keyof T, RequiredKeys<T>>]?: SourceValue<Exclude<T[Key], undefined>> | undefined;
};

/** What the printer accepts; every `Source<T>` is one. */
export type XmlValue = string | number | boolean | undefined | XmlElement | readonly XmlValue[];

/** Child elements by name. Their order does not matter: the printer writes them as an org exports them. */
export type XmlElement = { readonly [name: string]: XmlValue };

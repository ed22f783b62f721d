/** Branded identifiers: a plain string cannot be passed where one of these is meant. */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Kebab-case name of an integration, unique in the project, also its file name: `account-sync`. At most 30 characters. */
export type IntegrationName = Brand<string, 'IntegrationName'>;

/** Salesforce API name derived from an integration's name: `AccountSync`. Letters and digits, at most 30 characters, so that suffixed names stay within the platform's 40. */
export type ApiName = Brand<string, 'ApiName'>;

/** API name of an sObject: `Account`, `Order__c`. */
export type ObjectName = Brand<string, 'ObjectName'>;

/** API name of a field, or a relationship path to one: `Phone`, `Owner.Email`. */
export type FieldPath = Brand<string, 'FieldPath'>;

/** Kebab-case name of an environment, also its file name: `production`. */
export type EnvironmentName = Brand<string, 'EnvironmentName'>;

/** A whole number of seconds. */
export type Seconds = Brand<number, 'Seconds'>;

/** A path below the project root with forward slashes: `config/integrations/account-sync.yaml`. */
export type ProjectPath = Brand<string, 'ProjectPath'>;

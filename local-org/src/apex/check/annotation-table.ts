/** Where an annotation may stand. */
export type AnnotationSite = 'class' | 'method' | 'field' | 'property' | 'constructor' | 'interface' | 'enum';

export interface AnnotationRule {
  /** The platform's spelling. */
  readonly name: string;
  /** Lower-cased names of its properties. */
  readonly properties: readonly string[];
  readonly required: readonly string[];
  readonly sites: readonly AnnotationSite[];
}

function rule(
  name: string,
  sites: readonly AnnotationSite[],
  properties: readonly string[] = [],
  required: readonly string[] = [],
): AnnotationRule {
  return { name, properties, required, sites };
}

const ANYWHERE: readonly AnnotationSite[] = [
  'class',
  'method',
  'field',
  'property',
  'constructor',
  'interface',
  'enum',
];

/** Annotations of Apex (Apex Developer Guide, "Annotations", API 66), by lower-cased name. */
export const ANNOTATIONS: ReadonlyMap<string, AnnotationRule> = new Map(
  [
    rule('AuraEnabled', ['method', 'field', 'property'], ['cacheable', 'continuation', 'scope']),
    rule('Deprecated', ANYWHERE),
    rule('Future', ['method'], ['callout', 'limits']),
    rule('HttpDelete', ['method']),
    rule('HttpGet', ['method']),
    rule('HttpPatch', ['method']),
    rule('HttpPost', ['method']),
    rule('HttpPut', ['method']),
    rule(
      'InvocableMethod',
      ['method'],
      [
        'label',
        'description',
        'category',
        'callout',
        'configurationeditor',
        'iconname',
        'capabilitytype',
        'isdiscoverable',
        'inputschema',
        'outputschema',
      ],
    ),
    rule(
      'InvocableVariable',
      ['field', 'property'],
      ['label', 'description', 'required', 'placeholdertext', 'defaultvalue', 'configurationeditor', 'iconname'],
    ),
    rule('IsTest', ['class', 'method'], ['seealldata', 'isparallel', 'oninstall', 'critical', 'testfor']),
    rule('IntegrationTest', ['class', 'method']),
    rule('JsonAccess', ['class'], ['serializable', 'deserializable']),
    rule('NamespaceAccessible', ANYWHERE),
    rule('NamespaceGuard', ANYWHERE, ['guardednamespaces']),
    rule('ReadOnly', ['method']),
    rule('RemoteAction', ['method']),
    rule('RestResource', ['class'], ['urlmapping'], ['urlMapping']),
    rule('SuppressWarnings', ANYWHERE, ['value']),
    rule('TestSetup', ['method']),
    rule('TestVisible', ANYWHERE),
  ].map((one) => [one.name.toLowerCase(), one]),
);

export { IllegalXmlCharacterError, escapeXml } from './escape.js';
export { doubleText, printMetadata } from './printer.js';
export type { Source, SourceValue, TypedValue, XmlElement, XmlValue } from './source-type.js';

import type { Component, Problem } from '../model/index.js';
import { metadataType, normalizeXml, parseXml, XmlError } from '../package/index.js';

/** Components whose XML is malformed and that no other check has reported: they must never get into the org. */
export function findMalformed(components: readonly Component[], reported: readonly Problem[]): readonly Problem[] {
  const known = new Set(reported.filter(({ severity }) => severity === 'Error').map(({ fileName }) => fileName));
  return components.flatMap((component) =>
    xmlFiles(component)
      .filter(({ fileName }) => !known.has(fileName))
      .flatMap(({ fileName, xml }) => malformed(component, fileName, xml)),
  );
}

function xmlFiles({
  type,
  fileName,
  content,
  metaXml,
}: Component): readonly { readonly fileName: string; readonly xml: string }[] {
  if (metaXml !== undefined) return [{ fileName: `${fileName}-meta.xml`, xml: metaXml }];
  return metadataType(type)?.content === 'xml' ? [{ fileName, xml: content }] : [];
}

function malformed({ type, fullName }: Component, fileName: string, xml: string): Problem[] {
  try {
    parseXml(normalizeXml(xml));
    return [];
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { line, column, message } = error;
    return [{ type, fullName, fileName, line, column, severity: 'Error', message: `Error parsing file: ${message}` }];
  }
}

import type { GeneratedFile } from '../../model/index.js';
import type { FilePlace } from '../metadata-file.js';
import { API_VERSION } from '../places.js';

const KINDS = {
  cls: { folder: 'classes', element: 'ApexClass' },
  trigger: { folder: 'triggers', element: 'ApexTrigger' },
} as const;

export type ApexKind = keyof typeof KINDS;

/** An Apex class or trigger with its metadata file. `source` is the whole text of the file, without the generated header. */
export function apexFiles(
  place: FilePlace,
  name: string,
  source: string,
  kind: ApexKind = 'cls',
): readonly GeneratedFile[] {
  const { folder, element } = KINDS[kind];
  const path = `${place.folder}/${folder}/${name}.${kind}`;
  return [
    { path, content: source, header: 'apex', origin: place.origin },
    { path: `${path}-meta.xml`, content: META[element], header: 'xml', origin: place.origin },
  ];
}

const META = { ApexClass: meta('ApexClass'), ApexTrigger: meta('ApexTrigger') } as const;

function meta(element: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${element} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    `    <apiVersion>${API_VERSION.toFixed(1)}</apiVersion>`,
    '    <status>Active</status>',
    `</${element}>`,
    '',
  ].join('\n');
}

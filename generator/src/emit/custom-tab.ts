import type { GeneratedFile } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import { CIRCUIT, QUEUE } from './objects/index.js';

/** Objects that operators open from a tab, with the style of its icon. */
export const TABS: readonly { readonly object: string; readonly motif: string; readonly description: string }[] = [
  { object: QUEUE.name, motif: 'Custom67: Gears', description: 'Deliveries that wait, run, succeeded or died.' },
  {
    object: CIRCUIT.name,
    motif: 'Custom9: Lightning',
    description: 'State of each integration: circuit, holds, retry budget.',
  },
];

export function emitTabs(place: FilePlace): GeneratedFile[] {
  return TABS.map(({ object, motif, description }) =>
    metadataFile(place, `tabs/${object}.tab-meta.xml`, 'CustomTab', { customObject: true, description, motif }),
  );
}

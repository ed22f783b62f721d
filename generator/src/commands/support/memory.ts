import { setFlagsFromString } from 'node:v8';

/**
 * Lets the memory for new objects reach its full size in two steps. What a short run with many objects makes mostly stays
 * until its end, and collecting a small memory over and over takes a tenth of such a run.
 */
export function expectManyObjects(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
}

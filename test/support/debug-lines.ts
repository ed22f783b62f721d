import type { TraceSink } from '../../local-org/src/apex/runtime/index.js';

/** Tells what `System.debug` writes, line by line, and asks for nothing else. */
export function debugLines(tell: (text: string) => void): TraceSink {
  return {
    begin: () => ({
      wants: (category) => category === 'ApexCode',
      note: ({ event, parts }) => {
        if (event === 'USER_DEBUG') tell(parts[1] ?? '');
      },
      code: undefined,
      end: () => undefined,
    }),
  };
}

import { expect } from 'chai';
import { persistently } from '../../../generator/src/files/index.js';

describe('files: renaming what another program looks at', () => {
  /** An action that fails so many times; counts how often it ran. */
  function failing(times: number, code: string): { readonly run: () => void; readonly calls: () => number } {
    let calls = 0;
    const run = (): void => {
      calls += 1;
      if (calls <= times) throw Object.assign(new Error('busy'), { code });
    };
    return { run, calls: () => calls };
  }

  it('tries again on Windows until it works', () => {
    const { run, calls } = failing(2, 'EPERM');
    persistently(run, 'win32');
    expect(calls()).to.equal(3);
  });

  it('gives up at once for another reason, and on other systems', () => {
    for (const [code, platform] of [
      ['ENOSPC', 'win32'],
      ['EPERM', 'linux'],
    ] as const) {
      const { run, calls } = failing(1, code);
      expect(() => persistently(run, platform)).to.throw('busy');
      expect(calls()).to.equal(1);
    }
  });
});

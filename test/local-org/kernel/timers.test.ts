import { expect } from 'chai';

import { OrgClock } from '../../../local-org/src/platform/clock/index.js';
import type { Timer } from '../../../local-org/src/platform/kernel/index.js';
import { MINUTE, orgOf, START } from './kit.js';

const timer = (key: string, minutes: number, more: Partial<Timer> = {}): Timer => ({
  kind: 'path',
  key,
  dueAt: START + minutes * MINUTE,
  payload: { key },
  ...more,
});

describe('timers', () => {
  it('go off in the order in which they are due, each at its time', async () => {
    const { kernel, clock } = orgOf([]);
    const seen: string[] = [];
    kernel.timers.handle('path', {
      handle: (timers) => {
        seen.push(`${timers.map(({ key }) => key).join(',')} at ${(clock.now() - START) / MINUTE}`);
        return Promise.resolve();
      },
    });
    kernel.timers.schedule(timer('late', 15));
    kernel.timers.schedule(timer('soon', 3));
    kernel.timers.schedule(timer('moved', 1));
    kernel.timers.schedule(timer('moved', 20));
    kernel.timers.schedule(timer('gone', 2));
    expect(kernel.timers.cancel('path', 'gone')).to.equal(true);
    expect(kernel.timers.cancel('path', 'gone')).to.equal(false);
    const advance = await kernel.advance(16 * MINUTE);
    expect(seen.splice(0)).to.deep.equal(['soon at 3', 'late at 15']);
    expect(advance).to.deep.equal({ from: START, to: START + 16 * MINUTE, tasks: 2 });
    await kernel.advance(4 * MINUTE);
    expect(seen).to.deep.equal(['moved at 20']);
  });

  it('of one group that are due together are handled together, as many as the handler takes', async () => {
    const { kernel } = orgOf([]);
    const seen: string[] = [];
    kernel.timers.handle('path', {
      batchSize: () => 2,
      handle: (timers) => {
        seen.push(timers.map(({ key }) => key).join(','));
        return Promise.resolve();
      },
    });
    for (const [key, group] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
      ['d', 'x'],
      ['e', 'y'],
    ] as const)
      kernel.timers.schedule(timer(key, 5, { group }));
    kernel.timers.schedule(timer('later', 6, { group: 'x' }));
    await kernel.advance(5 * MINUTE);
    expect(seen).to.deep.equal(['a,c', 'b,e', 'd']);
  });

  it('can set themselves again, as a heartbeat does', async () => {
    const { kernel, clock } = orgOf([]);
    let beats = 0;
    kernel.timers.handle('beat', {
      handle: ([first]) => {
        beats++;
        if (first !== undefined) kernel.timers.schedule({ ...first, dueAt: clock.now() + 15 * MINUTE });
        return Promise.resolve();
      },
    });
    kernel.timers.schedule(timer('heart', 15, { kind: 'beat' }));
    await kernel.advance(24 * 60 * MINUTE);
    expect(beats).to.equal(96);
  });

  it('wait for somebody to handle them, and errors of handlers are told', async () => {
    const { kernel, errors } = orgOf([]);
    kernel.timers.schedule(timer('a', 1));
    await kernel.advance(5 * MINUTE);
    kernel.timers.handle('path', { handle: () => Promise.reject(new Error('broken')) });
    await kernel.whenIdle();
    expect(errors).to.have.length(1);
    expect(kernel.timers.waiting('path')).to.deep.equal([]);
  });
});

describe('the clock of an org', () => {
  it('that is real goes with the machine and can be put ahead', () => {
    let wall = 1_000;
    const clock = new OrgClock('real', () => wall);
    wall += 500;
    expect(clock.now()).to.equal(1_500);
    clock.jumpTo(10_000);
    wall += 1;
    expect(clock.now()).to.equal(10_001);
    clock.jumpTo(5_000);
    expect(clock.now()).to.equal(10_001);
  });
});

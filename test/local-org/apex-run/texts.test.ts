import { expect } from 'chai';
import { run } from './run.js';

describe('the text of a value', () => {
  // github.com/jamessimone/apex-dml-mocking/issues/2: String.valueOf of a set of 30 Ids has ten of them, and three dots.
  it('shows the first ten elements of a collection', () => {
    const shown = run(
      `List<Integer> items = new List<Integer>(); Map<Integer, Integer> pairs = new Map<Integer, Integer>();
      for (Integer i = 0; i < 10; i++) { items.add(i); pairs.put(i, i); }
      System.debug('' + items + new Set<Integer>(items) + pairs);
      items.add(10); pairs.put(10, 10);
      System.debug(items);
      System.debug(String.valueOf(new Set<Integer>(items)));
      System.debug(pairs);`,
    );
    expect(shown).to.deep.equal([
      '(0, 1, 2, 3, 4, 5, 6, 7, 8, 9){0, 1, 2, 3, 4, 5, 6, 7, 8, 9}{0=0, 1=1, 2=2, 3=3, 4=4, 5=5, 6=6, 7=7, 8=8, 9=9}',
      '(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...)',
      '{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...}',
      '{0=0, 1=1, 2=2, 3=3, 4=4, 5=5, 6=6, 7=7, 8=8, 9=9, ...}',
    ]);
  });
});

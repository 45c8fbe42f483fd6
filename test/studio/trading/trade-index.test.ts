import { expect, test } from 'vitest';
import { TradeIndex } from '../../../src/studio/trading/trade-index.ts';
import type { TradeRow } from '../../../src/studio/trading/trade-rows.ts';
import { seeded } from '../../support/synthetic.ts';

test('the trades in sight are those that a look at all of them finds, whatever overlaps', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const rows = Array.from({ length: 80 }, (_, i) => {
      // In the order in which they closed, but for a bar's time that the parity mode may go back.
      const exit = i * 10 + Math.floor(random() * 12);
      const entryTime = exit - Math.floor(random() * (seed % 3 === 0 ? 600 : 30));
      return { key: `${i}`, symbol: i % 2, entryTime, exit: { time: exit, price: 1 } } as TradeRow;
    });
    const index = new TradeIndex();
    for (const row of rows) index.add(row);
    for (let n = 0; n < 20; n++) {
      const from = Math.floor(random() * 850) - 20;
      const to = from + Math.floor(random() * 90);
      const expected = rows.filter((row) => row.symbol === 1 && row.entryTime <= to && row.exit!.time >= from);
      expect(index.within(1, from, to), `seed ${seed}`).toEqual(expected);
    }
  }
  expect(new TradeIndex().within(3, 0, 1)).toEqual([]);
});

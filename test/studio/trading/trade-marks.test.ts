import { expect, test } from 'vitest';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { markNear, marksOf, type MarkFrame } from '../../../src/studio/trading/trade-marks.ts';
import type { TradeRow } from '../../../src/studio/trading/trade-rows.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { minute } from '../../../src/time/instant.ts';

const sessions = calendar('XNYS').sessions('2024-11-25', '2024-11-26');
const { open } = sessions[1]!;
const frame: MarkFrame = {
  axis: new SlotAxis(sessions, minute),
  span: { from: 390, to: 490 },
  plot: { x: 0, y: 0, width: 1_000, height: 400 },
  now: 489,
  y: (price) => 400 - price,
};
const row = (key: string, entry: number, exit: number | null, size = 1): TradeRow =>
  ({
    key,
    size,
    entryTime: open + entry * minute,
    entryPrice: 100,
    exit: exit === null ? null : { time: open + exit * minute, price: 120 },
  }) as TradeRow;

test('a trade stands in the middle of its slots, one that is open reaches to the latest bar', () => {
  const [closed, held] = marksOf([row('a', 3, 10), row('b', 20, null)], 130, frame);
  expect([closed!.entry, closed!.exit]).toEqual([
    { x: 35, y: 300 },
    { x: 105, y: 280 },
  ]);
  expect(held!.exit).toEqual({ x: 995, y: 270 });
});

test('of a crowd those that begin in the same pixels on the same side are one, but never the chosen one', () => {
  const rows = Array.from({ length: 400 }, (_, i) => row(`${i}`, i % 100, (i % 100) + 1, i < 200 ? 1 : -1));
  expect(marksOf(rows, NaN, frame).length).toBe(200);
  const marks = marksOf(rows, NaN, frame, '150');
  expect(marks.length).toBe(201);
  expect(marks.some((mark) => mark.row.key === '150')).toBe(true);
});

test('the mark under a point is that with the nearest end, and none where all are far', () => {
  const marks = marksOf([row('a', 3, 10), row('b', 12, 40)], NaN, frame);
  expect(markNear(marks, { x: 108, y: 282 }, 12)?.row.key).toBe('a');
  expect(markNear(marks, { x: 123, y: 298 }, 12)?.row.key).toBe('b');
  expect(markNear(marks, { x: 250, y: 290 }, 12)).toBeUndefined();
});

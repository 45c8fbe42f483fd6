import { describe, expect, test } from 'vitest';
import { mostAhead } from '../../src/memory/layout.ts';
import { Timeline, type Frame } from '../../src/memory/timeline.ts';
import { minute } from '../../src/time/instant.ts';
import { session, sessionOfMinutes } from '../support/market-session.ts';

/** All that a frame says but its place in the run, and where it finds bars. */
function facts({ session, grids, buckets, closing, own }: Frame) {
  const [base] = grids;
  const asked = [-1, 0, 1, minute, 7 * minute, 5 * 60 * minute, base!.ends.at(-1)! - session.open];
  return {
    grids: grids.map(({ slotAt, ...grid }) => ({ ...grid, places: asked.map((at) => slotAt(session.open + at)) })),
    buckets: buckets.map((table) => table && [table.first, table.end, table.bucketOf]),
    closing,
    own: own?.map((slots) => slots && { ...slots, grid: { ...slots.grid, slotAt: undefined } }),
  };
}

describe('a session whose hours another had is cut as if it were the first', () => {
  const days = {
    'XNYS, with an early close and a change of clocks': [
      'XNYS',
      '2024-11-01',
      '2024-11-04',
      '2024-11-29',
      '2024-12-02',
    ],
    'XTKS, with a lunch break, before and after the later close': ['XTKS', '2024-11-01', '2024-11-05', '2024-11-06'],
    'CMES, overnight': ['CMES', '2024-03-07', '2024-03-08', '2024-03-11', '2024-07-03', '2024-07-05'],
    '24/7': ['24/7', '2024-03-09', '2024-03-10', '2024-03-11'],
  } as const;
  for (const [name, [calendar, ...dates]] of Object.entries(days))
    test(name, () => {
      const sessions = dates.map((date) => session(date as never, calendar));
      const intervals = [1, 5, 7, 60, 24 * 60].map((minutes) => minutes * minute);
      const symbols = [minute, 5 * minute, minute];
      const together = new Timeline(sessions, intervals, symbols);
      for (const [i, each] of sessions.entries()) {
        const alone = new Timeline([each], intervals, symbols);
        expect(facts(together.frame(i))).toEqual(facts(alone.frame(0)));
      }
      expect(new Set(sessions.map((_, i) => together.frame(i).hours)).size).toBeLessThan(sessions.length);
    });
});

test('a session that plays is cut once, though those laid out ahead of it are cut meanwhile; long ones are not kept for ever', () => {
  const days = (minutes: number): Timeline =>
    new Timeline(
      Array.from({ length: 80 }, () => sessionOfMinutes(minutes)),
      [minute],
    );
  const short = days(390);
  const plays = short.frame(40);
  for (let k = 41; k <= 40 + mostAhead; k++) short.frame(k);
  expect(short.frame(40)).toBe(plays);
  const long = days(23 * 60 * 10);
  const first = long.frame(0);
  for (let k = 1; k <= 16; k++) long.frame(k);
  expect(long.frame(0)).not.toBe(first);
});

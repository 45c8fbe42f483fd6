import { expect, test } from 'vitest';
import { Timeline } from '../../src/memory/timeline.ts';
import { markTicks } from '../../src/session/tick.ts';
import { minute } from '../../src/time/instant.ts';
import { sessionOfMinutes } from '../support/market-session.ts';

function ticksOf(
  minutes: number,
  everySeconds: number,
  breaks: [number, number][] = [],
  barMs = minute,
  from = -Infinity,
): number[] {
  const timeline = new Timeline([sessionOfMinutes(minutes, ...breaks)], [barMs]);
  const frame = timeline.frame(0);
  const table = new Uint8Array(frame.grids[0]!.count);
  markTicks(table, 4, frame, everySeconds, from);
  return Array.from(table, (_, slot) => slot).filter((slot) => table[slot] === 4);
}

test.each<[string, number[], ReturnType<typeof ticksOf>]>([
  ['each minute', [0, 1, 2, 3, 4], ticksOf(5, 60)],
  ['more often than bars end: at each end', [0, 1, 2, 3, 4], ticksOf(5, 1)],
  ['each two minutes, and at the close', [1, 3, 4], ticksOf(5, 120)],
  ['each 90 seconds: at the first end at or after it', [1, 2, 4, 5, 6], ticksOf(7, 90)],
  ['each 150 seconds', [2, 4, 7, 9], ticksOf(10, 150)],
  ['more seldom than the session is long: at the close', [4], ticksOf(5, 86_400)],
  ['over a break: at the first end after it', [1, 3, 4, 6], ticksOf(10, 120, [[3, 6]])],
  ['a time inside a break is due once, after it', [1, 2], ticksOf(20, 120, [[2, 19]])],
  ['bars longer than the distance: at each end', [0, 1], ticksOf(10, 60, [], 5 * minute)],
  ['bars of 30 seconds, each minute', [1, 3, 5], ticksOf(3, 60, [], 30_000)],
  ['from a time on', [5, 7, 8], ticksOf(9, 120, [], minute, 5 * minute)],
])('what is done %s', (_, slots, found) => {
  expect(found).toEqual(slots);
});

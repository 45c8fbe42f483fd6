import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionGrid } from '../../src/time/grid.ts';
import { hour, minute } from '../../src/time/instant.ts';
import { session, sessionOfMinutes } from '../support/market-session.ts';

/** `from-to` of every slot, in minutes after the open. */
function slotsOf(minutes: number, interval: number, ...breaks: [number, number][]): string[] {
  const { starts, ends } = sessionGrid(sessionOfMinutes(minutes, ...breaks), interval * minute);
  return Array.from(starts, (start, slot) => `${start / minute}-${ends[slot]! / minute}`);
}

test('a regular session has 390 minutes, an early one 210', () => {
  const regular = sessionGrid(session('2013-10-07'), minute);
  expect(regular.count).toBe(390);
  expect(regular.interval).toBe(minute);
  expect(regular.starts[0]).toBe(Date.parse('2013-10-07T13:30:00Z'));
  expect(regular.ends[389]).toBe(Date.parse('2013-10-07T20:00:00Z'));
  expect(sessionGrid(session('2015-12-24'), minute).count).toBe(210);
});

test('the last slot of a session ends at the close', () => {
  expect(slotsOf(12, 5)).toEqual(['0-5', '5-10', '10-12']);
  expect(slotsOf(3, 5)).toEqual(['0-3']);
  const hours = sessionGrid(session('2013-10-07'), hour);
  expect(hours.count).toBe(7);
  expect(hours.ends[6]! - hours.starts[6]!).toBe(30 * minute);
});

test('slots are cut at a break and begin anew after it', () => {
  expect(slotsOf(20, 5, [7, 11])).toEqual(['0-5', '5-7', '11-16', '16-20']);
  expect(slotsOf(20, 5, [5, 8], [12, 15])).toEqual(['0-5', '8-12', '15-20']);
});

test('breaks at the open and at the close leave no empty slots', () => {
  expect(slotsOf(20, 5, [0, 10])).toEqual(['10-15', '15-20']);
  expect(slotsOf(20, 5, [10, 20])).toEqual(['0-5', '5-10']);
});

test('a slot is found by its start alone', () => {
  const { slotAt } = sessionGrid(sessionOfMinutes(20, [7, 11]), 5 * minute);
  const found = [-5, 0, 1, 5, 7, 10, 11, 15, 16, 20, 21].map((at) => [at, slotAt(at * minute)]);
  expect(Object.fromEntries(found)).toEqual({
    ...{ '-5': -1, 0: 0, 1: -1, 5: 1, 7: -1, 10: -1, 11: 2 },
    ...{ 15: -1, 16: 3, 20: -1, 21: -1 },
  });
  expect(slotAt(0.5)).toBe(-1);
  expect(slotAt(NaN)).toBe(-1);
});

test('slots cover the open time once, in order, and are found where they start', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 599 }), { maxLength: 8 });
  fc.assert(
    fc.property(cuts, fc.integer({ min: 1, max: 700 }), (cutMinutes, interval) => {
      const sorted = cutMinutes.sort((a, b) => a - b);
      const breaks: [number, number][] = [];
      for (let i = 0; i + 1 < sorted.length; i += 2) breaks.push([sorted[i]!, sorted[i + 1]!]);
      const shut = breaks.reduce((sum, [from, to]) => sum + to - from, 0);
      const grid = sessionGrid(sessionOfMinutes(600, ...breaks), interval * minute);
      let open = 0;
      for (let slot = 0; slot < grid.count; slot++) {
        const length = grid.ends[slot]! - grid.starts[slot]!;
        expect(length > 0 && length <= grid.interval).toBe(true);
        if (slot > 0) expect(grid.starts[slot]!).toBeGreaterThanOrEqual(grid.ends[slot - 1]!);
        expect(grid.slotAt(grid.starts[slot]!)).toBe(slot);
        open += length;
      }
      expect(open).toBe((600 - shut) * minute);
    }),
  );
});

import { describe, expect, it } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { coverageOf } from '../../src/quality/coverage.ts';
import { calendar } from '../../src/time/calendar.ts';
import { day, minute } from '../../src/time/instant.ts';
import { randomWalk } from '../support/synthetic.ts';
import { presenceOf } from './bars.ts';

const breathe = () => Promise.resolve();

function covered(intervalMs: number, ...symbols: BarColumns[]) {
  const presences = symbols.map(({ start, count }) => presenceOf(start.subarray(0, count), intervalMs));
  return coverageOf(calendar('XNYS'), presences, breathe);
}

describe('coverage', () => {
  it('counts the slots of the sessions that have a bar, an early close among them', async () => {
    const whole = randomWalk('2024-11-27', '2024-11-29', 1);
    expect(await covered(minute, whole)).toEqual({
      calendar: 'XNYS',
      sessions: 2,
      expected: 600,
      present: 600,
    });
    const thin = randomWalk('2024-11-27', '2024-11-29', 1, (_, slot) => slot % 10 !== 5);
    expect(await covered(minute, thin)).toMatchObject({ sessions: 2, expected: 600, present: 540 });
  });

  it('expects of each symbol the sessions between its first bar and its last', async () => {
    const early = randomWalk('2024-11-25', '2024-11-26', 1);
    const late = randomWalk('2024-11-26', '2024-11-27', 2, (start, slot) => slot % 2 === 0 || start < 0);
    expect(await covered(minute, early, late)).toEqual({
      calendar: 'XNYS',
      sessions: 3,
      expected: 4 * 390,
      present: 3 * 390,
    });
  });

  it('does not take a bar beside the slots, nor one outside the sessions, for one in a slot', async () => {
    const bars = randomWalk('2024-11-26', '2024-11-26', 1);
    bars.start[0]! -= minute;
    bars.start[7]! += 1_000;
    expect(await covered(minute, bars)).toMatchObject({ sessions: 1, expected: 390, present: 388 });
  });

  it('counts bars of a day by their dates', async () => {
    const start = Float64Array.from([25, 26, 29], (date) => Date.UTC(2024, 10, date));
    const bars = { ...randomWalk('2024-11-26', '2024-11-26', 1), start, count: 3 };
    expect(await covered(day, bars)).toMatchObject({ sessions: 4, expected: 4, present: 3 });
    expect(await covered(7 * day, bars)).toBeNull();
  });
});

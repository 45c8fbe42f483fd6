import { describe, expect, test } from 'vitest';
import type { PictureBars } from '../../../src/memory/picture.ts';
import type { OverlaySource } from '../../../src/studio/chart/overlays/overlay.ts';
import { exponentialAverage } from '../../../src/studio/chart/overlays/exponential-average.ts';
import { openingRange } from '../../../src/studio/chart/overlays/opening-range.ts';
import { previousSession } from '../../../src/studio/chart/overlays/previous-session.ts';
import { sessionVwap } from '../../../src/studio/chart/overlays/session-vwap.ts';
import { simpleAverage } from '../../../src/studio/chart/overlays/simple-average.ts';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { day, minute } from '../../../src/time/instant.ts';
import { seeded } from '../../support/synthetic.ts';

const sessions = calendar('XNYS').sessions('2024-11-26', '2024-12-02');

/** A walk over all slots of the sessions but those that `has` leaves out. */
function source(
  length: number,
  has: (session: number, slot: number) => boolean = () => true,
  more: Partial<OverlaySource> & { intervalMs?: number; since?: PictureBars['since'] } = {},
): OverlaySource {
  const { intervalMs = 5 * minute, since = { session: 0, slot: 0 } } = more;
  const axis = new SlotAxis(sessions, intervalMs);
  const random = seeded(11);
  const rows = sessions.flatMap((_, session) =>
    Array.from({ length: axis.offsets[session + 1]! - axis.offsets[session]! }, (_, slot) => ({
      session,
      slot,
      close: 100 + Math.floor(random() * 500) / 100,
      volume: Math.floor(random() * 1_000),
    })).filter(({ session, slot }) => has(session, slot)),
  );
  const column = (of: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, of);
  return {
    bars: {
      symbol: 0,
      interval: 0,
      count: rows.length,
      since,
      session: Int32Array.from(rows, ({ session }) => session),
      slot: Int32Array.from(rows, ({ slot }) => slot),
      start: column((row) => axis.start(row)),
      open: column(({ close }) => close),
      high: column(({ close, slot }) => close + (slot % 7) / 10),
      low: column(({ close, slot }) => close - (slot % 5) / 10),
      close: column(({ close }) => close),
      volume: column(({ volume }) => volume),
      provenance: new Uint8Array(rows.length),
    },
    axis,
    length,
    slotsPerBar: 1,
    ...more,
  };
}

/** Places of the bars of a session. */
function placesOf({ bars }: OverlaySource, session: number): number[] {
  return Array.from({ length: bars.count }, (_, i) => i).filter((i) => bars.session[i] === session);
}

describe('the simple average', () => {
  test('is the mean of the last closes, on into the session before, and nothing before there are as many', () => {
    const all = source(20);
    const { lines, missing } = simpleAverage(all);
    const { values } = lines[0]!;
    expect([...values.subarray(0, 19)].every(Number.isNaN)).toBe(true);
    for (let i = 19; i < all.bars.count; i++) {
      const mean = all.bars.close.subarray(i - 19, i + 1).reduce((sum, close) => sum + close) / 20;
      expect(values[i]).toBeCloseTo(mean, 9);
    }
    expect(missing.every((count) => count === 0)).toBe(true);
  });

  test('reaches further back over slots without a bar, and counts them as long as it takes them in', () => {
    const gappy = source(5, (session, slot) => session > 0 || (slot !== 10 && slot !== 11));
    const { lines, missing } = simpleAverage(gappy);
    // Slots 0 to 9 and 12: the bars at places 6 to 10.
    expect(lines[0]!.values[10]).toBeCloseTo(
      gappy.bars.close.subarray(6, 11).reduce((sum, close) => sum + close) / 5,
      9,
    );
    expect([...missing.subarray(8, 16)]).toEqual([0, 0, 2, 2, 2, 2, 0, 0]);
  });

  test('bars that are longer than those of the chart miss nothing where they follow each other', () => {
    const longer = source(3, (_, slot) => slot % 3 === 2, { slotsPerBar: 3 });
    expect(simpleAverage(longer).missing.every((count) => count === 0)).toBe(true);
    const gappy = source(3, (_, slot) => slot % 3 === 2 && slot !== 8, { slotsPerBar: 3 });
    expect(simpleAverage(gappy).missing[2]).toBe(1);
  });
});

test('the exponential average begins with a mean and moves by 2/(n + 1) of the distance to each close', () => {
  const all = source(10);
  const values = exponentialAverage(all).lines[0]!.values;
  expect([...values.subarray(0, 9)].every(Number.isNaN)).toBe(true);
  let average = all.bars.close.subarray(0, 10).reduce((sum, close) => sum + close) / 10;
  expect(values[9]).toBeCloseTo(average, 9);
  for (let i = 10; i < all.bars.count; i++) {
    average = all.bars.close[i]! * (2 / 11) + average * (9 / 11);
    expect(values[i]).toBeCloseTo(average, 9);
  }
});

describe('the volume-weighted average', () => {
  test('begins anew with each session', () => {
    const all = source(0, (session, slot) => session !== 1 || slot !== 4);
    const { lines, missing } = sessionVwap(all);
    for (const session of [0, 1, 2, 3]) {
      const places = placesOf(all, session);
      const upTo = places.slice(0, 30);
      const { high, low, close, volume } = all.bars;
      const turnover = upTo.reduce((sum, i) => sum + ((high[i]! + low[i]! + close[i]!) / 3) * volume[i]!, 0);
      const traded = upTo.reduce((sum, i) => sum + volume[i]!, 0);
      expect(lines[0]!.values[upTo.at(-1)!]).toBeCloseTo(turnover / traded, 9);
      expect(missing[places.at(-1)!]).toBe(session === 1 ? 1 : 0);
    }
  });

  test('has no value without volume, of bars of a day, and where the beginning of the session is not there', () => {
    const all = source(0);
    const silent = { ...all, bars: { ...all.bars, volume: new Float64Array(all.bars.count) } };
    expect(sessionVwap(silent).lines[0]!.values.every(Number.isNaN)).toBe(true);
    const cut = source(0, (session, slot) => session > 0 || slot >= 7, { since: { session: 0, slot: 7 } });
    const values = sessionVwap(cut).lines[0]!.values;
    expect(placesOf(cut, 0).every((i) => Number.isNaN(values[i]))).toBe(true);
    expect(placesOf(cut, 1).every((i) => !Number.isNaN(values[i]))).toBe(true);
    expect(sessionVwap(source(0, () => true, { intervalMs: day })).lines[0]!.values.every(Number.isNaN)).toBe(true);
  });
});

describe('the levels of the session before', () => {
  test('are its high, low and close, with what it misses; the first session has none', () => {
    const all = source(0, (session, slot) => session !== 1 || slot !== 3);
    const { lines, missing } = previousSession(all);
    const [high, low, close] = lines.map(({ values }) => values) as [Float64Array, Float64Array, Float64Array];
    expect(lines.map(({ name }) => name)).toEqual(['high', 'low', 'close']);
    expect(placesOf(all, 0).every((i) => Number.isNaN(high[i]))).toBe(true);
    for (const session of [1, 2, 3]) {
      const before = placesOf(all, session - 1);
      for (const i of placesOf(all, session)) {
        expect(high[i]).toBe(Math.max(...before.map((place) => all.bars.high[place]!)));
        expect(low[i]).toBe(Math.min(...before.map((place) => all.bars.low[place]!)));
        expect(close[i]).toBe(all.bars.close[before.at(-1)!]);
        expect(missing[i]).toBe(session === 2 ? 1 : 0);
      }
    }
  });

  test('are not told of a session of which only the end is there', () => {
    const cut = source(0, (session, slot) => session > 0 || slot >= 7, { since: { session: 0, slot: 7 } });
    const values = previousSession(cut).lines[0]!.values;
    expect(placesOf(cut, 1).every((i) => Number.isNaN(values[i]))).toBe(true);
    expect(placesOf(cut, 2).every((i) => !Number.isNaN(values[i]))).toBe(true);
  });
});

test('the opening range holds from its end on, of the minutes that are there', () => {
  const all = source(30, (session, slot) => session !== 2 || slot !== 2);
  const { lines, missing } = openingRange(all);
  for (const session of [0, 1, 2]) {
    const places = placesOf(all, session);
    const range = places.filter((i) => all.bars.slot[i]! < 6);
    const highest = Math.max(...range.map((i) => all.bars.high[i]!));
    for (const i of places) {
      const isAfter = all.bars.slot[i]! >= 6;
      expect(lines[0]!.values[i]).toBe(isAfter ? highest : NaN);
      expect(missing[i]).toBe(session === 2 ? 1 : 0);
    }
  }
  expect(openingRange(source(30, () => true, { intervalMs: 60 * minute })).lines[0]!.values.every(Number.isNaN)).toBe(
    true,
  );
});

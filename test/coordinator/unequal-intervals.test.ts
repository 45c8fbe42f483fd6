import { describe, expect, test } from 'vitest';
import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Cell } from '../../src/memory/layout.ts';
import { takePicture } from '../../src/memory/picture.ts';
import type { Bar, View } from '../../src/memory/view.ts';
import type { RunReport } from '../../src/session/report.ts';
import { hour, instant, minute } from '../../src/time/instant.ts';
import { session } from '../support/market-session.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { columnsOf, rowsOf, type Row } from '../support/walk.ts';

const date = '2024-11-29';
const { open } = session(date);
const minutes = 210;

/** Bars of so many minutes from the open on, each made of the minutes that it covers. */
function longer(rows: readonly Row[], of: number): Row[] {
  const bars: Row[] = [];
  for (let from = 0; from < minutes; from += of) {
    const [start, end] = [open + from * minute, open + (from + of) * minute];
    const parts = rows.filter(([at]) => at >= start && at < end);
    if (parts.length === 0) continue;
    bars.push([
      start,
      parts[0]![1],
      Math.max(...parts.map((row) => row[2])),
      Math.min(...parts.map((row) => row[3])),
      parts.at(-1)![4],
      parts.reduce((sum, row) => sum + row[5], 0),
    ]);
  }
  return bars;
}

const a = rowsOf(randomWalk(date, date, 1));
/** Bars of five minutes; the fourth is missing, and a source has it. */
const fives = longer(rowsOf(randomWalk(date, date, 2)), 5);
const b = fives.filter((_, i) => i !== 3);
/** Minutes that are played as quarters of an hour; a whole quarter is missing, and most of another one. */
const c = rowsOf(randomWalk(date, date, 3)).filter(([at]) => {
  const slot = (at - open) / minute;
  return !(slot >= 45 && slot < 60) && !(slot >= 91 && slot < 105);
});

async function play(
  each: (view: View) => void,
  changes: Parameters<typeof planOf>[1] = {},
): Promise<{ report: RunReport; intervals: string[] }> {
  const store = new MemoryStore();
  await storeDataset(store, 'minutes', { A: columnsOf(a), C: columnsOf(c) });
  await storeDataset(store, 'fives', { B: columnsOf(b) }, '5m', 5 * minute);
  await storeDataset(store, 'source', { B: columnsOf(fives) }, '5m', 5 * minute);
  const bars = (dataset: string, symbol: string, interval: string | null = null) => ({
    dataset,
    symbol,
    kind: 'bars' as const,
    interval,
  });
  const plan = await planOf(store, {
    data: {
      streams: [bars('minutes', 'A'), bars('fives', 'B'), bars('minutes', 'C', '15m')],
      fillFrom: ['source'],
    },
    history: { enabled: false },
    upkeep: { derivedIntervals: ['5m', '10m', '15m', '30m', '1d'] },
    ...changes,
  });
  const report = await playToEnd(plan, store, undefined, { instant: ({ view }) => each(view) });
  return { report, intervals: plan.intervals.map(({ text }) => text) };
}

const bar = ([start, o, h, l, close, volume]: Row, provenance: number): Bar => ({
  start: instant(start),
  open: o,
  high: h,
  low: l,
  close,
  volume,
  provenance,
});

describe('bars of a minute, of five and of fifteen together', () => {
  test('each is known when it ends, not before, with its own start', async () => {
    let wrong = 0;
    const out = barColumns(minutes);
    await play((view) => {
      const clock = view.block.cells[Cell.clock]!;
      const known = (rows: readonly Row[], of: number): number[] =>
        rows.filter(([start]) => start + of * minute <= clock).map(([start]) => start);
      const shown = [known(a, 1), known(fives, 5), known(longer(c, 15), 15)];
      shown.forEach((starts, symbol) => {
        const bars = view.lastBars(symbol, minutes).map((each) => each.start as number);
        const count = view.copyLast(symbol, minutes, out);
        const copied = Array.from(out.start.subarray(0, count));
        const latest = view.latestBar(symbol)?.start ?? NaN;
        const lastHour = clock - hour;
        const since = view.barsSince(symbol, instant(lastHour)).map((each) => each.start as number);
        if (
          bars.join() !== starts.join() ||
          copied.join() !== starts.join() ||
          !Object.is(latest, starts.at(-1) ?? NaN) ||
          view.barCount(symbol) !== starts.length ||
          since.join() !== starts.filter((start) => start >= lastHour).join()
        )
          wrong++;
      });
    });
    expect(wrong).toBe(0);
  });

  test('count and fill in their own slots alone', async () => {
    let gaps: number[] = [];
    let chart: number[] = [];
    const { report } = await play((view) => {
      if (view.slots < minutes) return;
      const picture = takePicture(view, { symbol: 1, interval: 0, logAfter: 0 })!;
      chart = Array.from(picture.bars.start);
      gaps = Array.from({ length: minutes }, (_, slot) => slot).filter(
        (slot) => picture.states[slot * 3 + 2] === Provenance.empty,
      );
      expect([...picture.expected]).toEqual([210, 42, 14]);
    });
    const [day] = report.sessions;
    expect(day!.symbols).toMatchObject({
      A: { expected: 210, streamed: 210, filled: 0, missing: 0 },
      B: { expected: 42, streamed: 41, filled: 1, missing: 0, recoverable: 1, fillAttempts: 1, quality: 100 },
      C: { expected: 14, streamed: 13, filled: 0, missing: 1, recoverable: 0 },
    });
    expect(report.totals).toMatchObject({ expected: 266, streamed: 264, filled: 1, missing: 1 });
    expect(chart).toEqual(fives.map(([start]) => start));
    // The quarter from 45 on lies in the last of its minutes.
    expect(gaps).toEqual([59]);
  });

  test('derive what they can be made into, whole when all of their own bars are there', async () => {
    const derived: Record<string, Bar[][]> = {};
    let intervals: string[] = [];
    const { report } = await play((view) => {
      if (view.slots < minutes) return;
      view.frame.grids.forEach((_, i) => (derived[i] = [0, 1, 2].map((symbol) => view.lastBars(symbol, minutes, i))));
    }).then((played) => {
      ({ intervals } = played);
      return played;
    });
    const at = (text: string, symbol: number): Bar[] => derived[intervals.indexOf(text)]![symbol]!;
    const whole = (row: Row): Bar => bar(row, Provenance.whole);
    expect(at('5m', 0)).toEqual(longer(a, 5).map(whole));
    expect(at('5m', 1)).toEqual(fives.map(whole));
    expect([at('5m', 2), at('10m', 2)]).toEqual([[], []]);
    expect(at('15m', 1)).toEqual(longer(fives, 15).map(whole));
    expect(at('15m', 2)).toEqual(longer(c, 15).map(whole));
    expect(at('30m', 2)).toEqual(
      longer(c, 30).map((row, i) => bar(row, i === 1 ? Provenance.incomplete : Provenance.whole)),
    );
    expect(at('1d', 1)).toEqual(longer(fives, minutes).map(whole));
    expect(report.sessions[0]!.derived['10m']).toMatchObject({ B: { bars: 21, incomplete: 0 }, C: { bars: 0 } });
  });

  test('have one fingerprint with faults at any chunk of time', async () => {
    const feed = { dropRate: 0.2, delayRate: 0.2, reorderRate: 0.2, duplicateRate: 0.1, corruptRate: 0.1 };
    const one = await play(() => undefined, { feed });
    const two = await play(() => undefined, { feed, replay: { speed: 600 } });
    expect(one.report.fingerprint).toBe(two.report.fingerprint);
    const { expected, streamed, filled, missing } = one.report.totals;
    expect([expected, streamed + filled + missing]).toEqual([266, 266]);
    expect(one.report.sessions[0]!.symbols.B).toMatchObject({ expected: 42, missing: 0 });
  });
});

describe('a symbol that starts late and ends early', () => {
  const from = (rows: BarColumns, keep: (start: number) => boolean): BarColumns =>
    columnsOf(rowsOf(rows).filter(([start]) => keep(start)));

  test('plays through: what it has not is missing, and times nothing out while others have data', async () => {
    const store = new MemoryStore();
    const span = ['2024-03-04', '2024-03-08'] as const;
    const [second, fourth] = [session('2024-03-05'), session('2024-03-07')];
    await storeDataset(store, 'feed', {
      A: randomWalk(...span, 1),
      B: from(randomWalk(...span, 2), (at) => at >= second.open + hour && at < fourth.open + hour),
    });
    const { sessions } = await playToEnd(await planOf(store, { history: { enabled: false } }), store);
    expect(sessions.map(({ symbols }) => [symbols.A!.streamed, symbols.B!.streamed, symbols.B!.missing])).toEqual([
      [390, 0, 390],
      [390, 330, 60],
      [390, 390, 0],
      [390, 60, 330],
      [390, 0, 390],
    ]);
    expect(sessions.flatMap(({ states }) => states.map(([state]) => state))).not.toContain('timed-out');
    expect(sessions[0]!.symbols.B).toMatchObject({ open: null, close: null, quality: 0 });
  });
});

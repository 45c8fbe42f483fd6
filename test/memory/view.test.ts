import { deepStrictEqual } from 'node:assert';
import { describe, expect, test } from 'vitest';
import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { columnOffset, createBlock } from '../../src/memory/block.ts';
import { Word } from '../../src/memory/layout.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import { View, type Bar } from '../../src/memory/view.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { calendar } from '../../src/time/calendar.ts';
import { instant, minute } from '../../src/time/instant.ts';
import { sessionOfMinutes } from '../support/market-session.ts';
import { configWith, planOf, seeded, storeDataset } from '../support/synthetic.ts';
import { TapeModel } from '../support/tape-model.ts';
import { walkOver } from '../support/walk.ts';

/** Five sessions around Thanksgiving 2024, the early close among them. */
const market = calendar('XNYS').sessions('2024-11-25', '2024-12-02');

interface Tape {
  readonly plan: RunPlan;
  readonly store: MemoryStore;
  readonly model: TapeModel;
}

/** Three symbols with gaps, two sources that fill some of them, two trailing sessions; on request a break at noon. */
async function randomTape(seed: number, checkIntervalSeconds: number, pause: boolean): Promise<Tape> {
  const random = seeded(seed);
  const gaps = [0.02, 0.3, 0.9];
  const walks = gaps.map((_, s) => seed * 10 + s);
  const feed = gaps.map((gap, s) => walkOver(market, walks[s]!, () => random() >= gap));
  const sources = [0.5, 0.8].map((has, i) =>
    walks.map((walk) => walkOver(market, walk + 100 * i, () => random() < has)),
  );
  const store = new MemoryStore();
  const named = (all: readonly BarColumns[]): Record<string, BarColumns> => ({ A: all[0]!, B: all[1]!, C: all[2]! });
  await storeDataset(store, 'feed', named(feed));
  await storeDataset(store, 'first', named(sources[0]!));
  await storeDataset(store, 'second', named(sources[1]!));
  const planned = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['first', 'second'], from: '2024-11-27' },
    upkeep: { checkIntervalSeconds, derivedIntervals: ['5m', '7m', '1h'] },
    history: { trailingDays: 2, intervals: ['1m', '1h'] },
    session: { end: '10:53' },
    replay: { speed: 'max' },
  });
  const noon = (open: number): { start: number; end: number } => ({
    start: open + 20 * minute,
    end: open + 32 * minute,
  });
  const plan = !pause
    ? planned
    : { ...planned, sessions: planned.sessions.map((s) => ({ ...s, breaks: [noon(s.open) as (typeof s.breaks)[0]] })) };
  return { plan, store, model: new TapeModel(plan, feed, sources) };
}

function barsIn(out: BarColumns): Omit<Bar, 'provenance'>[] {
  return Array.from({ length: out.count }, (_, i) => ({
    start: instant(out.start[i]!),
    open: out.open[i]!,
    high: out.high[i]!,
    low: out.low[i]!,
    close: out.close[i]!,
    volume: out.volume[i]!,
  }));
}

const values = (bars: readonly Bar[]): Omit<Bar, 'provenance'>[] =>
  bars.map(({ start, open, high, low, close, volume }) => ({ start, open, high, low, close, volume }));

const last = <T>(items: readonly T[], n: number): T[] => items.slice(Math.max(0, items.length - n));

describe('at every instant the view shows what the rows say, and nothing past the clock', () => {
  test.each([
    [1, 60, false],
    [2, 300, true],
    [3, 1_000, false],
    [4, 60, true],
  ])(
    'seed %i, a check each %i s, break %s',
    async (seed, checkIntervalSeconds, pause) => {
      const { plan, store, model } = await randomTape(seed, checkIntervalSeconds, pause);
      const random = seeded(seed + 1_000);
      const pick = (n: number): number => Math.floor(random() * n);
      const out = barColumns(3_000);
      const small = barColumns(9);
      const metrics = { open: 0, high: 0, low: 0, last: 0, volume: 0, bars: 0 };
      let instants = 0;

      await playToEnd(plan, store, undefined, {
        instant({ view }) {
          instants++;
          const { session, slots } = view;
          const s = pick(3);
          const interval = pick(plan.intervals.length);
          const now = model.bars(s, interval, session, slots);
          const all = model.across(s, interval, session, slots);
          const at = `seed ${seed}, session ${session}, slot ${slots}, symbol ${s}, interval ${interval}`;
          const clock = model.slots(session, 0)[slots - 1]!.end;
          deepStrictEqual(view.barCount(s, interval), now.length, at);

          deepStrictEqual(view.latestBar(s, interval), now.at(-1) ?? null, at);
          const place = view.latestAt(s, interval);
          deepStrictEqual(place < 0 ? undefined : view.block.slabs[interval]!.close[place], now.at(-1)?.close, at);
          const several = [2, s, 0];
          const latest = several.map((each) => model.bars(each, interval, session, slots).at(-1) ?? null);
          deepStrictEqual(view.latestBars(several, interval), latest, at);
          const places = new Int32Array(3);
          view.latestOf(several, places, interval);
          deepStrictEqual(
            [...places],
            several.map((each) => view.latestAt(each, interval)),
            at,
          );

          for (const n of [0, 1, 1 + pick(30), 2_500]) {
            deepStrictEqual(view.lastBars(s, n, interval), last(now, n), at);
            deepStrictEqual(view.copyLast(s, n, out, interval), Math.min(n, now.length), at);
            deepStrictEqual(barsIn(out), values(last(now, n)), at);
            const across = view.lastBarsAcross(s, n, interval);
            deepStrictEqual(across, last(all, n), at);
            if (across.length > 0 && across.at(-1)!.start >= clock) expect.fail(`${at}: a bar past the clock`);
            deepStrictEqual(view.copyLastAcross(s, n, out, interval), across.length, at);
            deepStrictEqual(barsIn(out), values(across), at);
          }

          const since = instant(clock - pick(90) * minute - pick(2) * 1_000);
          const recent = now.filter(({ start }) => start >= since);
          deepStrictEqual(view.barsSince(s, since, interval), recent, at);
          deepStrictEqual(view.copySince(s, since, out, interval), recent.length, at);
          deepStrictEqual(barsIn(out), values(recent), at);
          deepStrictEqual(view.copySince(s, since, small, interval), Math.min(9, recent.length), at);
          deepStrictEqual(barsIn(small), values(last(recent, 9)), at);

          const base = model.bars(s, 0, session, slots);
          const expected = {
            open: base[0]?.open ?? NaN,
            high: base.length > 0 ? Math.max(...base.map(({ high }) => high)) : NaN,
            low: base.length > 0 ? Math.min(...base.map(({ low }) => low)) : NaN,
            last: base.at(-1)?.close ?? NaN,
            volume: base.reduce((sum, { volume }) => sum + volume, 0),
            bars: base.length,
          };
          deepStrictEqual(view.metrics(s), expected, at);
          view.copyMetrics(s, metrics);
          deepStrictEqual(metrics, expected, at);
          const before = slots === 1 ? 0 : model.bars(s, 0, session, slots - 1).length;
          deepStrictEqual(view.block.barsUpdated[s], base.length > before ? 1 : 0, at);
        },
      });
      expect(instants).toBe(
        plan.sessions
          .slice(plan.firstPlayed)
          .reduce((sum, _, i) => sum + model.slots(plan.firstPlayed + i, 0).length, 0),
      );
    },
    30_000,
  );
});

describe('a view of a block that is laid out by hand', () => {
  const sessions = [sessionOfMinutes(10), sessionOfMinutes(10, [4, 6])];

  function openView(): View {
    const plan = {
      config: configWith({}),
      symbols: [{ name: 'A', dataset: '', symbol: 0 }],
      intervals: [
        { text: '1m', ms: minute, historySessions: 1 },
        { text: '3m', ms: 3 * minute, historySessions: 0 },
      ],
      sessions,
      records: [],
    } as unknown as RunPlan;
    const block = createBlock(shapeOf(plan), false);
    return new View(block, new Timeline(sessions, [minute, 3 * minute]));
  }

  test('what is staged or a candidate is not there, even below the clock', () => {
    const view = openView();
    const { block } = view;
    const base = block.slabs[0]!;
    const states = [2, 1, 16, 3, 200];
    states.forEach((state, slot) => {
      base.states[slot] = state;
      base.close[columnOffset(base, 1, 0, 0) + slot] = slot;
    });
    Atomics.store(block.words, Word.slots, 5);
    view.refresh();
    expect(view.lastBars(0, 9).map(({ close }) => close)).toEqual([0, 3]);
    expect(view.latestBar(0)!.close).toBe(3);
    expect([0, 1, 2, 3, 4].map((slot) => view.provenance(0, 0, 0, slot))).toEqual([2, 0, 0, 3, 0]);
  });

  test('states past the clock are not there, even when they say streamed', () => {
    const view = openView();
    const { block } = view;
    block.slabs[0]!.states.fill(2);
    block.slabs[1]!.states.fill(6);
    block.lastSlot[0] = 9;
    Atomics.store(block.words, Word.slots, 5);
    view.refresh();
    expect(view.lastBars(0, 99)).toHaveLength(5);
    expect(view.lastBars(0, 99, 1)).toHaveLength(1);
    expect(view.latestAt(0)).toBe(4);
    expect(view.provenance(0, 0, 0, 5)).toBe(0);
    expect(view.provenance(0, 1, 0, 1)).toBe(0);
  });

  test('before the first instant there is nothing', () => {
    const view = openView();
    view.block.slabs[0]!.states.fill(2);
    expect([view.latestAt(0), view.latestBar(0), view.lastBars(0, 5), view.visibleSlots(1)]).toEqual([-1, null, [], 0]);
  });

  test('a derived bar shows when its bucket ends, cut short at a break and at the close', () => {
    const view = openView();
    Atomics.store(view.block.words, Word.session, 1);
    const shown = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((slots) => {
      Atomics.store(view.block.words, Word.slots, slots);
      view.refresh();
      return view.visibleSlots(1);
    });
    expect(shown).toEqual([0, 0, 0, 1, 2, 2, 2, 3, 4]);
  });

  test('a clock past the session covers the session and no more', () => {
    const view = openView();
    Atomics.store(view.block.words, Word.slots, 99);
    view.refresh();
    expect(view.slots).toBe(10);
  });
});

describe('the timeline', () => {
  const sessions = [sessionOfMinutes(10), sessionOfMinutes(11, [4, 6]), sessionOfMinutes(7)];
  const timeline = new Timeline(sessions, [minute, 3 * minute]);

  test('counts the slots of all sessions, and the most of any, by interval', () => {
    expect(timeline.ticks).toBe(10 + 9 + 7);
    expect(timeline.mostSlots()).toEqual([10, 4]);
    expect([0, 1, 2].map((session) => timeline.frame(session).firstTick)).toEqual([0, 10, 19]);
  });

  test('says which bucket ends with a slot', () => {
    expect([...timeline.frame(1).closing[1]!]).toEqual([-1, -1, 0, 1, -1, -1, 2, -1, 3]);
  });

  test('has no other sessions', () => {
    expect(() => timeline.frame(3)).toThrow(new RangeError("session 3 is not one of the run's 3"));
  });

  test('gives each of many sessions its own frame, in whatever order they are asked for', () => {
    const many = Array.from({ length: 40 }, (_, i) => sessionOfMinutes(i + 1));
    const long = new Timeline(many, [minute]);
    for (const index of [0, 16, 32, 0, 39, 23, 7]) expect(long.frame(index).grids[0]!.count).toBe(index + 1);
  });
});

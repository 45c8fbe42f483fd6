import { describe, expect, it } from 'vitest';
import { barColumns, type BarColumns } from '../../../src/bars/columns.ts';
import { entriesOf } from '../../../src/intake/entry-pages.ts';
import type { Flag, FlagKind } from '../../../src/intake/flag.ts';
import { Flagger } from '../../../src/intake/flags/flagger.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { day, hour, minute } from '../../../src/time/instant.ts';

type Bar = readonly [start: number, open: number, high: number, low: number, close: number, volume: number];

function columnsOf(bars: readonly Bar[]): BarColumns {
  const columns = barColumns(bars.length);
  bars.forEach(([start, open, high, low, close, volume], i) => {
    columns.start[i] = start;
    columns.open[i] = open;
    columns.high[i] = high;
    columns.low[i] = low;
    columns.close[i] = close;
    columns.volume[i] = volume;
  });
  columns.count = bars.length;
  return columns;
}

/** The flags of bars that come in pieces of so many. */
function flagsOf(bars: readonly Bar[], intervalMs: number, market: string | null = null, piece = bars.length): Flag[] {
  const flagger = new Flagger(intervalMs, market === null ? null : calendar(market));
  const symbol = flagger.symbol('SPY');
  for (let at = 0; at < bars.length; at += piece) symbol.add(columnsOf(bars.slice(at, at + piece)));
  symbol.end();
  const flags = flagger.pages.take(true).flatMap((page) => entriesOf<Flag>(page));
  const counts = flags.reduce<Partial<Record<FlagKind, number>>>(
    (all, { kind }) => ({ ...all, [kind]: (all[kind] ?? 0) + 1 }),
    {},
  );
  expect(flagger.counts).toEqual(counts);
  return flags;
}

const open = Date.UTC(2024, 10, 25, 14, 30);

/** Bars of a quiet market with prices around 100, changed at places. */
function quiet(
  count: number,
  change: Readonly<Record<number, Partial<Record<1 | 2 | 3 | 4 | 5, number>>>> = {},
): Bar[] {
  return Array.from({ length: count }, (_, i) => {
    const price = 100 + (i % 7) / 10;
    const bar: number[] = [open + i * minute, price, price + 0.2, price - 0.2, price + 0.1, 500 + i];
    for (const [at, value] of Object.entries(change[i] ?? {})) bar[Number(at)] = value;
    return bar as unknown as Bar;
  });
}

/** The bar with all its prices times a factor. */
function times([start, o, h, l, c, v]: Bar, factor: number): Bar {
  return [start, o * factor, h * factor, l * factor, c * factor, v];
}

const kinds = (flags: readonly Flag[]): FlagKind[] => flags.map(({ kind }) => kind);

it('finds nothing in a quiet market', () => {
  expect(flagsOf(quiet(390), minute, 'XNYS')).toEqual([]);
});

describe('a price off by a factor', () => {
  it.each([10, 100, 1_000, 1 / 10, 1 / 100, 1 / 1_000])('of %d is told with the bars that it is off for', (factor) => {
    for (const length of [1, 3, 30]) {
      const bars = quiet(100).map((bar, i) => (i >= 40 && i < 40 + length ? times(bar, factor) : bar));
      expect(flagsOf(bars, minute)).toMatchObject([
        { kind: 'price off by a factor', start: open + 40 * minute, end: open + (39 + length) * minute },
      ]);
    }
  });

  it('is told of the one price of a bar', () => {
    expect(flagsOf(quiet(20, { 5: { 2: 1_004 } }), minute)).toMatchObject([
      { start: open + 5 * minute, end: open + 5 * minute, detail: expect.stringContaining('high 1004 is about 10 ×') },
    ]);
    expect(flagsOf(quiet(20, { 5: { 3: 1.01 } }), minute)[0]!.detail).toContain('low 1.01 is about 1/100 of');
  });

  it('that stays is told once, as a change of level', () => {
    const bars = quiet(200).map((bar, i) => (i >= 100 ? times(bar, 100) : bar));
    const flags = flagsOf(bars, minute);
    expect(kinds(flags)).toEqual(['price off by a factor']);
    expect(flags[0]!.detail).toContain('about 100 × it, and stays there for more than 30 bars');
  });

  it('of 5 is none', () => {
    expect(
      flagsOf(
        quiet(100).map((bar, i) => (i === 50 ? times(bar, 5) : bar)),
        minute,
      ),
    ).toEqual([]);
  });
});

describe('a split-like jump', () => {
  const overNight = (ratio: number): Bar[] => [
    ...quiet(100),
    ...quiet(100).map((bar): Bar => {
      const [start, ...rest] = times(bar, ratio);
      return [start + day, ...rest];
    }),
  ];

  it.each([
    [1 / 2, '1/2', 'a split 2 for 1'],
    [2 / 3, '2/3', 'a split 3 for 2'],
    [1 / 4, '1/4', 'a split 4 for 1'],
    [20, '20/1', 'a split 1 for 20'],
  ])('to %d of the close before is told where a session begins', (ratio, part, words) => {
    const [flag, ...others] = flagsOf(overNight(ratio), minute);
    expect(flag).toMatchObject({ kind: 'split-like jump', start: open + day });
    expect(flag!.detail).toContain(`within 3 % of ${part} of it, as after ${words}`);
    expect(others).toEqual([]);
  });

  it('of ten is one too, as the price stays', () => {
    expect(flagsOf(overNight(1 / 10), minute)).toMatchObject([{ kind: 'split-like jump', start: open + day }]);
  });

  it('within a session, and one to no simple part, is none', () => {
    expect(
      flagsOf(
        quiet(100).map((bar, i) => (i >= 50 ? times(bar, 0.5) : bar)),
        minute,
      ),
    ).toEqual([]);
    expect(flagsOf(overNight(0.6), minute)).toEqual([]);
  });

  it('of bars of a day is looked for between all of them', () => {
    const days = quiet(60).map(([, ...rest], i): Bar => times([open + i * day, ...rest], i >= 30 ? 1 / 3 : 1));
    expect(kinds(flagsOf(days, day))).toEqual(['split-like jump']);
  });
});

describe('runs', () => {
  it('of one price are told from 30 bars on, and from 5 of days', () => {
    const flat = (length: number, step: number) =>
      quiet(200).map(([, ...bar], i): Bar => {
        const at = open + i * step;
        return i >= 50 && i <= 50 + length ? [at, 101, 101, 101, 101, 9] : [at, ...bar];
      });
    expect(flagsOf(flat(29, minute), minute)).toEqual([]);
    expect(flagsOf(flat(30, minute), minute)).toMatchObject([
      { kind: 'stale price', start: open + 51 * minute, end: open + 80 * minute },
    ]);
    expect(flagsOf(flat(4, day), day)).toEqual([]);
    expect(kinds(flagsOf(flat(5, day), day))).toEqual(['stale price']);
  });

  it('without volume are told where other bars have some', () => {
    const silent = (from: number, to: number) =>
      quiet(200).map(([start, o, h, l, c, v], i): Bar => [start, o, h, l, c, i >= from && i < to ? 0 : v]);
    expect(flagsOf(silent(50, 79), minute)).toEqual([]);
    for (const [from, to] of [
      [50, 80],
      [0, 30],
      [170, 200],
    ] as const)
      expect(flagsOf(silent(from, to), minute)).toMatchObject([
        { kind: 'no volume', start: open + from * minute, end: open + (to - 1) * minute },
      ]);
    expect(flagsOf(silent(0, 200), minute)).toEqual([]);
  });
});

describe('bars off the grid', () => {
  it('are told in runs: not on the minute, and two in a slot', () => {
    const bars = quiet(20).map(([start, ...rest], i): Bar => [i === 5 || i === 6 ? start + 7_000 : start, ...rest]);
    // The bar after them begins before the one ahead of it has ended.
    expect(flagsOf(bars, minute)).toMatchObject([
      { kind: 'off the grid', start: open + 5 * minute + 7_000, end: open + 7 * minute },
    ]);
  });

  it('are told by the market: hours on the hour where it opens at half past', () => {
    const hours = quiet(6).map(([, ...rest], i): Bar => [open + 30 * minute + i * hour, ...rest]);
    expect(flagsOf(hours, hour, 'XNYS')).toMatchObject([{ kind: 'off the grid', start: open + 30 * minute }]);
    expect(flagsOf(hours, hour)).toEqual([]);
    expect(
      flagsOf(
        quiet(6).map(([, ...rest], i): Bar => [open + i * hour, ...rest]),
        hour,
        'XNYS',
      ),
    ).toEqual([]);
  });
});

describe('against a calendar', () => {
  const shifted = (ms: number) => quiet(390).map(([start, ...rest]): Bar => [start + ms, ...rest]);

  it('bars outside all sessions are counted, those in extended hours are not among them', () => {
    expect(flagsOf(shifted(-hour), minute, 'XNYS')).toEqual([]);
    const [outside] = flagsOf([...quiet(10), ...shifted(5 * day).slice(0, 7)], minute, 'XNYS');
    expect(outside).toMatchObject({
      kind: 'outside all sessions',
      start: open + 5 * day,
      end: open + 5 * day + 6 * minute,
    });
    expect(outside!.detail).toContain('7 of 17 bars are outside all sessions of XNYS, extended hours included');
  });

  it('bars of a day on which there is no session are told', () => {
    const days = quiet(7).map(([, ...rest], i): Bar => [Date.UTC(2024, 10, 25) + i * day, ...rest]);
    expect(flagsOf(days, day, 'XNYS')[0]!.detail).toContain('3 of 7 bars are outside');
  });

  it.each([-5, 5, 9.5, -11])('times that are %d h off look like a wrong zone', (hours) => {
    const flag = flagsOf(shifted(hours * hour), minute, 'XNYS').find(({ kind }) => kind === 'wrong zone');
    expect(flag!.detail).toContain(
      `100 % would be if their times were ${Math.abs(hours)} h ${hours > 0 ? 'earlier' : 'later'}: is their zone right?`,
    );
  });

  it('a market that is open day and night looks like none', () => {
    const always = quiet(3 * 1_440);
    expect(kinds(flagsOf(always, minute, 'XNYS'))).toEqual(['outside all sessions']);
    expect(flagsOf(always, minute, '24/7')).toEqual([]);
  });
});

it('finds signs of a wrong unit', () => {
  expect(
    kinds(
      flagsOf(
        quiet(390)
          .map((bar) => times(bar, 10_000))
          .map((bar) => bar.map((v) => Math.round(v)) as unknown as Bar),
        minute,
      ),
    ),
  ).toEqual(['wrong unit']);
  const early = quiet(200).map(([start, ...rest]): Bar => [Math.round(start / 1_000 / minute) * minute, ...rest]);
  expect(kinds(flagsOf(early, minute))).toContain('wrong unit');
});

it('finds the same however the bars are cut into pieces', () => {
  const bars = quiet(400).map((bar, i) =>
    i % 90 === 60 ? times(bar, 100) : i > 300 && i < 340 ? times(bar, 0.1) : bar,
  );
  const whole = flagsOf(bars, minute, 'XNYS');
  expect(whole.length).toBeGreaterThan(3);
  for (const piece of [1, 7, 61]) expect(flagsOf(bars, minute, 'XNYS', piece)).toEqual(whole);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeftOut } from '../../src/intake/audit.ts';
import { Collector } from '../../src/intake/collector.ts';
import { entriesOf } from '../../src/intake/entry-pages.ts';
import { timeOrder } from '../../src/intake/time-order.ts';
import { barsOf, breathe, countsOf, csv, decided, file, imported, startsOf, type Imported } from './files.ts';

const at = (time: string, value = 1) => `2013-10-07T${time}Z,${value},${value},${value},${value},${value}`;
const at1 = (minute: number, value = 1) => at(`13:${String(minute).padStart(2, '0')}:00`, value);
const closes = (result: Awaited<ReturnType<typeof imported>>) => barsOf(result).map((bar) => bar[4]);

describe('bars of one file', () => {
  it('are sorted, and those that came late are counted', async () => {
    const result = await imported([file('A.csv', csv(at1(30), at1(33), at1(31), at1(32), at1(34)))]);
    expect(startsOf(result).map((start) => start.slice(14, 16))).toEqual(['30', '31', '32', '33', '34']);
    expect(countsOf(result.audits[0]!)).toEqual({ records: 6, accepted: 5, headers: 1, outOfOrder: 2 });
  });

  it('with the newest first are turned round', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => at1(59 - i, i + 1));
    const result = await imported([file('A.csv', csv(...lines))]);
    expect(closes(result)).toEqual(Array.from({ length: 60 }, (_, i) => 60 - i));
    expect(result.audits[0]!.outOfOrder).toBe(59);
  });

  it('that come again and are equal count as duplicates', async () => {
    const result = await imported([file('A.csv', csv(at1(30), at1(30), at1(31), at1(30)))]);
    expect(countsOf(result.audits[0]!)).toEqual({ records: 5, accepted: 2, duplicates: 2, headers: 1, outOfOrder: 1 });
  });

  it('that come again with other values are won by the last', async () => {
    const result = await imported([file('A.csv', csv(at1(30, 1), at1(31, 9), at1(30, 2), at1(30, 3)))]);
    expect(closes(result)).toEqual([3, 9]);
    expect(countsOf(result.audits[0]!)).toEqual({ records: 5, accepted: 2, conflicts: 2, headers: 1, outOfOrder: 2 });
  });

  it('may go there and back: each change of the values is a conflict', async () => {
    const result = await imported([file('A.csv', csv(at1(30, 1), at1(30, 2), at1(30, 1), at1(30, 1)))]);
    expect(closes(result)).toEqual([1]);
    expect(countsOf(result.audits[0]!)).toEqual({ records: 5, accepted: 1, duplicates: 1, conflicts: 2, headers: 1 });
  });
});

describe('bars of one time with different values', () => {
  const lines = [at1(30, 1), at1(30, 2), at1(30, 1), at1(31, 9), at1(31, 9), at1(29, 5)];
  const texts = [csv(...lines), csv(at1(29, 6), at1(32, 7))];

  it.each([
    ['last', [6, 1, 9, 7], [[2, 3, 7], []]],
    ['first', [5, 1, 9, 7], [[3], [2]]],
    ['reject', [9, 7], [[2, 3, 7], [2]]],
  ] as const)(
    'by the rule "%s" leave each of the others listed with its line and both values',
    async (rule, taken, lost) => {
      const collector = new Collector(null, rule);
      const files = texts.map((text, i) => file(`${i}.csv`, text));
      const result = await imported(files, { symbol: 'SPY' }, collector);
      expect(closes(result)).toEqual(taken);
      const left = collector.leftOut.take(true).flatMap((page) => entriesOf<LeftOut>(page));
      expect(left.every(({ kind }) => kind === 'conflict')).toBe(true);
      const byFile = lost.map((_, f) => left.filter((each) => each.file === f).map(({ line }) => line));
      expect(byFile.map((each) => each.toSorted((a, b) => a! - b!))).toEqual(lost);
      expect(result.audits.map(({ conflicts }) => conflicts)).toEqual(lost.map(({ length }) => length));
      const other = rule === 'first' ? 2 : 3;
      const fate = rule === 'reject' ? 'so that neither was taken' : `which was taken as the ${rule} one`;
      const [loser, winner] = rule === 'first' ? [2, 1] : [1, 2];
      expect(left).toContainEqual({
        file: 0,
        line: rule === 'first' ? 3 : 2,
        kind: 'conflict',
        reason: `SPY at 2013-10-07T13:30:00Z has other values in line ${other} of 0.csv (${values(winner)}), ${fate}`,
        text: values(loser),
      });
    },
  );

  const values = (each: number) => `open ${each} high ${each} low ${each} close ${each} volume ${each}`;

  it('leave no bar at all where none is taken', async () => {
    const text = csv(at1(30, 1), at1(30, 2));
    await expect(imported([file('A.csv', text)], { conflicts: 'reject' })).rejects.toThrow(
      'There are no bars in these files',
    );
  });
});

describe('bars of several files', () => {
  it('are put together, whichever comes first, and none is out of order for that', async () => {
    const files = [file('SPY 2.csv', csv(at1(32), at1(33))), file('SPY 1.csv', csv(at1(30), at1(31)))];
    const result = await imported(files, { symbol: 'SPY' });
    expect(startsOf(result).map((start) => start.slice(14, 16))).toEqual(['30', '31', '32', '33']);
    expect(result.audits.map(countsOf)).toEqual([
      { records: 3, accepted: 2, headers: 1 },
      { records: 3, accepted: 2, headers: 1 },
    ]);
  });

  it('count where they were lost: a duplicate in the later file, a conflict in the earlier', async () => {
    const files = [file('1.csv', csv(at1(30), at1(31, 1), at1(32))), file('2.csv', csv(at1(30), at1(31, 2), at1(33)))];
    const result = await imported(files, { symbol: 'SPY' });
    expect(closes(result)).toEqual([1, 2, 1, 1]);
    expect(result.audits.map(countsOf)).toEqual([
      { records: 4, accepted: 2, conflicts: 1, headers: 1 },
      { records: 4, accepted: 2, duplicates: 1, headers: 1 },
    ]);
  });

  it('may all be duplicates of the first', async () => {
    const files = [file('1.csv', csv(at1(30))), file('2.csv', csv(at1(30)))];
    const { audits, bars } = await imported(files, { symbol: 'SPY' });
    expect([bars, audits[1]!.accepted, audits[1]!.duplicates]).toEqual([1, 0, 1]);
  });

  it('are a symbol each, in the order of their names', async () => {
    const { symbols, bars } = await imported([file('b.csv', csv(at1(30))), file('B.csv', csv(at1(30), at1(31)))]);
    expect(symbols.map(({ name, columns }) => [name, columns.count])).toEqual([
      ['B', 2],
      ['b', 1],
    ]);
    expect(bars).toBe(3);
  });
});

describe('symbols of one import', () => {
  const day = Date.UTC(2013, 9, 7, 13, 30);
  const everyMs = (ms: number, count: number) => Array.from({ length: count }, (_, i) => day + i * ms);
  const barLines = (starts: readonly number[]) => starts.map((start) => `${new Date(start).toISOString()},1,1,1,1,1`);
  const together = async (symbols: Record<string, readonly number[]>) =>
    imported(Object.entries(symbols).map(([name, starts]) => file(`${name}.csv`, csv(...barLines(starts)))));
  /** Minutes of which each has a bar by chance. */
  const thin = (seed: number, count: number, part: number): number[] => {
    const starts: number[] = [];
    for (let i = 0, state = seed; starts.length < count; i++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      if (state / 0x80000000 < part) starts.push(day + i * 60_000);
    }
    return starts;
  };

  /** What each interval has: its symbols, and how many bars. */
  const apart = ({ interval, symbols, bars, others }: Imported) =>
    [{ interval, symbols, bars }, ...others].map((each) => [
      ...[each.interval, each.symbols.map(({ name }) => name).join(' '), each.bars],
    ]);

  it.each([
    [100, 78],
    [2_000, 21],
    [15, 78],
    [30, 5_000],
  ])('with %i bars of a minute and %i of five are apart: the longer ones would be known early', async (ones, fives) => {
    const symbols = { A: everyMs(60_000, ones), B5: everyMs(300_000, fives) };
    expect(apart(await together(symbols))).toEqual([
      ['1m', 'A', ones],
      ['5m', 'B5', fives],
    ]);
    // Of what comes first the dataset is that of the files.
    const turned = await together({ B5: symbols.B5, A: symbols.A });
    expect(apart(turned)).toEqual([
      ['5m', 'B5', fives],
      ['1m', 'A', ones],
    ]);
    expect(turned.others[0]!.sha256).toBe((await together({ A: symbols.A })).sha256);
    expect(turned.sha256).toBe((await together({ B5: symbols.B5 })).sha256);
  });

  it('are apart when a column says them too, and decisions say where all of them are', async () => {
    const every = { H: 3_600_000, W: 900_000, A: 60_000, B: 60_000, C: 60_000, D: 60_000, few: 1_800_000, one: 60_000 };
    const counts: Record<string, number> = { few: 4, one: 1 };
    const lines = Object.entries(every).flatMap(([symbol, ms]) =>
      barLines(everyMs(ms, counts[symbol] ?? 60)).map((line) => `${symbol},${line}`),
    );
    const text = ['symbol,timestamp,open,high,low,close,volume', ...lines, 'A,never,1,1,1,1,1', ''].join('\n');
    const result = await imported([file('all.csv', text)]);
    expect(apart(result)).toEqual([
      ['1h', 'H', 60],
      ['1m', 'A B C D one', 241],
      ['15m', 'W few', 64],
    ]);
    const { audits } = result;
    expect(decided(audits[0]!, 'intervals apart')).toBe(
      'bars: 241 of 1m (A, B, C and 2 more), 64 of 15m (W, few), 60 of 1h (H)',
    );
    expect(countsOf(audits[0]!)).toEqual({ records: 367, accepted: 365, rejected: 1, headers: 1 });
    const intervals = [result, ...result.others].map((each) =>
      each.audits[0]!.decisions.find(({ name }) => name === 'interval'),
    );
    expect(intervals.map((each) => [each!.value, each!.guess])).toEqual([
      ['1h', false],
      ['1m', true],
      ['15m', true],
    ]);
  });

  it('are apart when only a thin one has the shorter interval', async () => {
    const symbols = { A: thin(5, 25, 0.15), B5: everyMs(300_000, 78) };
    expect(apart(await together(symbols))).toEqual([
      ['1m', 'A', 25],
      ['5m', 'B5', 78],
    ]);
  });

  it('have the interval that was chosen for them, all of them', async () => {
    const symbols = { A: everyMs(60_000, 100), B5: everyMs(300_000, 78) };
    const files = Object.entries(symbols).map(([name, starts]) => file(`${name}.csv`, csv(...barLines(starts))));
    expect(apart(await imported(files, { interval: '1m' }))).toEqual([['1m', 'A B5', 178]]);
  });

  it('that are traded thinly have the interval of the others', async () => {
    const seeds = Array.from({ length: 300 }, (_, i) => i + 1);
    const symbols = Object.fromEntries(
      seeds.map((seed) => [`S${seed}`, thin(seed, 5 + (seed % 40), 0.5 / (1 + (seed % 17)))]),
    );
    expect((await together({ ...symbols, A: everyMs(60_000, 390) })).interval).toBe('1m');
    expect((await together({ A: everyMs(60_000, 390), C: [day, day + 300_000, day + 600_000] })).interval).toBe('1m');
    expect((await together({ A: everyMs(60_000, 390), C: everyMs(120_000, 30) })).interval).toBe('1m');
    expect(apart(await together({ A: everyMs(60_000, 390), C: everyMs(120_000, 60) }))).toEqual([
      ['1m', 'A', 390],
      ['2m', 'C', 60],
    ]);
  });

  it('that tell nothing themselves follow the one that does', async () => {
    const result = await together({ A: everyMs(300_000, 25), C: everyMs(35 * 60_000, 1_000) });
    expect(result.interval).toBe('5m');
    expect(result.audits[0]!.decisions.at(-1)).toMatchObject({
      reason: 'the commonest step from one bar to the next of A; the others are too sparse to tell',
    });
  });

  it('with a few shorter steps of its own and nobody that contradicts is not apart', async () => {
    const mixed = [...everyMs(300_000, 92), ...everyMs(60_000, 8).map((start) => start + 92 * 300_000)];
    expect((await together({ A: mixed, C: [day, day + 600_000] })).interval).toBe('1m');
  });
});

describe('the interval', () => {
  const interval = async (...times: string[]) => {
    const result = await imported([file('A.csv', csv(...times.map((time) => `${time},1,1,1,1,1`)))]);
    expect(decided(result.audits[0]!, 'interval')).toBe(result.interval);
    return [result.interval, result.intervalMs];
  };
  const every = (ms: number, count: number, from = Date.UTC(2013, 9, 7)) =>
    Array.from({ length: count }, (_, i) => new Date(from + i * ms).toISOString());

  it.each([
    [1_000, '1s'],
    [60_000, '1m'],
    [300_000, '5m'],
    [5_400_000, '90m'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
  ])('of bars %i ms apart is %s', async (ms, text) => expect(await interval(...every(ms, 50))).toEqual([text, ms]));

  it('is the smallest common step, not the commonest', async () => {
    const thin = Array.from({ length: 200 }, (_, i) => i * 3).concat([1, 61, 121, 181, 241, 301, 361, 421]);
    const times = thin
      .sort((a, b) => a - b)
      .map((minute) => new Date(Date.UTC(2013, 9, 7) + minute * 60_000).toISOString());
    // 16 of 207 steps are a minute or two long.
    expect(await interval(...times)).toEqual(['3m', 180_000]);
    const often = [0, 1, 3, 6, 7, 9, 12, 15, 18, 21].map((minute) =>
      new Date(Date.UTC(2013, 9, 7) + minute * 60_000).toISOString(),
    );
    expect(await interval(...often)).toEqual(['1m', 60_000]);
  });

  it('of bars too sparse to tell is a minute, as a guess: what one file misses is in another', async () => {
    const minutes = [5, 79, 153, 227, 301, 1_445, 1_519, 1_593, 1_667];
    const times = minutes.map((minute) => new Date(Date.UTC(2024, 2, 7) + minute * 60_000).toISOString());
    expect(await interval(...times)).toEqual(['1m', 60_000]);
    const { audits } = await imported([file('A.csv', csv(...times.map((time) => `${time},1,1,1,1,1`)))]);
    expect(audits[0]!.decisions.at(-1)).toMatchObject({ guess: true });
  });

  it('is a day for days of a market whose clocks change', async () => {
    const days = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2013, 9, 1 + i)).toISOString().slice(0, 10));
    expect(await interval(...days)).toEqual(['1d', 86_400_000]);
  });

  const dates = (count: number, at: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => new Date(at(i)).toISOString().slice(0, 10));
  const months = (step: number) => (i: number) => Date.UTC(2010, step * i, 1);
  const weeks = (i: number) => Date.UTC(2020, 0, 6 + 7 * i + (i % 8 === 0 ? 1 : 0));

  it.each([
    ['weeks, on Tuesdays after holidays', dates(60, weeks), '7d'],
    ['months', dates(24, months(1)), '31d'],
    ['months with a time of day', dates(24, months(1)).map((date) => `${date}T05:00:00Z`), '31d'],
    ['quarters', dates(12, months(3)), '92d'],
  ])('of %s is told, and that such bars are not played', async (_, times, text) => {
    expect((await interval(...times))[0]).toBe(text);
    const { audits } = await imported([file('A.csv', csv(...times.map((time) => `${time},1,1,1,1,1`)))]);
    expect(audits[0]!.decisions.at(-1)!.reason).toContain('bars longer than 1d are not played');
    // As an export of them says it.
    const told = await imported([file('A.csv', csv(...times.map((time) => `${time},1,1,1,1,1`)))], { interval: text });
    expect(told.interval).toBe(text);
  });

  it('of days that are traded now and then is a day, and of few days too', async () => {
    const thin = dates(60, (i) => Date.UTC(2020, 0, 6 + 3 * i + (i % 5)));
    expect((await interval(...thin))[0]).toBe('1d');
    expect((await interval(...dates(10, months(1))))[0]).toBe('1d');
  });

  it('of a single bar is a guess', async () => {
    const { audits } = await imported([file('A.csv', csv(at1(30)))]);
    expect(audits[0]!.decisions.at(-1)).toMatchObject({ name: 'interval', value: '1m', guess: true });
  });

  it('of ticks is an error', async () => {
    await expect(interval(...every(250, 50))).rejects.toThrow(/^The bars are 250 ms apart \(49 of 49 steps/);
  });
});

describe('bars off the grid', () => {
  const day = Date.UTC(2013, 9, 7, 13, 30);
  const grid = async (intervalMs: number, offsets: readonly number[], files = 1) => {
    const starts = [...Array.from({ length: 100 }, (_, i) => i * intervalMs), ...offsets];
    const lines = starts.map((ms) => `${new Date(day + ms).toISOString()},1,1,1,1,1`);
    const size = Math.ceil(lines.length / files);
    const parts = Array.from({ length: files }, (_, i) => csv(...lines.slice(i * size, (i + 1) * size)));
    const { audits } = await imported(
      parts.map((text, i) => file(`${i}.csv`, text)),
      { symbol: 'SPY' },
    );
    return audits.map((audit) => decided(audit, 'grid'));
  };

  it.each([
    ['1m', 60_000, [90_000, 127_000], '2 bars off the grid'],
    ['5m', 300_000, [90_000, 60_000], '1 bar off the grid'],
    ['5s', 5_000, [7_000, 15_500], '2 bars off the grid'],
    ['1m', 60_000, [], undefined],
    ['1s', 1_000, [], undefined],
    ['90s', 90_000, [], undefined],
    ['7s', 7_000, [], undefined],
    ['90s', 90_000, [100_000], '1 bar off the grid'],
  ])('of %s are told at the import', async (_, ms, offsets, expected) =>
    expect(await grid(ms, offsets)).toEqual([expected]),
  );

  it('are told with every file of a dataset', async () =>
    expect(await grid(60_000, [127_000], 2)).toEqual(['1 bar off the grid', '1 bar off the grid']));

  it('are all of a file whose minutes begin at second 7', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `${new Date(day + 7_000 + i * 60_000).toISOString()},1,1,1,1,1`);
    const { audits, interval } = await imported([file('SPY.csv', csv(...lines))]);
    expect(interval).toBe('1m');
    expect(audits[0]!.decisions.at(-1)).toEqual({
      name: 'grid',
      value: '30 bars off the grid',
      reason: 'slots of 1m begin at multiples of 1m; such bars start within a slot and are not played',
      guess: false,
    });
  });
});

it('orders any times as a stable sort does', async () => {
  const times = fc.oneof(
    fc.array(fc.nat(1_000), { maxLength: 400 }),
    fc
      .array(fc.tuple(fc.nat(500), fc.integer({ min: -2, max: 2 }), fc.nat(80)), { maxLength: 8 })
      .map((runs) => runs.flatMap(([first, step, length]) => Array.from({ length }, (_, i) => first + i * step))),
  );
  await fc.assert(
    fc.asyncProperty(times, async (values) => {
      const expected = values.map((_, row) => row).sort((a, b) => values[a]! - values[b]! || a - b);
      expect([...(await timeOrder(Float64Array.from(values), values.length, breathe))]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('sorts many bars, with breaths between', async () => {
  let seed = 7;
  const order = Array.from({ length: 300_000 }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const other = seed % (i + 1);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  let breaths = 0;
  const sorted = await timeOrder(Float64Array.from(order), order.length, async () => void breaths++);
  expect(sorted.every((row, i) => order[row] === i)).toBe(true);
  expect(breaths).toBeGreaterThan(1_000);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit } from '../../src/intake/audit.ts';
import { instant } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';
import { barsOf, countsOf, file, gzipped, imported, startsOf } from './files.ts';

const minute = 60_000;
/** New York, 2024-11-03: the clocks go back at 06:00Z, so that 05:00Z to 06:00Z and 06:00Z to 07:00Z both read 01:00 to 02:00. */
const back = Date.UTC(2024, 10, 3, 6);
const minutes = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => back + (from + i * step) * minute);
const iso = (starts: readonly number[]) => starts.map((start) => new Date(start).toISOString().replace('.000Z', 'Z'));

/** Records in wall time, without an offset, each with a price of its own. */
function naive(starts: readonly number[], name = 'America/New_York'): string[] {
  return starts.map((start, i) => {
    const price = 1 + i / 100;
    return `${zone(name).wallText(instant(start))},${price},${price},${price},${price},1`;
  });
}
const text = (lines: readonly string[]) => ['timestamp,open,high,low,close,volume', ...lines, ''].join('\n');
const symbolText = (lines: readonly string[]) =>
  ['symbol,timestamp,open,high,low,close,volume', ...lines, ''].join('\n');
const decisionOf = (audit: Audit) => audit.decisions.find(({ name }) => name === 'repeated hour');
const prefix = 'the zone showed these times twice, because its clocks went back; ';

describe('an hour that the wall clock shows twice', () => {
  it('is told apart by the order of its records, so that nothing is lost', async () => {
    const starts = minutes(-75, 75);
    const { audits, ...result } = await imported([file('BTC.csv', text(naive(starts)))]);
    expect(startsOf({ audits, ...result })).toEqual(iso(starts));
    expect(countsOf(audits[0]!)).toEqual({ records: 151, accepted: 150, headers: 1 });
    expect(decisionOf(audits[0]!)).toEqual({
      name: 'repeated hour',
      value: '120 records',
      reason: `${prefix}both were told apart by their order`,
      guess: false,
    });
  });

  it('is told apart with the newest first too', async () => {
    const starts = minutes(-75, 75);
    const result = await imported([file('BTC.csv', text(naive(starts.toReversed())))]);
    expect(startsOf(result)).toEqual(iso(starts));
    expect(countsOf(result.audits[0]!)).toEqual({ records: 151, accepted: 150, headers: 1, outOfOrder: 149 });
    expect(decisionOf(result.audits[0]!)!.guess).toBe(false);
  });

  it('is told apart where the file is nothing else, where it begins there, and where it ends there', async () => {
    for (const starts of [minutes(-60, 60), minutes(-60, 90), minutes(-90, 60), minutes(-60, 30), minutes(-30, 60, 30)])
      expect(startsOf(await imported([file('BTC.csv', text(naive(starts)))]))).toEqual(iso(starts));
  });

  it('is the first where it comes once, and that is a guess', async () => {
    const once = [...minutes(-90, 0), ...minutes(60, 90)];
    for (const starts of [once, once.toReversed()]) {
      const { audits, ...result } = await imported([file('BTC.csv', text(naive(starts)))]);
      expect(startsOf({ audits, ...result })).toEqual(iso(once));
      const reason = `${prefix}of them the first was taken`;
      expect(decisionOf(audits[0]!)).toEqual({ name: 'repeated hour', value: '60 records', reason, guess: true });
    }
  });

  it('keeps records that come again as such', async () => {
    const starts = minutes(-75, 75);
    const lines = naive(starts);
    const twice = await imported([file('BTC.csv', text(lines.flatMap((line) => [line, line])))]);
    expect(startsOf(twice)).toEqual(iso(starts));
    expect(countsOf(twice.audits[0]!)).toEqual({ records: 301, accepted: 150, duplicates: 150, headers: 1 });
    const again = await imported([file('BTC.csv', text([...lines, ...lines]))]);
    expect(startsOf(again)).toEqual(iso(starts));
    expect(again.audits[0]!).toMatchObject({ accepted: 150, duplicates: 150, conflicts: 0 });
  });

  it('of bars of an hour is two records of one time, if their values differ', async () => {
    const starts = minutes(-300, 300, 60);
    for (const order of [starts, starts.toReversed()]) {
      const result = await imported([file('BTC.csv', text(naive(order)))]);
      expect(startsOf(result)).toEqual(iso(starts));
      expect(decisionOf(result.audits[0]!)).toMatchObject({ value: '2 records', guess: true });
    }
    const [bar] = naive([back]);
    const same = await imported([file('BTC.csv', text([bar!, bar!]))]);
    expect(countsOf(same.audits[0]!)).toEqual({ records: 3, accepted: 1, duplicates: 1, headers: 1 });
    expect(startsOf(same)).toEqual(['2024-11-03T05:00:00Z']);
  });

  it('begins again at the longest of several steps back, as a guess', async () => {
    const starts = minutes(-75, 75);
    const order = [...starts];
    [order[30], order[31]] = [order[31]!, order[30]!];
    const result = await imported([file('BTC.csv', text(naive(order)))]);
    expect(startsOf(result)).toEqual(iso(starts));
    expect(decisionOf(result.audits[0]!)).toMatchObject({
      guess: true,
      reason: `${prefix}both were told apart by their order`,
    });
  });

  it('is told apart a symbol at a time, and the decision counts what was told', async () => {
    const both = naive([-90, -30, 20, 90].map((each) => back + each * minute)).map((line) => `A,${line}`);
    const once = naive([-90, -40, -20, 90].map((each) => back + each * minute)).map((line) => `B,${line}`);
    const starts = (name: string, result: Awaited<ReturnType<typeof imported>>) =>
      barsOf(result, name).map(([start]) => start);
    for (const lines of [[...both, ...once], both.flatMap((line, i) => [line, once[i]!])]) {
      const result = await imported([file('all.csv', symbolText(lines))]);
      expect(starts('A', result)).toEqual(iso([-90, -30, 20, 90].map((each) => back + each * minute)));
      expect(starts('B', result)).toEqual(iso([-90, -40, -20, 90].map((each) => back + each * minute)));
      expect(decisionOf(result.audits[0]!)).toEqual({
        name: 'repeated hour',
        value: '4 records',
        reason: `${prefix}those of 2 records were told apart by their order; of the others the first was taken`,
        guess: true,
      });
    }
  });

  it('of one year is not that of the next', async () => {
    const lines = ['2023-11-05 01:40', '2024-11-03 01:20', '2024-11-03 01:30'].map((time) => `${time},1,1,1,1,1`);
    expect(startsOf(await imported([file('BTC.csv', text(lines))]))).toEqual([
      '2023-11-05T05:40:00Z',
      '2024-11-03T05:20:00Z',
      '2024-11-03T05:30:00Z',
    ]);
  });

  it('ends with a file: what follows in another is its own', async () => {
    const parts = [minutes(-30, 0), minutes(-60, 0)].map((starts, i) => file(`${i}.csv`, text(naive(starts))));
    const result = await imported(parts, { symbol: 'BTC' });
    expect(startsOf(result)).toEqual(iso(minutes(-60, 0)));
    expect(result.audits.map((audit) => decisionOf(audit)!.value)).toEqual(['30 records', '60 records']);
  });

  it('may be half an hour, and at midnight', async () => {
    for (const [name, at] of [
      ['Australia/Lord_Howe', Date.UTC(2024, 3, 6, 15)],
      ['Europe/London', Date.UTC(2024, 9, 27, 1)],
      ['America/Sao_Paulo', Date.UTC(2018, 1, 18, 2)],
    ] as const) {
      const starts = Array.from({ length: 300 }, (_, i) => at + (i - 150) * minute);
      const result = await imported([file('BTC.csv', text(naive(starts, name)))], { zone: name });
      expect(startsOf(result), name).toEqual(iso(starts));
      expect(decisionOf(result.audits[0]!)!.value, name).toBe(
        name === 'Australia/Lord_Howe' ? '60 records' : '120 records',
      );
    }
  });

  it('needs no order where the times have an offset', async () => {
    const lines = ['01:30:00-05:00', '01:10:00-04:00', '01:40:00-04:00'].map((time) => `2024-11-03 ${time},1,1,1,1,1`);
    const result = await imported([file('BTC.csv', text(lines))]);
    expect(startsOf(result)).toEqual(['2024-11-03T05:10:00Z', '2024-11-03T05:40:00Z', '2024-11-03T06:30:00Z']);
    expect(decisionOf(result.audits[0]!)).toBeUndefined();
  });
});

it('tells the hours of several symbols apart, interleaved by time, however the bytes arrive', async () => {
  // Some minutes of each of the two hours, the last of the first not before the first of the second.
  const symbolMinutes = fc
    .tuple(fc.uniqueArray(fc.nat(59), { minLength: 1 }), fc.uniqueArray(fc.nat(59), { minLength: 1 }))
    .map(([first, second]) => [...first.map((each) => each - 60), ...second].sort((a, b) => a - b))
    .filter((all) => all.findLast((each) => each < 0)! + 60 > all.find((each) => each >= 0)!);
  const chunks = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(symbolMinutes, { minLength: 1, maxLength: 4 }),
      chunks,
      fc.boolean(),
      async (symbols, lengths, newestFirst) => {
        const records = symbols.flatMap((each, s) =>
          [-90, ...each, 90].map((at, i) => ({ symbol: `S${s}`, start: back + at * minute, price: 1 + i })),
        );
        records.sort((a, b) => (newestFirst ? b.start - a.start : a.start - b.start));
        const lines = records.map(
          ({ symbol, start, price }) =>
            `${symbol},${zone('America/New_York').wallText(instant(start))},${price},${price},${price},${price},1`,
        );
        const whole = await imported([file('all.csv', symbolText(lines))]);
        expect(whole.audits[0]).toMatchObject({ accepted: records.length, conflicts: 0, duplicates: 0 });
        for (const [s, each] of symbols.entries())
          expect(barsOf(whole, `S${s}`).map(([start, open]) => [start, open])).toEqual(
            iso([-90, ...each, 90].map((at) => back + at * minute)).map((start, i) => [start, 1 + i]),
          );
        expect(await imported([file('all.csv', symbolText(lines), lengths)])).toEqual(whole);
        expect((await imported([gzipped('all.csv', symbolText(lines), lengths)])).symbols).toEqual(whole.symbols);
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

import { expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { lengthOf } from '../../src/intake/interval-column.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import { barsOf, countsOf, decided, file, imported } from './files.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);
const rows = (count: number, ms: number, text: string, from = monday): string[] =>
  Array.from({ length: count }, (_, i) => `${new Date(from + i * ms).toISOString()},SPY,${text},10,12,9,11,${i + 1}`);
const text = (column: string, ...lines: string[]): string =>
  [`timestamp,symbol,${column},open,high,low,close,volume`, ...lines, ''].join('\n');

it.each([
  ['1m', 60_000],
  ['1Min', 60_000],
  ['5 minutes', 300_000],
  ['M15', 900_000],
  ['1h', 3_600_000],
  ['4H', 14_400_000],
  ['1D', 86_400_000],
  ['daily', 86_400_000],
  ['30s', 30_000],
  ['1wk', NaN],
  ['1w', 604_800_000],
  ['1M', NaN],
  ['1mo', NaN],
  ['', NaN],
  ['5', NaN],
  ['0m', NaN],
])('the cell %s says a length', (cell, ms) => expect(lengthOf(cell)).toBe(ms));

it('bars of one symbol and several intervals are a dataset each, or of the chosen one alone; the others are then counted with a reason', async () => {
  // The day's bar has the time of a minute's, and would contradict it.
  const mixed = file('SPY.csv', text('timeframe', ...rows(60, 60_000, '1m'), ...rows(5, 86_400_000, '1D')));
  const plain = await imported([file('SPY.csv', text('timeframe', ...rows(60, 60_000, '1m')))]);
  const minutes = await imported([mixed]);
  expect(minutes).toMatchObject({ interval: '1m', bars: 60, sha256: plain.sha256 });
  expect(minutes.others).toMatchObject([{ interval: '1d', bars: 5 }]);
  for (const { audits } of [minutes, ...minutes.others])
    expect(countsOf(audits[0]!)).toEqual({ records: 66, accepted: 65, headers: 1 });
  expect(decided(minutes.audits[0]!, 'interval')).toBe('1m');
  expect(decided(minutes.others[0]!.audits[0]!, 'interval')).toBe('1d');
  expect(decided(minutes.audits[0]!, 'intervals apart')).toBe('bars: 60 of 1m (SPY), 5 of 1d (SPY)');
  const days = await imported([mixed], { interval: '1d' });
  expect(minutes.others[0]!.sha256).toBe(days.sha256);
  expect(days.audits[0]!.reasons).toEqual({ 'its timeframe is not 1d, whose bars are taken': 60 });
  expect(days).toMatchObject({ interval: '1d', bars: 5 });
  expect(countsOf(days.audits[0]!)).toEqual({ records: 66, accepted: 5, rejected: 60, headers: 1 });
  expect(barsOf(days)[4]![0]).toBe('2024-11-29T14:30:00Z');

  const { decisions, intervals } = await previewFile(mixed, defaultChoices);
  expect(intervals).toEqual([60_000, 86_400_000]);
  const interval = decisions.find(({ name }) => name === 'interval')!;
  expect(interval.reason).toContain('column "timeframe" says it; those of 1d become a dataset of their own');
  expect(interval.alternatives.map(({ value }) => value)).toContain('1d');
});

it('those behind the first records are one too, and few of them decide nothing', async () => {
  const mixed = text('interval', ...rows(3_000, 60_000, '1min'), ...rows(5, 86_400_000, 'daily'));
  const { bars, interval, audits, others } = await imported([file('SPY.csv', mixed)]);
  expect([bars, interval, audits[0]!.rejected]).toEqual([3_000, '1m', 0]);
  expect(others).toMatchObject([{ interval: '1d', bars: 5 }]);
});

it('stamped with their end are moved by their own lengths, and a length that is none is told', async () => {
  const ends = (count: number, ms: number, name: string) => rows(count, ms, name, monday + ms);
  const mixed = file('SPY.csv', text('tf', ...ends(40, 60_000, '1m'), ...ends(8, 300_000, '5m'), ...rows(1, 1, '1mo')));
  const minutes = await imported([mixed], { stamp: 'end' });
  expect([minutes.interval, minutes.bars, barsOf(minutes)[0]![0]]).toEqual(['1m', 40, '2024-11-25T14:30:00Z']);
  expect(minutes.others).toMatchObject([{ interval: '5m', bars: 8, symbols: [{ name: 'SPY', from: monday }] }]);
  expect(minutes.audits[0]!.reasons).toEqual({ 'its tf says no length, such as 1m or 1d': 1 });
});

it('of a length that its bars cannot have are refused with the reason', async () => {
  const mixed = file('SPY.csv', text('tf', ...rows(40, 60_000, '1m'), ...rows(40, 60_000, '1h')));
  await expect(imported([mixed])).rejects.toThrow(
    'The interval 1h (a column of the files says it of these bars) does not fit',
  );
});

it('a column of that name that says something else is left out, as any is', async () => {
  const other = file('SPY.csv', text('interval', ...rows(60, 60_000, '7')));
  const { bars, interval, audits } = await imported([other]);
  expect([bars, interval, audits[0]!.ignoredColumns]).toEqual([60, '1m', ['interval']]);
});

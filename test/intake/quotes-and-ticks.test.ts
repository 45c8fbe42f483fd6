import { describe, expect, it } from 'vitest';
import type { RecordColumns } from '../../src/bars/records.ts';
import { Collector } from '../../src/intake/collector.ts';
import { defaultChoices, type IntakeChoices } from '../../src/intake/choices.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import { readFile } from '../../src/intake/read-file.ts';
import type { RecordResult } from '../../src/intake/result.ts';
import type { SymbolRecords } from '../../src/intake/series.ts';
import type { ByteSource } from '../../src/intake/source.ts';
import { breathe, countsOf, decided, file, gzipped, imported, onePiece } from './files.ts';

interface RecordsInMemory extends RecordResult {
  readonly symbols: readonly (SymbolRecords & { readonly columns: RecordColumns })[];
}

async function records(files: readonly ByteSource[], choices: Partial<IntakeChoices> = {}): Promise<RecordsInMemory> {
  const collector = new Collector();
  for (const each of files) await readFile(each, { ...defaultChoices, ...choices }, collector);
  if (collector.kind === 'bars') throw new Error('the files hold bars');
  const result = await collector.finishRecords(collector.kind, breathe);
  const symbols = result.symbols.map(async (series) => ({ ...series, columns: await onePiece(series) }));
  return { ...result, symbols: await Promise.all(symbols) };
}

/** The records of a symbol as `[time in ISO 8601, …values]`. */
function rows(result: RecordsInMemory, symbol?: string): (string | number)[][] {
  const found = symbol === undefined ? result.symbols[0] : result.symbols.find(({ name }) => name === symbol);
  const { time, values, count } = found!.columns;
  return Array.from({ length: count }, (_, i) => [
    new Date(time[i]!).toISOString(),
    ...values.map((column) => column[i]!),
  ]);
}

const text = (...lines: string[]): string => [...lines, ''].join('\n');

describe('a file of ticks', () => {
  it('is known by a price and no bar, and gives every trade, equal ones too', async () => {
    const lines = text(
      'timestamp,price,size',
      '2013-10-07T13:30:00.125Z,168.5,100',
      '2013-10-07T13:30:00.125Z,168.5,100',
      '2013-10-07T13:30:01Z,168.51,7',
    );
    const result = await records([file('SPY.csv', lines)]);
    expect(result.kind).toBe('ticks');
    expect(rows(result)).toEqual([
      ['2013-10-07T13:30:00.125Z', 168.5, 100],
      ['2013-10-07T13:30:00.125Z', 168.5, 100],
      ['2013-10-07T13:30:01.000Z', 168.51, 7],
    ]);
    expect(countsOf(result.audits[0]!)).toEqual({ records: 4, accepted: 3, headers: 1 });
    expect(decided(result.audits[0]!, 'kind')).toBe('ticks');
    expect(decided(result.audits[0]!, 'stamp')).toBe('instant');
  });

  it.each([
    ['Unix nanoseconds', 'ts_event,price,size', ['1381152600000000900,1,2', '1381152600000000100,3,4']],
    ['Unix microseconds', 'time,price,qty', ['1381152600000900,1,2', '1381152600000100,3,4']],
    ['ISO', 'time,last,volume', ['2013-10-07T13:30:00.000900Z,1,2', '2013-10-07T13:30:00.000100Z,3,4']],
  ])('keeps records of one millisecond in the order of the file, written as %s', async (_, head, lines) => {
    const result = await records([gzipped('SPY.csv.gz', text(head, ...lines))]);
    expect(rows(result)).toEqual([
      ['2013-10-07T13:30:00.000Z', 1, 2],
      ['2013-10-07T13:30:00.000Z', 3, 4],
    ]);
    const fraction = result.audits[0]!.decisions.find(({ name }) => name === 'fraction');
    expect(fraction).toMatchObject({ value: '2 records' });
    expect(fraction!.reason).toContain('stay in the order of the file');
  });

  it('is sorted by time and not by anything else, over files and symbols', async () => {
    const first = text('time,symbol,price', '1381152602000,B,2', '1381152601000,A,5', '1381152600000,A,4');
    const second = text('time,symbol,price', '1381152601000,A,1', '1381152600000,A,9');
    const result = await records([file('1.csv', first), file('2.csv', second)]);
    expect(result.symbols.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(rows(result, 'A').map(([, price]) => price)).toEqual([4, 9, 5, 1]);
    expect(result.audits.map(({ outOfOrder }) => outOfOrder)).toEqual([1, 1]);
    expect(decided(result.audits[0]!, 'size')).toBe('0');
  });

  it('gives line and reason for each record that is none', async () => {
    const lines = text(
      'time,price,size',
      '2013-10-07T13:30:00Z,168.5,1',
      '2013-10-07T13:30:01Z,0,1',
      '2013-10-07T13:30:02Z,-1,1',
      '2013-10-07T13:30:03Z,NaN,1',
      'yesterday,168.5,1',
      '2013-10-07T13:30:05Z,168.5,',
      '',
      '"2013-10-07T13:30:06Z","168.5","0"',
    );
    const { audits, symbols } = await records([file('SPY.csv', lines)]);
    expect(audits[0]!.rejections.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'price is zero'],
      [4, 'price is negative'],
      [5, 'price is not a number'],
      [6, 'time cannot be read'],
      [7, 'size is empty'],
    ]);
    expect(countsOf(audits[0]!)).toEqual({ records: 9, accepted: 2, rejected: 5, headers: 1, blanks: 1 });
    expect(symbols[0]!.columns.count).toBe(2);
  });

  it('tells the second time around of an hour by the order of the records', async () => {
    const lines = text(
      'time,price',
      '2013-11-03 00:59:59.5,1',
      '2013-11-03 01:00:00,2',
      '2013-11-03 01:59:59.9,3',
      '2013-11-03 01:00:00.1,4',
      '2013-11-03 01:59:00,5',
      '2013-11-03 02:00:00,6',
    );
    expect(rows(await records([file('BTC.csv', lines)])).map(([time]) => time)).toEqual([
      '2013-11-03T04:59:59.500Z',
      '2013-11-03T05:00:00.000Z',
      '2013-11-03T05:59:59.900Z',
      '2013-11-03T06:00:00.100Z',
      '2013-11-03T06:59:00.000Z',
      '2013-11-03T07:00:00.000Z',
    ]);
  });
});

describe('a file of quotes', () => {
  it('is known by a bid and an ask; crossed ones are taken and counted, one-sided ones are not', async () => {
    const lines = text(
      'Symbol;Time;Ask Price;Bid Price;Ask Size;Bid Size;Exchange',
      'SPY;2013-10-07 09:30:00.010;168.52;168.5;3;2;P',
      'SPY;2013-10-07 09:30:00.020;168.49;168.5;1;1;P',
      'SPY;2013-10-07 09:30:00.030;168.49;0;1;0;P',
    );
    const result = await records([file('q.csv', lines)]);
    expect(result.kind).toBe('quotes');
    expect(rows(result, 'SPY')).toEqual([
      ['2013-10-07T13:30:00.010Z', 168.5, 168.52, 2, 3],
      ['2013-10-07T13:30:00.020Z', 168.5, 168.49, 1, 1],
    ]);
    const [audit] = result.audits;
    expect(decided(audit!, 'crossed quotes')).toBe('1 records');
    expect(audit!.reasons).toEqual({ 'bid is zero': 1 });
    expect(audit!.ignoredColumns).toEqual(['Exchange']);
  });

  it('is previewed as such', async () => {
    const preview = await previewFile(
      file('Q.csv', text('time,bid,ask,bid_size', '1381152602000,1,2,3')),
      defaultChoices,
    );
    expect(preview.columns).toEqual(['time', 'bid', 'ask', 'bidSize']);
    expect(decided(preview, 'ask size')).toBe('0');
  });

  it('with trades in it is taken for quotes, as a guess', async () => {
    const preview = await previewFile(
      file('Q.csv', text('ts_event,price,size,bid_px_00,ask_px_00', '1381152602000000000,1,2,3,4')),
      defaultChoices,
    );
    expect(preview.decisions.find(({ name }) => name === 'kind')).toMatchObject({ value: 'quotes', guess: true });
    expect(preview.ignoredColumns).toEqual(['price', 'size']);
  });
});

it('a file with open, high, low and last is of bars, whatever else it has', async () => {
  const lines = text(
    'time,open,high,low,last,volume,bid volume,ask volume',
    ...[0, 1, 2].map((i) => `2013-10-07T13:3${i}:00Z,1,4,0.5,2,100,50,50`),
  );
  expect((await imported([file('ES.csv', lines)])).bars).toBe(3);
});

it('files of two kinds are refused together', async () => {
  const ticks = file('A.csv', text('time,price', '1381152602000,1'));
  const quotes = file('B.csv', text('time,bid,ask', '1381152602000,1,2'));
  await expect(records([ticks, quotes])).rejects.toThrow('B.csv holds quotes, the files before it ticks');
});

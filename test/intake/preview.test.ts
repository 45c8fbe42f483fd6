import { describe, expect, it } from 'vitest';
import { symbolOfName, withoutExtensions } from '../../src/intake/file-name.ts';
import type { FilePreview } from '../../src/intake/preview.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import type { TestChoices } from './files.ts';
import { barsOf, choicesOf, csv, decided, file, gzipped, imported } from './files.ts';

const bar = '2013-10-07T13:30:00Z,1,4,0.5,2,100';
const preview = (name: string, text: string, choices: TestChoices = {}): Promise<FilePreview> =>
  previewFile(file(name, text), choicesOf(choices));
/** Guesses but for the interval, which one bar does not tell. */
const guesses = ({ decisions }: FilePreview) =>
  decisions.filter(({ guess, name }) => guess && name !== 'interval').map(({ name }) => name);

describe('columns', () => {
  it.each([
    ['Date,Open,High,Low,Close,Volume', bar],
    ['volume,CLOSE,low,High,OPEN,Timestamp', '100,2,0.5,4,1,2013-10-07T13:30:00Z'],
    ['ts;o;h;l;c;v', bar.replaceAll(',', ';')],
    ['<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>', '2013.10.07\t13:30Z\t1\t4\t0.5\t2\t100'],
    ['open_time|open|high|low|last|vol', bar.replaceAll(',', '|')],
    ['Date, Time, Open, High, Low, Last, Volume', '2013-10-07, 09:30, 1, 4, 0.5, 2, 100'],
    ['ts_event,open,high,low,close,volume', `1381152600000000000${bar.slice(20)}`],
    ['window_start,volume,open,close,high,low', '1381152600000000000,100,1,2,4,0.5'],
    ['unix,date,symbol,open,high,low,close,Volume', '1381152600,2013-10-07 00:00:00,X,1,4,0.5,2,100'],
    ['"Gmt time","Open","High","Low","Close","Volume"', '"2013-10-07 13:30:00","1","4","0.5","2","100"'],
    [',open,high,low,close,volume', bar],
    ['Date Time,OPEN,HIGH,LOW,CLOSE,VOLUME', bar],
    ['\ufefftimestamp,open,high,low,close,volume', bar],
  ])('are known in %s', async (header, record) => {
    const result = await imported([file('A.csv', `${header}\r\n${record}\r\n`)]);
    expect(barsOf(result)).toEqual([['2013-10-07T13:30:00Z', 1, 4, 0.5, 2, 100]]);
  });

  it('that are no part of a bar are named and kept out', async () => {
    const found = await preview(
      'A.csv',
      `timestamp,vwap,open,high,low,close,Adj Close,volume,\n2013-10-07T13:30Z,1,1,4,0.5,2,2,100,7\n`,
    );
    expect(found.ignoredColumns).toEqual(['vwap', 'Adj Close', 'column 9']);
    expect(found.columns).toEqual(['time', null, 'open', 'high', 'low', 'close', null, 'volume', null]);
    expect(found.rows).toEqual([['2013-10-07T13:30Z', '1', '1', '4', '0.5', '2', '2', '100', '7']]);
  });

  it('of which two have the same name are a guess', async () => {
    const found = await preview(
      'A.csv',
      'timestamp,open,high,low,close,volume,volume\n2013-10-07T13:30Z,1,1,1,1,5,6\n',
    );
    expect(guesses(found)).toEqual(['columns', 'stamp']);
    expect(found.columns).toEqual(['time', 'open', 'high', 'low', 'close', 'volume', null]);
  });

  it('for the volume may be missing, which is said', async () => {
    const result = await imported([file('A.csv', 'timestamp,open,high,low,close\n2013-10-07T13:30Z,1,1,1,1\n')]);
    expect(barsOf(result)[0]![5]).toBe(0);
    expect(decided(result.audits[0]!, 'volume')).toBe('0');
  });

  it('without a header are taken when they are plainly bars, as a guess', async () => {
    const found = await preview(
      'ADABTC-1m-2021-11-27.csv',
      '1637971200000,2,4,1,3,36304.2,1637971259999\n1637971260000,2,4,1,3,0.5,1\n',
    );
    expect(found.columns).toEqual(['time', 'open', 'high', 'low', 'close', 'volume', null]);
    expect(found.headers).toEqual(['time', 'open', 'high', 'low', 'close', 'volume', 'column 7']);
    expect(guesses(found)).toEqual(['columns', 'stamp', 'symbol']);
    const result = await imported([file('A.csv', '1637971200,2,4,1,3,-1\n1637971260,2,4,1,3,-1\n')]);
    expect(barsOf(result).map((each) => each[5])).toEqual([0, 0]);
  });
});

describe('decisions', () => {
  it('say what was taken and why, and what is a guess', async () => {
    const found = await preview('SPY.csv', csv('2013-10-07 09:30:00,1,4,0.5,2,100'));
    expect(found).toMatchObject({ file: 'SPY.csv', symbol: 'SPY', needsZone: true, ignoredColumns: [] });
    expect(found.decisions.map(({ name, value, guess }) => [name, value, guess])).toEqual([
      ['format', 'plain CSV', false],
      ['delimiter', 'comma', false],
      ['columns', 'time = timestamp, open = open, high = high, low = low, close = close, volume = volume', false],
      ['time format', 'date and time', false],
      ['zone', 'America/New_York', true],
      ['price scale', 'as written', false],
      ['stamp', 'start', true],
      ['symbol', 'SPY', false],
      ['interval', '1m', true],
    ]);
    expect(found.decisions.every(({ reason }) => reason.length > 5)).toBe(true);
  });

  it('are no guesses where the user or the text decided', async () => {
    const found = await preview('SPY.csv', 'open_time,open,high,low,close\n2013-10-07 09:30,1,1,1,1\n', {
      zone: 'Asia/Tokyo',
      symbol: 'X',
    });
    expect(guesses(found)).toEqual([]);
    expect([decided(found, 'zone'), decided(found, 'symbol'), found.symbol]).toEqual(['Asia/Tokyo', 'X', 'X']);
    const utc = await preview('SPY.csv', 'timestamp_utc,open,high,low,close\n2013-10-07 09:30,1,1,1,1\n');
    expect(decided(utc, 'zone')).toBe('UTC');
    const unix = await preview('SPY.csv', csv('1381152600,1,1,1,1,1'));
    expect([decided(unix, 'time unit'), decided(unix, 'zone'), unix.needsZone]).toEqual(['Unix seconds', 'UTC', false]);
  });

  it('name the symbol column, or the symbol of the file', async () => {
    const text =
      'timestamp,Ticker,open,high,low,close\n2013-10-07T13:30Z,AAPL,1,1,1,1\n2013-10-07T13:30Z, MSFT ,2,2,2,2\n';
    const found = await preview('all.csv', text);
    expect([found.symbol, decided(found, 'symbol')]).toEqual([null, 'column Ticker']);
    const result = await imported([file('all.csv', text)]);
    expect(result.symbols.map(({ name }) => name)).toEqual(['AAPL', 'MSFT']);
  });
});

it('reads no more of a file than it needs, and closes it', async () => {
  const big = csv(...Array.from({ length: 40_000 }, (_, i) => `${1381152600 + 60 * i},1,1,1,1,1`));
  for (const source of [file('A.csv', big), gzipped('A.csv.gz', big), file('A.csv', csv(bar), [1])]) {
    await previewFile(source, choicesOf({}));
    expect([source.opened, source.closed]).toEqual([1, 1]);
  }
});

describe('symbols from names of files', () => {
  it.each([
    ['SPY.csv.gz', 'SPY', false],
    ['BRK-B.csv', 'BRK-B', false],
    ['6EH4.XCME.csv', '6EH4.XCME', false],
    ['ADABTC-1m-2021-11-27.csv', 'ADABTC', true],
    ['6EH4.XCME_1min_bars_20240101_20240131.csv.gz', '6EH4.XCME', true],
    ['gbpusd-m1-bid-2012.csv', 'gbpusd', true],
    ['SPY (1).csv', 'SPY', true],
    ['SPY', 'SPY', false],
    ['.csv', '.csv', false],
    ['2006-min-005.txt', '2006', true],
  ])('%s is %s', (name, symbol, guess) => expect(symbolOfName(name)).toEqual({ symbol, guess }));

  it('keep what is no extension', () => expect(withoutExtensions('6EH4.XCME.CSV.GZ')).toBe('6EH4.XCME'));
});

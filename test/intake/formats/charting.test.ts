import { describe, expect, it } from 'vitest';
import { decided, file, imported } from '../files.ts';
import { known } from './known.ts';

describe('NinjaTrader', () => {
  it('is in UTC and stamped with ends, as a guess', async () => {
    const found = await known(
      'ES 12-06.Last.txt',
      '20061023 004400;1377.25;1377.5;1377;1377.25;86',
      '20061023 004500;1377.25;1377.25;1377.25;1377.25;27',
    );
    expect(found).toMatchObject({ format: 'NinjaTrader', guesses: ['format', 'zone', 'stamp', 'symbol'] });
    expect(found.bars).toEqual([
      ['2006-10-23T00:43:00Z', 1377.25, 1377.5, 1377, 1377.25, 86],
      ['2006-10-23T00:44:00Z', 1377.25, 1377.25, 1377.25, 1377.25, 27],
    ]);
  });

  it('with commas for points', async () => {
    const found = await known('FDAX.txt', '20061023 004400;1377,25;1377,5;1377;1377,25;86');
    expect(found.bars[0]!.slice(1)).toEqual([1377.25, 1377.5, 1377, 1377.25, 86]);
  });

  it('days stay on their day', async () => {
    const found = await known('ES.txt', '20061023;1;2;1;2;86', '20061024;1;2;1;2;86', '20061025;1;2;1;2;86');
    expect(found.bars.map(([start]) => start)).toEqual([
      '2006-10-23T00:00:00Z',
      '2006-10-24T00:00:00Z',
      '2006-10-25T00:00:00Z',
    ]);
  });
});

describe('TradeStation', () => {
  it('quoted, month first, five minutes taken off', async () => {
    const found = await known(
      'MSFT.txt',
      '"Date","Time","Open","High","Low","Close","Volume","OpenInt"',
      '01/13/2012,0935,1,2,1,2,10,0',
      '01/13/2012,0940,2,2,1,1,20,0',
    );
    expect(found.format).toBe('TradeStation');
    expect(found.bars).toEqual([
      ['2012-01-13T14:30:00Z', 1, 2, 1, 2, 10],
      ['2012-01-13T14:35:00Z', 2, 2, 1, 1, 20],
    ]);
  });

  it('two digits of the year, and the volume of rising and falling prices together', async () => {
    const lines = ['01/13/98,0935,1,2,1,2,30,12', '01/13/98,0936,1,2,1,2,1,x', '01/13/98,0937,1,2,1,2,0,5'];
    const found = await known('MSFT.txt', '"Date","Time","Open","High","Low","Close","Up","Down"', ...lines);
    expect(found.bars.map(([start, , , , , volume]) => [start, volume])).toEqual([
      ['1998-01-13T14:34:00Z', 42],
      ['1998-01-13T14:36:00Z', 5],
    ]);
  });
});

describe('backtrader', () => {
  it.each([['Date,Open,High,Low,Close,Volume,OpenInterest'], ['Date,Time,Open,High,Low,Close,Volume,OpenInterest']])(
    'minutes under %s',
    async (header) => {
      const found = await known('A.txt', header, '2006-01-02,09:01:00,2,4,1,3,5,0', '2006-01-02,09:02:00,3,4,1,2,6,0');
      expect(found.format).toBe('backtrader');
      expect(found.bars).toEqual([
        ['2006-01-02T14:00:00Z', 2, 4, 1, 3, 5],
        ['2006-01-02T14:01:00Z', 3, 4, 1, 2, 6],
      ]);
    },
  );
});

describe('TradingView', () => {
  it('Unix seconds, plots, and names that repeat', async () => {
    const found = await known(
      'NASDAQ_AAPL, 5.csv',
      'time,open,high,low,close,MA,MA,Volume,Volume MA',
      '1704205800,187.15,188,187,187.5,NaN,,100,90',
    );
    expect(found.format).toBe('TradingView');
    expect(found.bars).toEqual([['2024-01-02T14:30:00Z', 187.15, 188, 187, 187.5, 100]]);
  });

  it('ISO times with an offset, and no volume anywhere', async () => {
    const found = await known('SPX.csv', 'time,open,high,low,close,Volume', '2024-01-02T09:30:00-05:00,1,2,1,2,NaN');
    expect(found.bars).toEqual([['2024-01-02T14:30:00Z', 1, 2, 1, 2, 0]]);
  });
});

it('Sierra Chart: blanks, days without zeros, Last for the close', async () => {
  const found = await known(
    'ESM6.txt',
    'Date, Time, Open, High, Low, Last, Volume, NumberOfTrades, BidVolume, AskVolume',
    '2026/5/24, 22:00:00, 7519.00, 7520.25, 7518.50, 7520.00, 321, 99, 160, 161',
    '2026/5/24, 22:01:00, 7520.00, 7520.25, 7518.50, 7519.00, 20, 9, 10, 10',
  );
  expect(found.format).toBe('Sierra Chart');
  expect(found.bars[0]).toEqual(['2026-05-25T02:00:00Z', 7519, 7520.25, 7518.5, 7520, 321]);
});

describe('Finam', () => {
  const header = '<TICKER>;<PER>;<DATE>;<TIME>;<OPEN>;<HIGH>;<LOW>;<CLOSE>;<VOL>';

  it('compact times of Moscow', async () => {
    const found = await known('SBER.txt', header, 'SBER;5;20200102;100000;262.50;263;262.1;262.9;1000');
    expect(found).toMatchObject({ format: 'Finam', symbol: 'SBER' });
    expect(found.bars).toEqual([['2020-01-02T07:00:00Z', 262.5, 263, 262.1, 262.9, 1000]]);
  });

  it('the day first, points between thousands, a time of day without zeros', async () => {
    const found = await known(
      'RTS.txt',
      header,
      'RTS;5;310120;95500;56.854.0000000;56.900.5000000;56.800.0000000;56.854.0000000;7',
    );
    expect(found.bars).toEqual([['2020-01-31T06:55:00Z', 56_854, 56_900.5, 56_800, 56_854, 7]]);
  });
});

it('Stooq: days and minutes of Warsaw', async () => {
  const header = '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>';
  const found = await known('7203.jp.txt', header, '7203.JP,5,20260429,090500,3065,3101,3057,3067,19390900,0');
  expect(found).toMatchObject({ format: 'Stooq', symbol: '7203.JP' });
  expect(found.bars).toEqual([['2026-04-29T07:05:00Z', 3065, 3101, 3057, 3067, 19_390_900]]);
});

describe('any CSV', () => {
  it.each([
    ['31/12/2013 09:30', '2013-12-31T14:30:00Z'],
    ['12/31/2013 9:30 AM', '2013-12-31T14:30:00Z'],
    ['12/31/13 1:05:10 PM', '2013-12-31T18:05:10Z'],
    ['31.12.2013 09:30:00.250', '2013-12-31T14:30:00.250Z'],
    ['20131231 093000', '2013-12-31T14:30:00Z'],
    ['20131231 0930', '2013-12-31T14:30:00Z'],
    ['2013-12-31 9:30', '2013-12-31T14:30:00Z'],
    ['31.12.2013 16:30 GMT+0200', '2013-12-31T14:30:00Z'],
  ])('reads %s', async (time, start) => {
    const found = await known('A.csv', 'time;open;high;low;close', `${time};1;2;1;2`);
    expect(found.bars[0]![0]).toBe(start);
  });

  it.each([
    ['days that follow each other', ['03/04/2024', '03/05/2024'], '2024-03-04T05:00:00Z'],
    ['days that follow each other', ['03/04/2024', '04/04/2024'], '2024-04-03T04:00:00Z'],
    ['slashes alone', ['03/04/2024'], '2024-03-04T05:00:00Z'],
    ['points alone', ['03.04.2024'], '2024-04-03T04:00:00Z'],
  ])('takes day or month first by %s, as a guess', async (_, times, start) => {
    const found = await known('A.csv', 'time,open,high,low,close', ...times.map((time) => `${time},1,2,1,2`));
    expect(found.bars[0]![0]).toBe(start);
    expect(found.guesses).toContain('time format');
  });

  it('counts a preamble and comments as headers', async () => {
    const text = '# made by hand\nsep=;\ndate;open;high;low;close\n2024-01-02;1,5;2,5;1;2\n# the end\n';
    const result = await imported([file('A.csv', text)]);
    expect(result.audits[0]).toMatchObject({ records: 5, headers: 4, accepted: 1, rejected: 0 });
    expect(decided(result.audits[0]!, 'decimal point')).toBe('comma');
    expect(result.symbols[0]!.columns.open[0]).toBe(1.5);
  });

  it.each([20, 40, 900])('finds header and bars behind %i comments', async (count) => {
    const comments = '# a line, of a vendor\n'.repeat(count);
    const bars = '2024-01-02,1,2,1,2\n2024-01-03,1,2,1,2\n';
    for (const head of ['date,open,high,low,close\n', '']) {
      const { audits } = await imported([file('A.csv', comments + head + bars)]);
      expect(audits[0]).toMatchObject({ headers: count + (head ? 1 : 0), accepted: 2, rejected: 0 });
    }
  });

  it('says of nothing but comments what they are', async () => {
    const text = '# a line, of a vendor\n'.repeat(1_000) + 'date,open,high,low,close\n2024-01-02,1,2,1,2\n';
    await expect(imported([file('A.csv', text)])).rejects.toThrow(
      'A.csv has nothing but comments in its first 1000 lines; its header and bars must begin within the first 1000 lines and 256 KB',
    );
  });

  it('reads a time in another Unix unit than most, and says so', async () => {
    const lines = ['1735689480000,1,1,1,1', '1735689540000,1,1,1,1', '1735689600000000,1,1,1,1'];
    const result = await imported([file('A.csv', ['time,open,high,low,close', ...lines].join('\n'))]);
    expect([...result.symbols[0]!.columns.start.slice(0, 3)]).toEqual([1735689480000, 1735689540000, 1735689600000]);
    expect(decided(result.audits[0]!, 'other time unit')).toBe('1 records');
  });
});

describe('the symbol in a name as the vendor gives it, as a guess', () => {
  const ninja = ['20131004 133100;166.1;166.2;166;166.1;86'];
  const sierra = ['Date, Time, Open, High, Low, Last, Volume', '2013/10/4, 9:30:00, 166.1, 166.2, 166, 166.1, 86'];
  const tradingView = ['time,open,high,low,close,Volume', '1380893400,166.1,166.2,166,166.1,86'];
  const alphaVantage = [
    'timestamp,open,high,low,close,volume',
    '2013-10-04 09:31:00,166.1,166.2,166,166.1,86',
    '2013-10-04 09:30:00,166.1,166.2,166,166.1,86',
  ];
  it.each([
    ['NinjaTrader', 'SPY.Last.txt', ninja, 'SPY'],
    ['NinjaTrader', 'ES 12-13.Bid.txt', ninja, 'ES'],
    ['NinjaTrader', 'BRK.B.txt', ninja, 'BRK.B'],
    ['Sierra Chart', 'ESZ13-CME.scid_BarData.txt', sierra, 'ESZ13-CME'],
    ['TradingView', 'BATS_SPY, 1.csv', tradingView, 'SPY'],
    ['TradingView', 'BINANCE_BTCUSDT.P, 60_1a2b3.csv', tradingView, 'BTCUSDT.P'],
    ['TradingView', 'ES1!, 5.csv', tradingView, 'ES1!'],
    ['Alpha Vantage', 'intraday_1min_IBM.csv', alphaVantage, 'IBM'],
    ['Alpha Vantage', 'IBM.csv', alphaVantage, 'IBM'],
  ])('%s: %s', async (format, name, lines, symbol) => {
    expect(await known(name, ...lines)).toMatchObject({ format, symbol });
  });
});

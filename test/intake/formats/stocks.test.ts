import { describe, expect, it } from 'vitest';
import { countsOf, decided, file, imported, startsOf } from '../files.ts';
import { known } from './known.ts';

// The instants are worked out by hand: New York is 5 hours behind UTC in winter and 4 in summer.
describe('Yahoo', () => {
  it('days with an adjusted close, and days without values', async () => {
    const lines = [
      'Date,Open,High,Low,Close,Adj Close,Volume',
      '2014-01-02,15.920000,15.980000,15.720000,15.860000,15.096152,6502300',
      '2014-01-03,null,null,null,null,null,null',
    ];
    const result = await imported([file('NVDA.csv', lines.join('\n'))]);
    expect(startsOf(result)).toEqual(['2014-01-02T05:00:00Z']);
    expect(result.symbols[0]!.columns.close[0]).toBe(15.86);
    expect(countsOf(result.audits[0]!)).toEqual({ records: 3, accepted: 1, rejected: 1, headers: 1 });
    expect(result.audits[0]!.reasons).toEqual({ 'open is not a number': 1 });
    expect(decided(result.audits[0]!, 'format')).toBe('Yahoo Finance');
  });

  it('yfinance with offsets, which change with the clocks', async () => {
    const found = await known(
      'SPY.csv',
      'Datetime,Open,High,Low,Close,Adj Close,Volume',
      '2024-03-08 15:30:00-05:00,1,2,1,2,2,10',
      '2024-03-11 09:30:00-04:00,2,3,2,3,3,20',
    );
    expect(found.bars).toEqual([
      ['2024-03-08T20:30:00Z', 1, 2, 1, 2, 10],
      ['2024-03-11T13:30:00Z', 2, 3, 2, 3, 20],
    ]);
  });

  it('yfinance with three lines of header and the close first', async () => {
    const found = await known(
      'download.csv',
      'Price,Close,High,Low,Open,Volume',
      'Ticker,SPY,SPY,SPY,SPY,SPY',
      'Datetime,,,,,',
      '2026-07-06 09:30:00-04:00,2,4,0.5,1,100',
      '2026-07-06 09:31:00-04:00,3,4,2,2,50',
    );
    expect(found).toMatchObject({ format: 'yfinance', symbol: 'SPY' });
    expect(found.bars[0]).toEqual(['2026-07-06T13:30:00Z', 1, 4, 0.5, 2, 100]);
  });
});

it('Alpaca: many symbols', async () => {
  const found = await known(
    'bars.csv',
    'symbol,timestamp,open,high,low,close,volume,trade_count,vwap',
    'AAPL,2024-12-11 09:30:00+00:00,247.77,248.0,247.5,247.9,1000.0,50.0,247.77',
    'MSFT,2024-12-11 09:30:00+00:00,447.77,448.0,447.5,447.9,10.0,5.0,447.77',
  );
  expect(found).toMatchObject({ format: 'Alpaca', symbol: 'AAPL', guesses: [] });
  expect(found.bars).toEqual([['2024-12-11T09:30:00Z', 247.77, 248, 247.5, 247.9, 1000]]);
});

it('Massive: the close in front of the high, nanoseconds, fractional volumes', async () => {
  const found = await known(
    '2025-04-15.csv',
    'ticker,volume,open,close,high,low,window_start,transactions',
    'AAPL,4930.5,200.29,200.5,200.63,200.2,1744792500000000000,129',
  );
  expect(found).toMatchObject({ format: 'Massive (Polygon) flat file', symbol: 'AAPL', guesses: [] });
  expect(found.bars).toEqual([['2025-04-16T08:35:00Z', 200.29, 200.63, 200.2, 200.5, 4930.5]]);
});

describe('Databento', () => {
  it('billionths, and instruments among each other', async () => {
    const found = await known(
      'glbx.csv',
      'ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume',
      '1609110000000000000,33,1,5482,368200000000000,368300000000000,368100000000000,368250000000000,2312',
      '1609110000000000000,33,1,99,1000000000,1000000000,1000000000,1000000000,1',
    );
    expect(found).toMatchObject({ format: 'Databento', symbol: '5482', guesses: [] });
    expect(found.bars).toEqual([['2020-12-27T23:00:00Z', 368_200, 368_300, 368_100, 368_250, 2312]]);
  });

  it('decimals with a symbol', async () => {
    const found = await known(
      'glbx.csv',
      'ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol',
      '2018-05-01T08:04:00.000000000Z,33,1,5482,1.100000000,1.200000000,1.000000000,1.150000000,3,6EM8',
    );
    expect(found.symbol).toBe('6EM8');
    expect(found.bars).toEqual([['2018-05-01T08:04:00Z', 1.1, 1.2, 1, 1.15, 3]]);
  });
});

describe('QuantConnect LEAN', () => {
  it('milliseconds since the midnight of the day in the name, and ten-thousandths', async () => {
    const found = await known(
      '20131007_spy_minute_trade.csv',
      '34200000,1681200,1681500,1681100,1681301,500',
      '34260000,1681301,1681301,1681301,1681301,7',
    );
    expect(found).toMatchObject({ format: 'QuantConnect LEAN', symbol: 'SPY', guesses: ['zone'] });
    expect(found.bars).toEqual([
      ['2013-10-07T13:30:00Z', 168.12, 168.15, 168.11, 168.1301, 500],
      ['2013-10-07T13:31:00Z', 168.1301, 168.1301, 168.1301, 168.1301, 7],
    ]);
  });

  it('crypto in decimals and UTC', async () => {
    const found = await known('20180405_btcusd_minute_trade.csv', '60000,6785.1,6790,6780.25,6788,1.5');
    expect(found.bars).toEqual([['2018-04-05T00:01:00Z', 6785.1, 6790, 6780.25, 6788, 1.5]]);
  });

  it('hours and days', async () => {
    const found = await known('spy.csv', '20131001 09:00,1681200,1681500,1681100,1681300,500');
    expect(found.symbol).toBe('SPY');
    expect(found.bars).toEqual([['2013-10-01T13:00:00Z', 168.12, 168.15, 168.11, 168.13, 500]]);
  });

  it('quotes, of which the bid is taken', async () => {
    const found = await known('20140501_eurusd_minute_quote.csv', '0,1.1,1.3,1,1.2,0,1.2,1.4,1.1,1.3,0');
    expect(found.bars).toEqual([['2014-05-01T00:00:00Z', 1.1, 1.3, 1, 1.2, 0]]);
  });

  it('is refused without a day in the name', async () => {
    await expect(imported([file('spy.csv', '34200000,1681200,1681500,1681100,1681300,500\n')])).rejects.toThrow(
      'spy.csv has times since midnight, and no date in its name',
    );
  });
});

describe('Kibot', () => {
  it('month, day and year, a time of day, the start', async () => {
    const found = await known(
      'IBM.txt',
      '08/11/2011,09:30,12.52,12.68,12.5,12.66,1004620',
      '08/11/2011,09:31,12.6,12.7,12.5,12.66,400',
    );
    expect(found).toMatchObject({ format: 'Kibot', symbol: 'IBM' });
    expect(found.bars[0]).toEqual(['2011-08-11T13:30:00Z', 12.52, 12.68, 12.5, 12.66, 1_004_620]);
  });

  it('days', async () => {
    const found = await known('IBM.txt', '01/03/2011,12.52,12.68,12.5,12.66,1004620');
    expect(found.bars[0]![0]).toBe('2011-01-03T05:00:00Z');
  });
});

it('FirstRate Data, with its zone, by its name', async () => {
  const found = await known('AAPL_full_1min_adjsplitdiv.txt', '2005-01-03 08:00:00,1.1,1.3,1,1.2,300');
  expect(found).toMatchObject({ format: 'FirstRate Data', symbol: 'AAPL' });
  expect(found.bars).toEqual([['2005-01-03T13:00:00Z', 1.1, 1.3, 1, 1.2, 300]]);
});

it('Alpha Vantage: the newest first', async () => {
  const found = await known(
    'intraday_5min_IBM.csv',
    'timestamp,open,high,low,close,volume',
    '2024-08-02 19:55:00,1,2,1,2,10',
    '2024-08-02 19:50:00,1,2,1,2,20',
  );
  expect(found.format).toBe('Alpha Vantage');
  expect(found.bars.map(([start, , , , , volume]) => [start, volume])).toEqual([
    ['2024-08-02T23:50:00Z', 20],
    ['2024-08-02T23:55:00Z', 10],
  ]);
});

describe('Interactive Brokers', () => {
  const header = ',date,open,high,low,close,volume,average,barCount';

  it('with offsets and an index; a volume of -1 is none', async () => {
    const found = await known('EUR.csv', header, '0,2024-07-24 13:30:00+00:00,1.1,1.2,1,1.15,-1.0,-1.0,-1');
    expect(found.format).toBe('Interactive Brokers');
    expect(found.bars).toEqual([['2024-07-24T13:30:00Z', 1.1, 1.2, 1, 1.15, 0]]);
  });

  it.each([
    ['20240115 09:30:00 US/Eastern', '2024-01-15T14:30:00Z'],
    ['20240115  09:30:00', '2024-01-15T14:30:00Z'],
    ['20240115 09:30:00 Asia/Tokyo', '2024-01-15T00:30:00Z'],
    ['20240115', '2024-01-15T05:00:00Z'],
  ])('%s', async (time, start) => {
    const found = await known('SPY.csv', header.slice(1), `${time},1,2,1,2,10,1.5,3`);
    expect(found.bars[0]![0]).toBe(start);
  });
});

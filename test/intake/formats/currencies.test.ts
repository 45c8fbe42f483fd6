import { describe, expect, it } from 'vitest';
import { Collector } from '../../../src/intake/collector.ts';
import { defaultChoices } from '../../../src/intake/choices.ts';
import { readFile } from '../../../src/intake/read-file.ts';
import { breathe, file, imported, startsOf, onePiece } from '../files.ts';
import { known } from './known.ts';

describe('Binance', () => {
  const ms = '1735689540000,1.1,1.3,1,1.2,5.5,1735689599999,6,7,3,3,0';
  const µs = '1735689600000000,1.2,1.3,1,1.1,2,1735689659999999,6,7,3,3,0';

  it('without a header, milliseconds', async () => {
    const found = await known('BTCUSDT-1m-2024-12.csv', ms);
    expect(found).toMatchObject({ format: 'Binance klines', symbol: 'BTCUSDT', guesses: [] });
    expect(found.bars).toEqual([['2024-12-31T23:59:00Z', 1.1, 1.3, 1, 1.2, 5.5]]);
  });

  it('with a header', async () => {
    const header =
      'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
    expect((await known('BTCUSDT-1m-2024-12.csv', header, ms)).bars).toHaveLength(1);
  });

  it('two files of one dataset in different units', async () => {
    const result = await imported([file('BTCUSDT-1m-2024-12.csv', ms), file('BTCUSDT-1m-2025-01.csv', µs)]);
    expect(startsOf(result)).toEqual(['2024-12-31T23:59:00Z', '2025-01-01T00:00:00Z']);
    expect(result.interval).toBe('1m');
  });
});

it('Kraken: seven columns', async () => {
  const found = await known('XBTUSD_1.csv', '1601855760,1.1,1.2,1.0,1.1,10.5,1', '1601855880,1.1,1.3,1.0,1.2,2,9');
  expect(found).toMatchObject({ format: 'Kraken', symbol: 'XBTUSD' });
  expect(found.bars[0]).toEqual(['2020-10-04T23:56:00Z', 1.1, 1.2, 1, 1.1, 10.5]);
});

it.each([
  ['without a header', []],
  ['with one', ['time,low,high,open,close,volume']],
])('Coinbase %s: low and high first, the newest first', async (_, header) => {
  const found = await known('BTC-USD.csv', ...header, '1601855820,1,4,2,3,7', '1601855760,1,4,3,2,9');
  expect(found.format).toBe('Coinbase candles');
  expect(found.bars).toEqual([
    ['2020-10-04T23:56:00Z', 3, 4, 1, 2, 9],
    ['2020-10-04T23:57:00Z', 2, 4, 1, 3, 7],
  ]);
});

it('CryptoDataDownload: its address, two volumes, milliseconds beside seconds', async () => {
  const found = await known(
    'Binance_BTCUSDT_1h.csv',
    'https://www.CryptoDataDownload.com',
    'Unix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount',
    '1690592400000,2023-07-29 01:00:00,BTC/USDT,29316,29400,29300,29350,12.5,366000,99',
    '1690588800,2023-07-29 00:00:00,BTC/USDT,29300,29316,29300,29316,1.5,44000,9',
  );
  expect(found).toMatchObject({ format: 'CryptoDataDownload', symbol: 'BTC/USDT' });
  expect(found.bars).toEqual([
    ['2023-07-29T00:00:00Z', 29_300, 29_316, 29_300, 29_316, 1.5],
    ['2023-07-29T01:00:00Z', 29_316, 29_400, 29_300, 29_350, 12.5],
  ]);
});

describe('HistData', () => {
  it('minutes of New York, not of NinjaTrader, because there are no volumes', async () => {
    const found = await known(
      'DAT_ASCII_SPXUSD_M1_201803.csv',
      '20180309 165900;2784.250000;2784.250000;2783.750000;2783.750000;0',
      '20180311 180100;2785.250000;2786.380000;2785.000000;2786.250000;0',
    );
    expect(found).toMatchObject({ format: 'HistData', symbol: 'SPXUSD', guesses: ['format', 'zone', 'stamp'] });
    expect(found.bars.map(([start]) => start)).toEqual(['2018-03-09T21:59:00Z', '2018-03-11T22:01:00Z']);
  });

  it('for MetaTrader', async () => {
    const found = await known('DAT_MT_EURUSD_M1_201202.csv', '2012.02.01,00:00,1.306600,1.306600,1.306560,1.306560,0');
    expect(found).toMatchObject({ format: 'HistData', symbol: 'EURUSD' });
    expect(found.bars[0]![0]).toBe('2012-02-01T05:00:00Z');
  });

  it('ticks, which are quotes', async () => {
    const collector = new Collector();
    const text = '20120201 000003660,1.306600,1.306700,0\n20120201 000004001,1.306500,1.306700,0\n';
    await readFile(file('DAT_ASCII_EURUSD_T_201202.csv', text), defaultChoices, collector);
    const { symbols } = await collector.finishRecords('quotes', breathe);
    const { time, values, count } = await onePiece(symbols[0]!);
    expect([count, new Date(time[0]!).toISOString(), values[0]![0], values[1]![0]]).toEqual([
      ...[2, '2012-02-01T05:00:03.660Z', 1.3066, 1.3067],
    ]);
  });
});

describe('Dukascopy', () => {
  it('GMT, the day first', async () => {
    const found = await known(
      'EURUSD_Candlestick_1_M_BID_05.03.2025.csv',
      'Gmt time,Open,High,Low,Close,Volume',
      '05.03.2025 00:00:00.000,1.07894,1.079,1.0789,1.07899,9899.999999999998',
    );
    expect(found).toMatchObject({ format: 'Dukascopy', symbol: 'EURUSD' });
    expect(found.bars).toEqual([['2025-03-05T00:00:00Z', 1.07894, 1.079, 1.0789, 1.07899, 9899.999999999998]]);
  });

  it('local time with its offset', async () => {
    const found = await known(
      'EURUSD.csv',
      'Local time,Open,High,Low,Close,Volume',
      '13.01.2018 00:00:00.000 GMT+0700,1,2,1,2,3',
    );
    expect(found.bars[0]![0]).toBe('2018-01-12T17:00:00Z');
  });
});

describe('MetaTrader', () => {
  it('4: no header, the time of the broker', async () => {
    const found = await known('EURUSD1.csv', '2012.02.01,00:00,1.306600,1.306600,1.306560,1.306560,17');
    expect(found.format).toBe('MetaTrader 4');
    // Athens is two hours ahead in winter.
    expect(found.bars).toEqual([['2012-01-31T22:00:00Z', 1.3066, 1.3066, 1.30656, 1.30656, 17]]);
  });

  it('5: tabs, the volume of ticks where there is no other', async () => {
    const header = '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>';
    const found = await known('EURUSD_M1.csv', header, '2024.01.02\t12:00:00\t1\t2\t1\t2\t33\t0\t5');
    expect(found.format).toBe('MetaTrader 5');
    expect(found.bars).toEqual([['2024-01-02T10:00:00Z', 1, 2, 1, 2, 33]]);
    const real = await known('SBER_M1.csv', header, '2024.01.02\t12:00:00\t1\t2\t1\t2\t33\t44\t5');
    expect(real.bars[0]![5]).toBe(44);
  });

  it('5: days', async () => {
    const header = '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>';
    const found = await known('EURUSD_Daily.csv', header, '2024.07.02\t1\t2\t1\t2\t33\t0\t5');
    expect(found.bars[0]![0]).toBe('2024-07-01T21:00:00Z');
  });
});

import { expect, it } from 'vitest';
import { barsOf, countsOf, decided, file, imported } from './files.ts';

/** The bar at 2024-01-02 14:30 UTC, in the ways in which programs and vendors write it. */
const sameBar = ['2024-01-02T14:30:00Z', 1, 2, 0.5, 1.5, 10];

it.each([
  ['time,o,h,l,c,v', '2024-01-02 14:30:00 Z,1,2,0.5,1.5,10'],
  ['timestamp,open,high,low,close,volume', '2024-01-02T14:30:00.000000+00:00,1,2,0.5,1.5,10'],
  ['timestamp,open,high,low,close,volume', '2024-01-02T09:30:00-05:00[America/New_York],1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '2024-01-02 09:30:00 EST,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '2024-01-02 15:30:00 CET,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '20240102093000,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '202401020930,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '20240102093000000,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '02-Jan-2024 09:30,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '2-January-24 9:30 AM,1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '"Jan 2, 2024 9:30",1,2,0.5,1.5,10'],
  ['date,open,high,low,close,volume', '2024-Jan-02 09:30,1,2,0.5,1.5,10'],
  ['Time (EET),Open,High,Low,Close,Volume ', '2024.01.02 16:30:00,1,2,0.5,1.5,10'],
  ['start_at,open,high,low,close,volume,turnover', '1704205800,1,2,0.5,1.5,10,15'],
  ['Date,Close/Last,Volume,Open,High,Low', '01/02/2024 09:30,$1.5,10,$1,$2,$0.5'],
  ['"Date","Price","Open","High","Low","Vol."', '"01/02/2024 09:30","1.5","1","2","0.5","0.01K"'],
  ['Timestamp,Open,High,Low,Close,Volume_(BTC),Volume_(Currency)', '1704205800,1,2,0.5,1.5,10,15'],
  ['Datum;Eröffnung;Hoch;Tief;Schluss;Volumen', '02.01.2024 09:30;1,0;2,0;0,5;1,5;10'],
])('reads under %s the bar %s', async (header, record) => {
  const result = await imported([file('A.csv', `${header}\n${record}\n`)]);
  expect(barsOf(result)).toEqual([sameBar]);
});

it('reads thousands with commas where commas do not begin decimals', async () => {
  const text = 'time,open,high,low,close,volume\n2024-01-02T14:30Z,"1,001.5","1,002","1,000","1,001","1,07,88,000"\n';
  expect(barsOf(await imported([file('A.csv', text)]))[0]!.slice(1)).toEqual([
    1_001.5, 1_002, 1_000, 1_001, 10_788_000,
  ]);
  const euro = 'time;open;high;low;close;volume\n2024-01-02T14:30Z;1,234;1,250;1,200;1,210;1.000\n';
  expect(barsOf(await imported([file('A.csv', euro)]))[0]!.slice(1)).toEqual([1.234, 1.25, 1.2, 1.21, 1_000]);
});

it('takes bars whose volume says nothing, with 0, and counts them', async () => {
  const volumes = ['10', '', 'NaN', 'null', '-', 'N/A'];
  const lines = volumes.map((volume, i) => `2024-01-02T14:3${i}Z,1,2,0.5,1.5,${volume}`);
  const prices = '2024-01-02T14:40Z,,,,,';
  const result = await imported([file('A.csv', ['time,open,high,low,close,volume', ...lines, prices, ''].join('\n'))]);
  expect(barsOf(result).map((bar) => bar[5])).toEqual([10, 0, 0, 0, 0, 0]);
  expect(countsOf(result.audits[0]!)).toEqual({ records: 8, accepted: 6, rejected: 1, headers: 1 });
  expect(decided(result.audits[0]!, 'empty volume')).toBe('5 records');
});

it('takes the volume of the base where there is one of each currency', async () => {
  const text =
    'Unix,Date,Symbol,Open,High,Low,Close,Volume USDT,Volume BTC\n1646092800000,2022-03-01 00:00:00,BTC/USDT,1,2,0.5,1.5,15,10\n';
  expect(barsOf(await imported([file('A.csv', text)]))[0]![5]).toBe(10);
});

it('takes times without a time of day for days, however few', async () => {
  for (const lines of [['2024-01-02,1,2,0.5,1.5'], ['2024-01-02,1,2,0.5,1.5', '2024-01-06,1,2,0.5,1.5']])
    expect((await imported([file('A.csv', ['date,open,high,low,close', ...lines, ''].join('\n'))])).interval).toBe(
      '1d',
    );
});

const wide = {
  'prices over symbols': [
    'Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume',
    'Ticker,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT',
    'Date,,,,,,,,,,',
    '2024-01-02,1.5,3,2,4,0.5,1,1,2,10,20',
    '2024-01-03,,3,,4,,1,,2,,20',
    '2024-01-04,1.5,3,2,4,0.5,1,1,2,,20',
  ],
  'symbols over prices': [
    'Ticker,AAPL,AAPL,AAPL,AAPL,AAPL,MSFT,MSFT,MSFT,MSFT,MSFT',
    'Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume',
    'Date,,,,,,,,,,',
    '2024-01-02,1,2,0.5,1.5,10,2,4,1,3,20',
    '2024-01-03,,,,,,2,4,1,3,20',
    '2024-01-04,1,2,0.5,1.5,,2,4,1,3,20',
  ],
  'levels without names': [
    ',Adj Close,Adj Close,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume',
    ',AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT',
    'Date,,,,,,,,,,,,',
    '2024-01-02,9,9,1.5,3,2,4,0.5,1,1,2,10,20',
    '2024-01-03,,9,,3,,4,,1,,2,,20',
    '2024-01-04,9,9,1.5,3,2,4,0.5,1,1,2,,20',
  ],
  'names with symbols': [
    'Date,Open_AAPL,High_AAPL,Low_AAPL,Close_AAPL,Volume_AAPL,Open_MSFT,High_MSFT,Low_MSFT,Close_MSFT,Volume_MSFT',
    '2024-01-02,1,2,0.5,1.5,10,2,4,1,3,20',
    '2024-01-03,,,,,,2,4,1,3,20',
    '2024-01-04,1,2,0.5,1.5,,2,4,1,3,20',
  ],
  'names by quantmod': [
    '"","AAPL.Open","AAPL.High","AAPL.Low","AAPL.Close","AAPL.Volume","MSFT.Open","MSFT.High","MSFT.Low","MSFT.Close","MSFT.Volume"',
    '"2024-01-02",1,2,0.5,1.5,10,2,4,1,3,20',
    '"2024-01-03",NA,NA,NA,NA,NA,2,4,1,3,20',
    '"2024-01-04",1,2,0.5,1.5,NA,2,4,1,3,20',
  ],
};

it.each(Object.entries(wide))('reads symbols side by side: %s', async (_, lines) => {
  const result = await imported([file('A.csv', `${lines.join('\n')}\n`)]);
  expect(result.interval).toBe('1d');
  expect(barsOf(result, 'AAPL')).toEqual([
    ['2024-01-02T05:00:00Z', 1, 2, 0.5, 1.5, 10],
    ['2024-01-04T05:00:00Z', 1, 2, 0.5, 1.5, 0],
  ]);
  expect(barsOf(result, 'MSFT').map((bar) => bar.slice(1))).toEqual(Array.from({ length: 3 }, () => [2, 4, 1, 3, 20]));
  // A record of two bars counts as two, and the one that is not there as blank.
  const headers = lines.findIndex((line) => line.includes('2024-01-02'));
  expect(countsOf(result.audits[0]!)).toEqual({ records: headers + 6, accepted: 5, headers, blanks: 1 });
});

it('names the symbol of a wide table that lacks a price', async () => {
  const [names, symbols, own, ...rest] = wide['prices over symbols'];
  const text = [names!.replace('Close,Close', 'Close,Adj Close'), symbols, own, ...rest, ''].join('\n');
  await expect(imported([file('A.csv', text)])).rejects.toThrow('A.csv has no column for close of MSFT');
});

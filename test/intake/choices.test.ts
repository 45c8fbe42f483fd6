import { describe, expect, it } from 'vitest';
import type { LayoutChoices } from '../../src/intake/choices.ts';
import type { FilePreview } from '../../src/intake/preview.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import type { TestChoices } from './files.ts';
import { barsOf, choicesOf, csv, decided, file, imported } from './files.ts';

const preview = (name: string, text: string, choices: TestChoices = {}): Promise<FilePreview> =>
  previewFile(file(name, text), choicesOf(choices));
const read = async (text: string, choices: TestChoices, name = 'A.csv') =>
  barsOf(await imported([file(name, text)], choices));

const wall = csv('03/04/2024 09:30,1,4,0.5,2,100', '03/04/2024 09:31,2,4,1,2,50', '03/04/2024 09:32,2,4,1,2,50');

describe('a choice changes', () => {
  it('the format', async () => {
    const text = '20240304 093000;1;4;0.5;2;100\n20240304 093100;2;4;1;2;50\n20240304 093200;2;4;1;2;50\n';
    expect(decided(await preview('ES.txt', text), 'format')).toBe('NinjaTrader');
    const found = await preview('ES.txt', text, { format: 'HistData' });
    expect(decided(found, 'zone')).toBe('America/New_York');
    expect(found.decisions[0]).toMatchObject({ name: 'format', value: 'HistData', reason: 'chosen', guess: false });
    expect(await read(text, { format: 'HistData' })).toHaveLength(3);
  });

  it('the delimiter', async () => {
    const text = 'time;open;high;low;close;volume,x\n2024-03-04T09:30Z;1;4;0.5;2;100,7\n';
    const found = await preview('A.csv', text);
    const other = found.decisions.find(({ name }) => name === 'delimiter')!;
    expect(other.alternatives.map(({ value }) => value)).toEqual([',', ';']);
    await expect(preview('A.csv', text, { delimiter: ',' })).rejects.toThrow('no column for');
  });

  it('columns', async () => {
    const text = csv('2024-03-04T14:30Z,1,4,0.5,2,100');
    expect(await read(text, { columns: 'time,open,high,low,close' })).toEqual([
      ['2024-03-04T14:30:00Z', 1, 4, 0.5, 2, 0],
    ]);
    expect(
      await read('a,b,c,d,e,f\n2024-03-04T14:30Z,2,1,4,0.5,9\n', { columns: 'time,close,open,high,low,' }),
    ).toEqual([['2024-03-04T14:30:00Z', 1, 4, 0.5, 2, 0]]);
    const ticks = await preview('A.csv', 'a,b,c\n2024-03-04T14:30Z,2,1\n', { columns: 'time,price,size' });
    expect(decided(ticks, 'kind')).toBe('ticks');
  });

  it('the order of dates', async () => {
    expect(decided(await preview('A.csv', wall), 'time format')).toBe('month, day, year');
    expect((await read(wall, { dateOrder: 'dmy' }))[0]![0]).toBe('2024-04-03T13:30:00Z');
    expect((await read(wall, { dateOrder: 'mdy' }))[0]![0]).toBe('2024-03-04T14:30:00Z');
  });

  it('the time unit', async () => {
    const text = csv('1709562600,1,4,0.5,2,100');
    expect((await read(text, { timeUnit: 'ms' }))[0]![0]).toBe('1970-01-20T18:52:42.600Z');
  });

  it('the zone', async () => expect((await read(wall, { zone: 'Asia/Tokyo' }))[0]![0]).toBe('2024-03-04T00:30:00Z'));

  it('the stamp, and what is taken off', async () => {
    expect((await read(wall, { stamp: 'end' })).map(([start]) => start)).toEqual([
      ...['2024-03-04T14:29:00Z', '2024-03-04T14:30:00Z', '2024-03-04T14:31:00Z'],
    ]);
    const sparse = csv('2024-03-04 09:30,1,4,0.5,2,100');
    expect((await read(sparse, { stamp: 'end', interval: '5m' }))[0]![0]).toBe('2024-03-04T14:25:00Z');
    const tradeStation = `"Date","Time","Open","High","Low","Close","Vol","OI"\n03/04/2024,09:31,1,4,0.5,2,100,0\n03/04/2024,09:32,1,4,0.5,2,100,0\n`;
    expect((await read(tradeStation, {}))[0]![0]).toBe('2024-03-04T14:30:00Z');
    expect((await read(tradeStation, { stamp: 'start' }))[0]![0]).toBe('2024-03-04T14:31:00Z');
  });

  it('the interval', async () => {
    const result = await imported([file('A.csv', csv('2024-03-04 09:30,1,4,0.5,2,100'))], { interval: '1h' });
    expect(result.interval).toBe('1h');
    expect(result.audits[0]!.decisions.find(({ name }) => name === 'interval')).toMatchObject({ reason: 'chosen' });
  });

  it('price scale and decimal point', async () => {
    const text = csv('2024-03-04T14:30Z,10000,40000,5000,20000,100');
    expect(await read(text, { priceScale: '4' })).toEqual([['2024-03-04T14:30:00Z', 1, 4, 0.5, 2, 100]]);
    const comma = 'time;open;high;low;close\n2024-03-04T14:30Z;1.000;4.000;0.500;2.000\n';
    expect(await read(comma, { decimalPoint: ',' })).toEqual([['2024-03-04T14:30:00Z', 1_000, 4_000, 500, 2_000, 0]]);
  });

  it('the symbol', async () => {
    const result = await imported([file('A.csv', wall), file('B.csv', wall)], { symbol: 'X' });
    expect(result.symbols.map(({ name }) => name)).toEqual(['X']);
  });
});

describe('a choice that does not fit', () => {
  const zoned = csv('2024-03-04T14:30Z,1,4,0.5,2,100', '2024-03-04T14:31Z,1,4,0.5,2,100');
  const daily = csv('2024-03-04,1,4,0.5,2,100', '2024-03-05,1,4,0.5,2,100');
  const ofMany = 'symbol,time,price\nA,2024-03-04T14:30Z,1\n';
  const refused: readonly (readonly [LayoutChoices, string, string])[] = [
    [{ format: 'Excel' }, wall, 'chosen format "Excel"; it must be one of Tapedeck'],
    [{ format: 'Kraken' }, wall, 'chosen format "Kraken"; it has the columns of'],
    [{ delimiter: ':' }, wall, 'chosen delimiter ":"'],
    [{ columns: 'time,open,high' }, wall, 'bars need open, high, low and close'],
    [{ columns: 'time,opn,high,low,close' }, wall, '"opn" is none of'],
    [{ columns: 'time,open,open,high,low,close' }, wall, 'only one column can be open'],
    [{ columns: 'date,open,high,low,close' }, wall, 'one column must be time'],
    [{ columns: 'time,open,high,low,close,volume,symbol' }, wall, 'the file has 6 columns'],
    [{ dateOrder: 'year' }, wall, 'it must be one of ymd dmy mdy'],
    [{ dateOrder: 'dmy' }, csv('03/14/2024 09:30,1,4,0.5,2,100'), 'a date such as "03/14/2024 09:30" does not read so'],
    [{ dateOrder: 'dmy' }, zoned, 'a date such as "2024-03-04T14:30Z" does not read so'],
    [{ dateOrder: 'dmy' }, csv('1709562600,1,4,0.5,2,100'), 'the times are numbers'],
    [{ timeUnit: 'ms' }, wall, 'the times are no Unix times'],
    [{ timeUnit: 's' }, csv('1709562600000,1,4,0.5,2,100'), 'read so, "1709562600000" is before 1900 or after 2199'],
    [{ zone: 'New York' }, wall, 'it must be the IANA name of a zone'],
    [{ zone: 'UTC' }, zoned, 'every time has an offset or Z'],
    [{ zone: 'UTC' }, csv('1709562600,1,4,0.5,2,100'), 'the times are Unix times'],
    [{ stamp: 'middle' }, wall, 'it must be one of start end'],
    [{ stamp: 'end' }, daily, 'the records are of days'],
    [{ stamp: 'end' }, ofMany, 'ticks are of one moment'],
    [{ interval: 'minute' }, wall, 'it must be a length such as'],
    [{ interval: '5m' }, wall, 'some that are 1m apart'],
    [{ priceScale: '-1' }, wall, 'it must be one of 0 1 2'],
    [{ decimalPoint: ';' }, wall, 'it must be one of . ,'],
    [{ decimalPoint: '.' }, 'time;open;high;low;close\n2024-03-04 14:30;1,5;4,5;0,5;2,5\n', 'no price is a number'],
    [{ symbol: ' ' }, wall, 'it must have 1 to 100 characters'],
    [{ symbol: 'X' }, ofMany, 'column "symbol" has one for each record'],
  ];
  it.each(refused)('is an error: %o', async (choices, text, message) => {
    for (const answer of [preview('SPY.csv', text, choices), imported([file('SPY.csv', text)], choices)])
      await expect(answer).rejects.toThrow(message);
  });
});

describe('choices by layout', () => {
  it('reach all files that are laid out alike, and no other', async () => {
    const one = await preview('A.csv', wall);
    const other = await preview('B.csv', wall.replaceAll('03/04', '05/06'));
    const semicolons = await preview('C.csv', wall.replaceAll(',', ';'));
    expect(other.signature).toBe(one.signature);
    expect(semicolons.signature).not.toBe(one.signature);
    const byLayout = { [one.signature]: { zone: 'Asia/Tokyo' } };
    expect(decided(await preview('B.csv', wall, { byLayout }), 'zone')).toBe('Asia/Tokyo');
    expect(decided(await preview('C.csv', wall.replaceAll(',', ';'), { byLayout }), 'zone')).toBe('America/New_York');
    expect((await preview('A.csv', wall, { byLayout })).signature).toBe(one.signature);
  });

  it('come before those for all files', async () => {
    const { signature } = await preview('A.csv', wall);
    const byLayout = { [signature]: { zone: 'Asia/Tokyo', stamp: undefined } };
    const found = await preview('A.csv', wall, { byLayout, zone: 'UTC', stamp: 'end' });
    expect([decided(found, 'zone'), decided(found, 'stamp')]).toEqual(['Asia/Tokyo', 'end']);
  });
});

it('every alternative that a preview offers can be chosen, and is then what the decision is now', async () => {
  const texts = [
    wall,
    csv('1709562600,1,4,0.5,2,100', '1709562660,1,4,0.5,2,100'),
    '20240304 093000;1;4;0.5;2;100\n20240304 093100;2;4;1;2;50\n',
    'time;open;high;low;close\n04.03.2024 14:30;1.000;4.000;0.500;2.000\n04.03.2024 14:31;1,5;4,5;0,5;2,5\n',
  ];
  for (const text of texts) {
    const { decisions } = await preview('A.csv', text);
    for (const { choice, alternatives, current } of decisions) {
      if (choice === undefined || choice === 'columns' || choice === 'delimiter') continue;
      if (alternatives.length > 0) expect(alternatives.map(({ value }) => value)).toContain(current);
      for (const { value } of alternatives) {
        const again = await preview('A.csv', text, { [choice]: value });
        const changed = again.decisions.find((each) => each.choice === choice)!;
        expect([choice, changed.current, changed.reason.split(';')[0]]).toEqual([choice, value, 'chosen']);
      }
    }
  }
});

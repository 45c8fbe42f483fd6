import { describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import { verdictsOf } from '../../src/intake/verdicts.ts';
import { barsOf, decided, file, imported } from './files.ts';

const start = Date.UTC(2024, 2, 7, 14, 30);
const minute = 60_000;
const hour = 60 * minute;
/** Minutes by New York's clock, as `line` writes date and time of day. */
const minutes = (line: (date: string, clock: string) => string): string =>
  Array.from({ length: 60 }, (_, i) => {
    const [date, clock] = new Date(start + i * minute - 5 * hour).toISOString().split('T') as [string, string];
    return line(date, clock.slice(0, 5));
  }).join('\n');

const first = ['2024-03-07T14:30:00Z', 10.5, 12.5, 9.5, 11.5, 100];

describe('a time of day beside its date', () => {
  it.each([
    ['Datum;Zeit;Eröffnung;Hoch;Tief;Schluss;Volumen', ';'],
    ['Datum;Uhrzeit;Erster;Hoch;Tief;Schlusskurs;Volumen', ';'],
    ['Date;Heure;Ouverture;Plus haut;Plus bas;Clôture;Volume', ';'],
    ['Fecha;Hora;Apertura;Máximo;Mínimo;Cierre;Volumen', ';'],
    ['Date,Foo,Open,High,Low,Close,Volume', ','],
  ])('is found in %s', async (header, delimiter) => {
    const text = minutes((date, clock) => [date, clock, '10.5', '12.5', '9.5', '11.5', '100'].join(delimiter));
    const result = await imported([file('SPY.csv', `${header}\n${text}\n`)]);
    expect([result.bars, result.interval, barsOf(result)[0]]).toEqual([60, '1m', first]);
  });

  it.each(['<DTYYYYMMDD>,<TIME>', 'Foo,Time'])('of six digits is none of a date: %s', async (names) => {
    const text = minutes(
      (date, clock) => `${date.replaceAll('-', '')},${clock.replace(':', '')}00,10.5,12.5,9.5,11.5,100`,
    );
    const result = await imported([file('SPY.csv', `${names},Open,High,Low,Close,Volume\n${text}\n`)]);
    expect([result.bars, result.interval, barsOf(result)[0]]).toEqual([60, '1m', first]);
  });

  it('is found without a header, as a number without a zero in front, but not where it is a price', async () => {
    const compact = minutes((date, clock) => {
      return `${date.replaceAll('-', '')},${Number(clock.replace(':', ''))},10.5,12.5,9.5,11.5,100`;
    });
    expect(barsOf(await imported([file('SPY.txt', compact)]))[0]).toEqual(first);
    const days = Array.from({ length: 20 }, (_, i) => `202403${String(i + 1).padStart(2, '0')},930,940,920,935,100`);
    expect(await imported([file('SPY.txt', days.join('\n'))])).toMatchObject({ interval: '1d', bars: 20 });
  });
});

it('letters of western Europe are read where they are none in UTF-8, as a guess', async () => {
  const text = minutes((date, clock) => `${date} ${clock};Ö;10.5;12.5;9.5;11.5;100`);
  const western = Buffer.from(`Zeit;Symbol;Eröffnung;Hoch;Tief;Schluss;Volumen\n${text}`, 'latin1');
  const result = await imported([file('SPY.csv', western)]);
  expect([barsOf(result)[0], result.symbols[0]!.name]).toEqual([first, 'Ö']);
  expect(result.audits[0]!.decisions.find(({ name }) => name === 'encoding')).toMatchObject({
    value: 'Windows-1252',
    guess: true,
  });
});

it('of bids and asks side by side the bids are taken, as a guess, with the volume of both', async () => {
  const header = 'time,bid_open,bid_high,bid_low,bid_close,ask_open,ask_high,ask_low,ask_close,volume';
  const text = minutes((date, clock) => `${date} ${clock},10.5,12.5,9.5,11.5,20,22,19,21,100`);
  const result = await imported([file('EURUSD.csv', `${header}\n${text}\n`)]);
  expect(result.symbols.map(({ name }) => name)).toEqual(['EURUSD']);
  expect(barsOf(result)[0]).toEqual(first);
  expect(result.audits[0]!.decisions.find(({ name }) => name === 'columns')).toMatchObject({ guess: true });
  expect(result.audits[0]!.ignoredColumns).toEqual(['ask_open', 'ask_high', 'ask_low', 'ask_close']);
});

describe('dates of six digits', () => {
  const days = (write: (day: Date) => string): string =>
    Array.from({ length: 40 }, (_, i) => `${write(new Date(Date.UTC(2024, 0, 2) + i * 24 * hour))},10,12,9,11,1`).join(
      '\n',
    );
  const two = (value: number): string => String(value % 100).padStart(2, '0');
  it.each([
    ['the year', (day: Date) => two(day.getUTCFullYear()) + two(day.getUTCMonth() + 1) + two(day.getUTCDate())],
    ['the day', (day: Date) => two(day.getUTCDate()) + two(day.getUTCMonth() + 1) + two(day.getUTCFullYear())],
    ['the month', (day: Date) => two(day.getUTCMonth() + 1) + two(day.getUTCDate()) + two(day.getUTCFullYear())],
  ])('have %s first where they follow each other so, as a guess where the text leaves it open', async (_, write) => {
    const source = file('SPY.csv', `Date,Open,High,Low,Close,Volume\n${days(write)}\n`);
    const verdicts = await verdictsOf([source], defaultChoices, null);
    const { decisions } = await previewFile(source, defaultChoices, verdicts);
    const result = await imported([source]);
    expect(
      barsOf(result)
        .map((bar) => String(bar[0]).slice(0, 10))
        .filter((_day, i) => i === 0 || i === 39),
    ).toEqual(['2024-01-02', '2024-02-10']);
    expect(decisions.find(({ name }) => name === 'interval')!.value).toBe('1d');
  });
});

it('times without a zone of a market that never closes are taken to be in UTC, and none of them is lost', async () => {
  const lines = Array.from({ length: 10 * 288 }, (_, i) => {
    const at = new Date(Date.UTC(2024, 2, 5) + i * 5 * minute).toISOString().slice(0, 16).replace('T', ' ');
    return `${at},10,12,9,11,${i + 1}`;
  });
  const source = file('BTC-USD.csv', `time,open,high,low,close,volume\n${lines.join('\n')}\n`);
  const verdicts = await verdictsOf([source], defaultChoices, null);
  const { decisions } = await previewFile(source, defaultChoices, verdicts);
  expect(decisions.find(({ name }) => name === 'zone')).toMatchObject({ value: 'UTC', certainty: 'likely' });
});

it.each([
  ['EURUSD60.csv', 'EURUSD'],
  ['SPX500.csv', 'SPX500'],
])('MetaTrader 4 calls a file by symbol and minutes: %s', async (name, symbol) => {
  const text = minutes((date, clock) => `${date.replaceAll('-', '.')},${clock},10.5,12.5,9.5,11.5,100`);
  const result = await imported([file(name, text)]);
  expect(decided(result.audits[0]!, 'symbol')).toBe(symbol);
});

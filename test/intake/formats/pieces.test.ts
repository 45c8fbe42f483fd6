import fc from 'fast-check';
import { expect, it } from 'vitest';
import { file, gzipped, imported } from '../files.ts';

const prices = fc.tuple(fc.nat(9_000), fc.nat(99)).map(([base, up]) => {
  const [low, high] = [base + 100, base + 100 + up];
  return [low, high, low, high].map((cents) => (cents / 100).toFixed(2));
});
const two = (n: number): string => String(n).padStart(2, '0');

/** By format: the name of a file, its header and a record of a minute with its prices. */
const layouts: [name: string, header: string[], record: (minute: number, prices: string[]) => string][] = [
  ['ES.txt', [], (m, p) => `20061023 10${two(m)}00;${p.join(';').replaceAll('.', ',')};7`],
  ['20131007_spy_minute_trade.csv', [], (m, p) => `${36_000_000 + 60_000 * m},${p.join().replaceAll('.', '')},7`],
  ['IBM.txt', [], (m, p) => `08/31/2011,10:${two(m)},${p.join()},7`],
  ['A.txt', ['Date, Time, Open, High, Low, Last, Volume'], (m, p) => `2026/5/4, 9:${two(m)}:00, ${p.join(', ')}, 7`],
  ['B.txt', ['# a', 'time;open;high;low;close'], (m, p) => `31.12.2013 9:${two(m)} AM GMT+0200;${p.join(';')}`],
  [
    'C.csv',
    ['Price,Open,High,Low,Close,Volume', 'Ticker,X,X,X,X,X', 'Datetime,,,,,'],
    (m, p) => `2026-07-06 09:${two(m)}:00,${p.join()},7`,
  ],
];

it('gives the same result of every layout however the bytes arrive, and counts every record once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      fc.array(fc.tuple(fc.nat(59), prices), { minLength: 3, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
      async ([name, header, record], records, chunks) => {
        const text = [...header, ...records.map(([m, p]) => record(m, p))].join('\r\n');
        const whole = await imported([file(name, text)]);
        expect(await imported([file(name, text, chunks)])).toEqual(whole);
        expect((await imported([gzipped(name, text, chunks)])).symbols).toEqual(whole.symbols);
        const { accepted, duplicates, conflicts, headers, rejected } = whole.audits[0]!;
        expect([headers, rejected]).toEqual([header.length, 0]);
        expect(accepted + duplicates + conflicts).toBe(records.length);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ColumnRole } from '../../src/intake/preview.ts';
import { breathe, file, gzipped, imported, type Imported } from './files.ts';
import { slowReading } from './slow-reading.ts';
import { datasetSha256 } from '../../src/intake/dataset-hash.ts';

const roles: ColumnRole[] = ['symbol', 'time', 'volume', 'open', 'high', 'low', 'close'];
const header = 'symbol,timestamp,volume,open,high,low,close';

/** Prices as files write them: with zeros behind, without a digit in front, with exponents, with more digits than a double. */
const price = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat(99_999), fc.nat(4)).map(([n, places]) => (n / 100 + 1).toFixed(places)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '.5',
      '5.',
      '1e2',
      '1.5E-3',
      '+7',
      '0',
      '-0',
      '-1',
      'NaN',
      '',
      'x',
      '1,5',
      '0x10',
      ' 3 ',
    ),
  },
  { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 30n }).map((n) => `${n}`) },
  { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 25n }).map((n) => `0.${`${n}`.padStart(25, '0')}`) },
);
const plainBar = fc.tuple(fc.nat(9_999), fc.nat(99), fc.nat(99), fc.nat(99)).map(([base, a, b, c]) => {
  const [low, one, two, high] = [
    base + 1,
    base + 1 + Math.min(a, b),
    base + 1 + Math.max(a, b),
    base + 1 + Math.max(a, b) + c,
  ];
  return [one!, high!, low!, two!].map((cents) => (cents / 100).toFixed(2));
});
const time = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.nat(40).map((minute) => `${new Date(Date.UTC(2013, 9, 7, 13, minute)).toISOString().slice(0, 19)}Z`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2013-02-30T00:00:00Z', 'soon', '', ' 2013-10-07T13:30:00Z ', '2013-10-07T13:30:00Zx'),
  },
);
const symbol = fc.constantFrom('A', 'A', 'B', 'BRK.B', 'Ä', '', ' A');
const volume = fc.oneof(
  fc.nat(3).map(String),
  fc.constantFrom('100', '1.25', '-0', '-5', '', '1e3', '123456789012345678'),
);

const fields = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(symbol, time, volume, plainBar).map(([s, t, v, bar]) => [s, t, v, ...bar]) },
  { weight: 2, arbitrary: fc.tuple(symbol, time, volume, price, price, price, price).map((all) => [...all]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom('A', '1', '', '2.5'), { maxLength: 9 }) },
);
const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const record = fc.tuple(fields, fc.nat(0xffff), fc.nat(30)).map(([all, bits, kind]) => {
  if (kind === 0) return '';
  if (kind === 1) return '   ';
  if (kind === 2) return header;
  if (kind === 3) return `${all.join()},`;
  if (kind < 8) return all.map((field, i) => (bits & (1 << i) ? quoted(field) : field)).join();
  if (kind === 8) return [quoted(`${all[0] ?? ''}\n"x",\n`), ...all.slice(1)].join();
  return all.join();
});
const text = fc
  .tuple(fc.array(record, { minLength: 1, maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
  .map(([records, lineEnd, endsWithLine, mark]) => {
    const good = 'A,2013-10-07T13:00:00Z,7,1.5,2,1,1.25';
    return (mark ? '\ufeff' : '') + [header, good, ...records].join(lineEnd) + (endsWithLine ? lineEnd : '');
  });

function plainOf(result: Imported): Map<string, number[]> {
  const bars = new Map<string, number[]>();
  for (const { name, columns } of result.symbols) {
    const { start, open, high, low, close, volume } = columns;
    for (let i = 0; i < columns.count; i++) {
      if (i > 0) expect(start[i]!).toBeGreaterThan(start[i - 1]!);
      bars.set(`${name} ${start[i]}`, [start[i]!, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!]);
    }
  }
  return bars;
}

it('gives the same bars and the same counts as a slow reading', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (csv) => {
      const slow = slowReading(csv.replace('\ufeff', '').replaceAll('\r\n', '\n'), roles);
      const result = await imported([file('A.csv', csv)]);
      expect(plainOf(result)).toEqual(slow.bars);
      const { accepted, duplicates, conflicts, rejected, headers, blanks, records } = result.audits[0]!;
      expect({
        duplicates,
        conflicts,
        rejected,
        headers,
        blanks,
        records,
        taken: accepted + duplicates + conflicts,
      }).toEqual(slow.counts);
      expect(records).toBe(accepted + duplicates + conflicts + rejected + headers + blanks);
      expect(accepted).toBe(result.bars);
    }),
    { numRuns: 300 },
  );
}, 60_000);

it('gives the same result however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
      async (csv, chunks) => {
        const whole = await imported([file('A.csv', csv)]);
        expect(await imported([file('A.csv', csv, chunks)])).toEqual(whole);
        const { audits, ...rest } = await imported([gzipped('A.csv', csv, chunks)]);
        expect(rest).toEqual({ ...whole, audits: undefined, ...rest });
        expect(audits[0]!.rejections).toEqual(whole.audits[0]!.rejections);
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

it('gives the same result for a file of many pieces, however it is cut', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) =>
    i % 97 === 0
      ? `"S${i % 5}","${1381152600 + 60 * i}","${i}",1,"2",1,1`
      : `S${i % 5},${1381152600 + 60 * i},${i % 1_000}.5,1,2,${i % 500 === 3 ? 'x' : 1},1`,
  );
  const csv = `${header}\r\n${lines.join('\r\n')}`;
  const whole = await imported([file('A.csv', csv)]);
  // One of the 60 wrong lines is a quoted one, which is right.
  expect(whole.bars).toBe(30_000 - 59);
  for (const chunks of [[1_000_000], [65_537, 3], [100, 1, 262_144]])
    expect(await imported([file('A.csv', csv, chunks)])).toEqual(whole);
}, 60_000);

it('counts every record of several files once, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 2, maxLength: 3 }), async (texts) => {
      const result = await imported(texts.map((each, i) => file(`${i}.csv`, each)));
      let bars = 0;
      for (const { records, accepted, duplicates, conflicts, rejected, headers, blanks, reasons } of result.audits) {
        expect(records).toBe(accepted + duplicates + conflicts + rejected + headers + blanks);
        expect(Object.values(reasons).reduce((sum, count) => sum + count, 0)).toBe(rejected);
        expect(Math.min(accepted, duplicates, conflicts, rejected, headers, blanks)).toBeGreaterThanOrEqual(0);
        bars += accepted;
      }
      expect(bars).toBe(result.bars);
    }),
    { numRuns: 100 },
  );
}, 60_000);

it('reads every decimal as the double that is nearest to it', async () => {
  const decimal = fc.oneof(
    fc.double({ min: 1e-9, max: 1e15, noNaN: true }).map(String),
    fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat(24)).map(([n, places]) => {
      const digits = `${n}`.padStart(places + 1, '0');
      return `${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}`;
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(decimal, { minLength: 1, maxLength: 50 }), async (volumes) => {
      const lines = volumes.map((each, i) => `A,${1381152600 + 60 * i},${each},1,1,1,1`);
      const { symbols } = await imported([file('A.csv', `${header}\n${lines.join('\n')}`)]);
      expect([...symbols[0]!.columns.volume.subarray(0, volumes.length)]).toEqual(volumes.map(Number));
    }),
    { numRuns: 300 },
  );
}, 60_000);

it('has one hash for the same bars, whatever the text around them', async () => {
  const hashOf = async (...texts: string[]) => {
    const { symbols, interval } = await imported(texts.map((each, i) => file(`${i}.csv`, each)));
    return datasetSha256(
      symbols.map((each) => ({ ...each, interval })),
      breathe,
    );
  };
  const a = 'A,2013-10-07T13:30:00Z,7,1.5,2,1,1.25';
  const b = 'A,2013-10-07T13:31:00Z,0,1.5,2,1,1.25';
  const expected = await hashOf(`${header}\n${a}\n${b}\n`);
  expect(await hashOf(`${header}\r\n${b}\r\n\r\n${a}`)).toBe(expected);
  expect(await hashOf(`${header}\n${b}\n`, `${header}\n${a}\n${b}\n`)).toBe(expected);
  expect(await hashOf(`${header},x\nA,1381152600,"7.0",1.50,2e0,1,1.25,q\nA,1381152660,-0,1.5,2,1,1.25,\n`)).toBe(
    expected,
  );
  expect(await hashOf(`${header}\n${a}\n${b.replace('1.25', '1.26')}\n`)).not.toBe(expected);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeReader } from '../../src/intake/time-reader.ts';
import { UnixTimes } from '../../src/intake/unix-times.ts';
import type { UnixUnit } from '../../src/intake/layout.ts';
import { file, imported, type Imported } from './files.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const from = Date.UTC(2013, 9, 26, 22);

interface Shape {
  readonly header: string;
  readonly delimiter: string;
  line(at: Date, symbol: string, prices: readonly string[], volume: string): string;
}
const clock = (at: Date): string => at.toISOString().slice(11, 19);
const date = (at: Date): string => at.toISOString().slice(0, 10);
const ohlcv = 'open,high,low,close,volume';
const shapes: Record<string, Shape> = {
  'ISO 8601': {
    header: `timestamp,${ohlcv}`,
    delimiter: ',',
    line: (at, _, prices, volume) => [`${at.toISOString().slice(0, 19)}Z`, ...prices, volume].join(),
  },
  'ISO 8601 with an offset and milliseconds, other columns about': {
    header: `id,timestamp,low,high,open,close,count,volume`,
    delimiter: ',',
    line: (at, symbol, [o, h, l, c], volume) =>
      [symbol, at.toISOString().replace('Z', '+00:00'), l, h, o, c, 7, volume].join(),
  },
  'the wall clock of New York, whose clocks change': {
    header: `timestamp\t${ohlcv.replaceAll(',', '\t')}`,
    delimiter: '\t',
    line: (at, _, prices, volume) => [`${date(at)} ${clock(at).slice(0, 5)}`, ...prices, volume].join('\t'),
  },
  'day and time of day, without separators, and symbols': {
    header: 'ticker;date;time;open;high;low;close;volume',
    delimiter: ';',
    line: (at, symbol, prices, volume) =>
      [symbol, date(at).replaceAll('-', ''), clock(at).replaceAll(':', ''), ...prices, volume].join(';'),
  },
  'day and time of day the American way': {
    header: 'Date,Time,Open,High,Low,Close,Volume',
    delimiter: ',',
    line: (at, _, prices, volume) =>
      [`${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()}`, clock(at).slice(0, 5)]
        .concat(prices, volume)
        .join(),
  },
  'Unix seconds and symbols': {
    header: `symbol,time,${ohlcv}`,
    delimiter: ',',
    line: (at, symbol, prices, volume) => [symbol, at.getTime() / 1_000, ...prices, volume].join(),
  },
  'Unix nanoseconds': {
    header: `time,${ohlcv}`,
    delimiter: ',',
    line: (at, _, prices, volume) => [`${at.getTime()}000000`, ...prices, volume].join(),
  },
  days: {
    header: `date,${ohlcv}`,
    delimiter: ',',
    line: (at, _, prices, volume) =>
      [date(new Date(from + ((at.getTime() - from) / 60_000) * 86_400_000)), ...prices, volume].join(),
  },
};

const bar = fc.record({
  step: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: -3, max: 90 }) }),
  symbol: fc.constantFrom('A', 'A', 'A', 'BRK.B'),
  cents: fc.tuple(fc.integer({ min: 100, max: 99_999 }), fc.nat(40), fc.nat(40), fc.nat(40)),
  places: fc.constantFrom(0, 2, 2, 4, 8),
  volume: fc.constantFrom('0', '7', '1250', '123456789', '9876543210', '0.00010000', '42283.58000000'),
});
/** A place in a line and what is put there, instead of the byte that stands there, or in front of it. */
const mutation = fc.record({
  line: fc.nat(),
  at: fc.nat(),
  text: fc.constantFrom('0', '9', '6', '.', '-', ':', ' ', 'T', 'Z', '+', 'x', '1e', '/', '', '00'),
  instead: fc.boolean(),
});

/** A record to write: minutes since the one before, prices in hundredths, the volume as text. */
interface Row {
  readonly step: number;
  readonly symbol: string;
  readonly cents: readonly [number, number, number, number];
  readonly places: number;
  readonly volume: string;
}

function linesOf(
  { line }: Shape,
  bars: readonly Row[],
  mutations: readonly (typeof mutation extends fc.Arbitrary<infer T> ? T : never)[],
): string[] {
  let minutes = 0;
  const lines = bars.map(({ step, symbol, cents: [low, a, b, c], places, volume }) => {
    const [middle, other] = [low + Math.min(a, b), low + Math.max(a, b)];
    const prices = [middle, other + c, low, other].map((price) => (price / 100).toFixed(places === 0 ? 2 : places));
    return line(new Date(from + (minutes += step) * 60_000), symbol, prices, volume);
  });
  for (const { line: n, at, text, instead } of mutations) {
    const whole = lines[n % lines.length]!;
    const place = at % (whole.length + 1);
    lines[n % lines.length] = whole.slice(0, place) + text + whole.slice(place + (instead ? 1 : 0));
  }
  return lines;
}

/** The result without what tells the texts of records apart; or the error. */
async function outcome(text: string): Promise<unknown> {
  try {
    const { symbols, interval, audits }: Imported = await imported([file('A.csv', text)]);
    const [{ records, accepted, duplicates, conflicts, rejected, headers, blanks, outOfOrder, reasons, rejections }] =
      audits as [Imported['audits'][number]];
    expect(records).toBe(accepted + duplicates + conflicts + rejected + headers + blanks);
    const bars = symbols.map(({ name, columns: { start, open, high, low, close, volume, count } }) => [
      name,
      ...[start, open, high, low, close, volume].map((column) => [...column.subarray(0, count)]),
    ]);
    const lines = rejections.map(({ line, reason }) => [line, reason]);
    return {
      bars,
      interval,
      counts: { records, accepted, duplicates, conflicts, rejected, outOfOrder, reasons },
      lines,
    };
  } catch (error) {
    // The text of a record stands behind the line.
    return String(error).replace(/ is ".*/s, '');
  }
}

describe('bars that are taken the faster way are those of the slow one, which reads what stands in quotes:', () => {
  it.each(Object.entries(shapes))(
    '%s',
    async (_, shape) => {
      const quoted = (line: string) =>
        line
          .split(shape.delimiter)
          .map((field) => `"${field}"`)
          .join(shape.delimiter);
      const whole = Array.from({ length: 70 }, (__, i) => {
        const cents: [number, number, number, number] = [10_000 + i, 5, 9, 4];
        return { step: 1, symbol: 'A', cents, places: 2, volume: '100' };
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(bar, { minLength: 1, maxLength: 60 }),
          fc.array(mutation, { maxLength: 8 }),
          fc.constantFrom('\n', '\r\n'),
          async (bars, mutations, lineEnd) => {
            const first = linesOf(shape, whole, []);
            const lines = [...first, ...linesOf(shape, bars, mutations), ...first];
            const plain = await outcome([shape.header, ...lines, ''].join(lineEnd));
            expect(plain).toEqual(await outcome([shape.header, ...lines.map(quoted), ''].join(lineEnd)));
          },
        ),
        { numRuns: Number(process.env.FASTER_RUNS ?? 40) },
      );
    },
    120_000,
  );
});

it('takes no bar of two lines, the day on one and the time of day on the next', async () => {
  const { header, line } = shapes['day and time of day the American way']!;
  const lines = Array.from({ length: 200 }, (_, i) => line(new Date(from + i * 60_000), '', ['2', '3', '1', '2'], '7'));
  // The first bar of an hour is not like the one before.
  lines[120] = lines[120]!.replace(',', '\n');
  const { audits } = await imported([file('A.csv', [header, ...lines, ''].join('\n'))]);
  expect(audits[0]).toMatchObject({ records: 202, accepted: 199, rejected: 2, reasons: { 'too few fields': 2 } });
});

it('reads Unix times as the reader of times does', () => {
  const units: readonly [UnixUnit, number][] = [
    ['s', 10],
    ['s', 9],
    ['ms', 13],
    ['µs', 16],
    ['ns', 19],
  ];
  const bytes = new Uint8Array(200);
  const view = new DataView(bytes.buffer);
  fc.assert(
    fc.property(
      fc.constantFrom(...units),
      fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }),
      fc.constantFrom(',', '0,', '.5,', 'x', ' '),
      fc.boolean(),
      ([unit, digits], number, end, isRound) => {
        const format = { kind: 'unix', unit, digits } as const;
        const text = String(number).padStart(digits, '1').slice(0, digits);
        const zeros = Math.max(0, digits - 13);
        const shown = (isRound && zeros > 0 ? text.slice(0, -zeros) + '0'.repeat(zeros) : text) + end;
        bytes.fill(0).set(new TextEncoder().encode(shown));
        const [times, reader] = [new UnixTimes(format), new TimeReader(format)];
        if (!times.read(bytes, view, 0)) return;
        expect([times.instant, times.length, 0]).toEqual([reader.read(bytes, 0), reader.end, reader.note]);
      },
    ),
    { numRuns: 2_000 },
  );
});

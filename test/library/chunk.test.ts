import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { barColumns } from '../../src/bars/columns.ts';
import { day, hour, minute, second } from '../../src/time/instant.ts';
import { maxChunkBytes, openChunk } from '../../src/library/chunk.ts';
import { chunksOf } from '../../src/library/encode.ts';

type Row = readonly [start: number, open: number, high: number, low: number, close: number, volume: number];
const columns = ['start', 'open', 'high', 'low', 'close', 'volume'] as const;
const monday = Date.UTC(2013, 9, 7, 13, 30);

function bars(rows: readonly Row[]): BarColumns {
  const out = barColumns(rows.length);
  rows.forEach((row, i) => columns.forEach((column, c) => (out[column][i] = row[c] as number)));
  out.count = rows.length;
  return out;
}

/** `count` one-minute bars in cents from `start` on. */
function minutes(start: number, count: number, step = minute): Row[] {
  return Array.from({ length: count }, (_, i) => {
    const cents = 16_700 + ((i * 7) % 31);
    return [start + i * step, cents / 100, (cents + 9) / 100, (cents - 4) / 100, (cents + 3) / 100, 100 * (i % 50)];
  });
}

function decoded(chunks: readonly { bytes: Uint8Array }[]): BarColumns {
  const parts = chunks.map(({ bytes }) => openChunk(bytes));
  const out = barColumns(parts.reduce((sum, chunk) => sum + chunk.count.reduce((a, b) => a + b, 0), 0));
  for (const chunk of parts)
    for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, out, out.count);
  return out;
}

/** Bytes of the columns, so that -0 and the last bit count. */
function bits(value: BarColumns): Record<string, string> {
  return Object.fromEntries(
    columns.map((column) => [
      column,
      Array.from(new BigUint64Array(value[column].slice(0, value.count).buffer)).join(),
    ]),
  );
}

function expectSame(rows: readonly Row[], intervalMs: number) {
  const original = bars(rows);
  const chunks = [...chunksOf(original, intervalMs)];
  expect(bits(decoded(chunks))).toEqual(bits(original));
  expect(chunks.reduce((sum, chunk) => sum + chunk.bars, 0)).toBe(rows.length);
  for (const { bytes } of chunks) expect(bytes.byteLength).toBeLessThanOrEqual(maxChunkBytes);
  return chunks;
}

describe('a chunk gives back the very same bits', () => {
  it('of a month of regular minutes, in a few bytes a bar', () => {
    const rows = [0, 1, 2, 3, 4].flatMap((d) => minutes(monday + d * day, 390));
    const chunks = expectSame(rows, minute);
    expect(chunks).toHaveLength(1);
    expect(chunks[0]!.bytes.byteLength / rows.length).toBeLessThan(7);
  });

  it.each<[string, Row]>([
    ['an ordinary bar', [monday, 167.43, 168.45, 167.25, 167.42, 81_489_219]],
    ['a flat bar', [monday, 5, 5, 5, 5, 0]],
    ['huge values', [monday, 1e300, 1.7976931348623157e308, 5e-324, 1e299, 2 ** 53 + 2]],
    ['integers at the edge of exactness', [monday, 2 ** 52, 2 ** 53, -(2 ** 52), 2 ** 52 - 1, 2 ** 52]],
    ['negative zero', [monday, -0, 0, -0, 0, -0]],
    ['a fractional volume', [monday, 1, 2, 0.5, 1, 0.00012345]],
    ['a volume that no decimal has', [monday, 1, 2, 0.5, 1, 1 / 3]],
    ['prices of eight decimals', [monday, 0.00002826, 0.0000283, 0.00002824, 0.00002828, 8_110.5]],
    ['a time of half a millisecond', [monday + 0.5, 1, 2, 1, 1.5, 3]],
    ['a time before 1970', [-12_345_678, 1, 2, 1, 1.5, 3]],
  ])('of %s alone in its block', (_, row) => void expectSame([row], minute));

  it('of times off the grid, below a second, and closer than the interval', () => {
    expectSame(
      [0, 250, 61_000, 61_250, 121_250, 7_261_007].map((at) => [monday + at, 2, 3, 1, 2, 1]),
      minute,
    );
  });

  it('of daily bars stamped at local midnight, with a change of clocks', () => {
    const rows: Row[] = Array.from({ length: 3_000 }, (_, i) => [
      Date.UTC(2005, 0, 3, i % 365 > 70 && i % 365 < 300 ? 4 : 5) + i * day,
      100 + i / 100,
      101 + i / 100,
      99,
      100,
      1e6 + i,
    ]);
    expectSame(rows, day);
  });

  it('of random bars', () => {
    const price = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 100),
      fc.integer({ min: 0, max: 2_000_000_000 }).map((n) => n / 1e8),
    );
    const row = fc.tuple(
      fc.oneof(
        fc.constant(minute),
        fc.integer({ min: 1, max: 4 * hour }),
        fc.double({ min: 0.001, max: 3 * day, noNaN: true }),
      ),
      price,
      price,
      price,
      price,
      price,
    );
    const interval = fc.constantFrom(second, minute, 7 * minute, hour, day, 7 * day);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 80 }), interval, (gapped, intervalMs) => {
        let at = monday;
        const rows = gapped.map(([gap, ...rest]): Row => [(at += gap), ...rest]);
        expectSame(rows, intervalMs);
      }),
      { numRuns: 400 },
    );
  });
});

describe('chunks', () => {
  it('are cut at the months of UTC, blocks at its days', () => {
    const rows = [Date.UTC(2020, 0, 30), Date.UTC(2020, 0, 31), Date.UTC(2020, 1, 1)].flatMap((at) => minutes(at, 60));
    const chunks = [...chunksOf(bars(rows), minute)];
    expect(chunks.map(({ bars: n }) => n)).toEqual([120, 60]);
    expect(chunks.map(({ from, to }) => [from, to])).toEqual([
      [rows[0]![0], rows[119]![0]],
      [rows[120]![0], rows[179]![0]],
    ]);
    const first = openChunk(chunks[0]!.bytes);
    expect([first.blocks, first.from, first.to, first.count]).toEqual([
      2,
      [rows[0]![0], rows[60]![0]],
      [rows[59]![0], rows[119]![0]],
      [60, 60],
    ]);
  });

  it('stay below their limit when a day of seconds does not fit into one', () => {
    const rows = minutes(Date.UTC(2020, 0, 30), 86_400, second).map((row, i): Row => [row[0], i / 7, i, i, i / 3, i]);
    expect(expectSame(rows, second).length).toBeGreaterThan(50);
  });

  it('keep decades of daily bars together', () => {
    expect([...chunksOf(bars(minutes(Date.UTC(2000, 0, 1), 5_000, day)), day)]).toHaveLength(1);
  });

  it('decode a block behind what is there already', () => {
    const rows = minutes(Date.UTC(2020, 0, 30, 23, 30), 60);
    const chunk = openChunk([...chunksOf(bars(rows), minute)][0]!.bytes);
    const out = barColumns(31);
    chunk.decodeBlock(1, out);
    expect([out.count, out.start[0]]).toEqual([30, rows[30]![0]]);
    chunk.decodeBlock(0, out, 1);
    expect([out.count, out.start[0], out.start[1]]).toEqual([31, rows[30]![0], rows[0]![0]]);
    expect(() => chunk.decodeBlock(0, out, 2)).toThrow("the block's 30 bars do not fit into 31 places from 2 on");
    expect(() => chunk.decodeBlock(2, out)).toThrow('the chunk has 2 blocks; there is no block 2');
  });

  it('open from bytes at any offset of a buffer', () => {
    const { bytes } = [...chunksOf(bars(minutes(monday, 20)), minute)][0]!;
    const shifted = new Uint8Array(bytes.byteLength + 3).subarray(3);
    shifted.set(bytes);
    expect(bits(decoded([{ bytes: shifted }]))).toEqual(bits(bars(minutes(monday, 20))));
  });

  it('refuse bars out of order and starts that are no instants', () => {
    const [a, b] = minutes(monday, 2) as [Row, Row];
    expect(() => [...chunksOf(bars([b, a]), minute)]).toThrow(`bar 1 starts at ${a[0]}, not after the one before it`);
    expect(() => [...chunksOf(bars([a, a]), minute)]).toThrow('not after the one before it');
    expect(() => [...chunksOf(bars([[NaN, 1, 1, 1, 1, 1]]), minute)]).toThrow('bar 0 starts at NaN');
  });

  it('are none when there are no bars', () => expect([...chunksOf(barColumns(0), minute)]).toEqual([]));
});

describe('a damaged chunk is an error, never wrong bars', () => {
  const { bytes } = [...chunksOf(bars(minutes(monday, 50)), minute)][0]!;

  it('whichever byte was changed', () => {
    for (let at = 0; at < bytes.byteLength; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1 << (at % 8);
      expect(() => openChunk(damaged), `byte ${at}`).toThrow(/^chunk has the (magic number|version|length|checksum) /);
    }
  });

  it('when it was cut off', () => {
    expect(() => openChunk(bytes.slice(0, 8))).toThrow(
      'chunk is 8 bytes long; it must be a multiple of 8, and 32 or more',
    );
    expect(() => openChunk(bytes.slice(0, 64))).toThrow(`chunk has the length ${bytes.byteLength}; it must be 64`);
  });
});

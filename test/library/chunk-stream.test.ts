import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordFields, type DataKind } from '../../src/bars/records.ts';
import { ChunkStream } from '../../src/library/chunk-stream.ts';
import { chunksOf } from '../../src/library/encode.ts';
import { recordChunksOf } from '../../src/library/record-chunk.ts';
import { barsOf, recordsOf, type Rows } from '../../src/library/rows.ts';
import { day, minute, second } from '../../src/time/instant.ts';

/** Rows `step` ms apart, with holes, and values that need `digits` decimals. */
function rowsOf(kind: DataKind, count: number, step: number, digits: number): Rows {
  const values = kind === 'bars' ? 5 : recordFields[kind].length;
  const columns = Array.from({ length: 1 + values }, () => new Float64Array(count));
  let time = Date.UTC(2020, 0, 20);
  for (let row = 0; row < count; row++) {
    time += row % 1_000 === 999 ? 7 * step : step;
    columns[0]![row] = time;
    for (let i = 1; i <= values; i++) columns[i]![row] = Number((100 + Math.sin(row + i)).toFixed(digits));
  }
  return { columns, count };
}

const all = ({ columns, count }: Rows, kind: DataKind, ms: number) => [
  ...(kind === 'bars' ? chunksOf(barsOf({ columns, count }), ms) : recordChunksOf(recordsOf({ columns, count }))),
];

describe('chunks of rows that come in pieces', () => {
  it.each([
    ['bars', minute, 2],
    ['bars', second, 15],
    ['bars', day, 2],
    ['quotes', 250, 2],
    ['ticks', 40, 16],
  ] as const)('are those of all %s at once (%d ms apart, %d decimals)', (kind, step, digits) => {
    const rows = rowsOf(kind, 150_000, step, digits);
    const expected = all(rows, kind, step);
    const stream = new ChunkStream(kind, step, rows.columns.length);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 12 }), (lengths) => {
        const chunks = [];
        for (let at = 0, i = 0; at < rows.count; i++) {
          const end = Math.min(rows.count, at + lengths[i % lengths.length]!);
          const columns = rows.columns.map((column) => column.subarray(at, end));
          chunks.push(...stream.add({ columns, count: end - at }));
          at = end;
        }
        chunks.push(...stream.end());
        expect(chunks.map(({ from, to, bars }) => [from, to, bars])).toEqual(
          expected.map(({ from, to, bars }) => [from, to, bars]),
        );
        expect(chunks.every(({ bytes }, i) => bytes.every((byte, at) => byte === expected[i]!.bytes[at]))).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  it('holds little: a year of minutes is given out while it comes', () => {
    const stream = new ChunkStream('bars', minute, 6);
    const rows = rowsOf('bars', 365 * 1_440, minute, 2);
    let most = 0;
    let given = 0;
    for (let at = 0; at < rows.count; at += 10_000) {
      const end = Math.min(rows.count, at + 10_000);
      const columns = rows.columns.map((column) => column.subarray(at, end));
      for (const { bars } of stream.add({ columns, count: end - at })) given += bars;
      most = Math.max(most, end - given);
    }
    expect(most).toBeLessThan(150_000);
  });
});

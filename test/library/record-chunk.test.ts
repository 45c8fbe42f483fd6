import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordColumns, recordFields, type RecordColumns, type RecordKind } from '../../src/bars/records.ts';
import { maxChunkBytes } from '../../src/library/chunk.ts';
import { openRecordChunk, recordChunksOf } from '../../src/library/record-chunk.ts';

function columnsOf(kind: RecordKind, rows: readonly (readonly number[])[]): RecordColumns {
  const columns = recordColumns(kind, rows.length + 2);
  rows.forEach((row, i) => [columns.time, ...columns.values].forEach((column, k) => (column[i] = row[k]!)));
  columns.count = rows.length;
  return columns;
}

/** The records as they come out of their chunks, as 64-bit patterns, so that the sign of zero counts. */
function throughChunks(kind: RecordKind, columns: RecordColumns): bigint[][] {
  const out: bigint[][] = [];
  for (const { bytes, from, to, bars } of recordChunksOf(columns)) {
    expect(bytes.byteLength).toBeLessThanOrEqual(maxChunkBytes);
    const records = openRecordChunk(bytes, kind);
    expect([records.count, records.time[0], records.time[records.count - 1]]).toEqual([bars, from, to]);
    out.push(...patterns(records));
  }
  return out;
}

function patterns({ time, values, count }: RecordColumns): bigint[][] {
  const bits = [time, ...values].map((column) => new BigUint64Array(column.slice(0, count).buffer));
  return Array.from({ length: count }, (_, i) => bits.map((column) => column[i]!));
}

const kinds = fc.constantFrom('quotes' as const, 'ticks' as const);
const price = fc.oneof(
  fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100),
  fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
);
const size = fc.oneof(fc.nat(10_000), fc.constant(-0), fc.double({ min: 0, max: 1e9, noNaN: true }));

describe('chunks of quotes and ticks', () => {
  it('give back exactly what was put in, and in its order', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) =>
          fc.tuple(
            fc.constant(kind),
            fc.array(fc.tuple(fc.nat(3_600_000), price, price, size, size), { minLength: 1, maxLength: 300 }),
          ),
        ),
        ([kind, drawn]) => {
          let time = Date.UTC(2024, 0, 2);
          const columns = columnsOf(
            kind,
            drawn.map(([step, a, b, c, d]) => [(time += step), ...(kind === 'quotes' ? [a, b, c, d] : [a, c])]),
          );
          expect(throughChunks(kind, columns)).toEqual(patterns(columns));
        },
      ),
    );
  });

  it('are cut so that none is above 60 KB, whatever the values', () => {
    for (const kind of ['quotes', 'ticks'] as const) {
      const fields = recordFields[kind].length;
      for (const scale of [1, Math.PI]) {
        const rows = Array.from({ length: 20_000 }, (_, i) => [
          1e12 + i * 7,
          ...Array.from({ length: fields }, (__, k) => (100 + ((i * (k + 3)) % 97)) / scale),
        ]);
        const columns = columnsOf(kind, rows);
        expect(throughChunks(kind, columns)).toEqual(patterns(columns));
      }
    }
  });

  it('take a few bytes a tick', () => {
    const rows = Array.from({ length: 8_192 }, (_, i) => [1e12 + i * 90, (16_850 + (i % 9)) / 100, 100 + (i % 50)]);
    const [chunk, more] = [...recordChunksOf(columnsOf('ticks', rows))];
    expect(more).toBeUndefined();
    expect(chunk!.bytes.byteLength / rows.length).toBeLessThan(3.1);
  });

  it('are refused when a byte has changed, or as another kind', () => {
    const [chunk] = [
      ...recordChunksOf(
        columnsOf('ticks', [
          [1e12, 1.5, 3],
          [1e12 + 1, 1.25, 7],
        ]),
      ),
    ];
    expect(() => openRecordChunk(chunk!.bytes, 'quotes')).toThrow('columns');
    for (let at = 0; at < chunk!.bytes.length; at++) {
      const bytes = chunk!.bytes.slice();
      bytes[at]! ^= 0x10;
      expect(() => openRecordChunk(bytes, 'ticks'), `byte ${at}`).toThrow();
    }
  });
});

import { recordColumns, recordFields, type RecordColumns, type RecordKind } from '../bars/records.ts';
import type { Instant } from '../time/instant.ts';
import { maxChunkBytes } from './chunk.ts';
import { encodeColumns, openColumns } from './column-chunk.ts';
import type { EncodedChunk } from './encode.ts';

const recordChunkMagic = 0x4b434552;
export const mostRecords = 8_192;

/**
 * The chunks of a symbol's records one by one, in time order: at most 8,192 records and at most 60 KB, in the columns time and
 * values by the order of the kind.
 */
export function* recordChunksOf(records: RecordColumns): Generator<EncodedChunk> {
  for (let from = 0; from < records.count; from += mostRecords)
    yield* encoded(records, from, Math.min(from + mostRecords, records.count));
}

function* encoded(records: RecordColumns, from: number, end: number): Generator<EncodedChunk> {
  const bytes = encodeColumns(recordChunkMagic, [records.time, ...records.values], from, end);
  if (bytes.byteLength <= maxChunkBytes) {
    yield { bytes, from: records.time[from] as Instant, to: records.time[end - 1] as Instant, bars: end - from };
    return;
  }
  const middle = (from + end) >> 1;
  yield* encoded(records, from, middle);
  yield* encoded(records, middle, end);
}

/** The records of a chunk; throws an error that says what is wrong when the bytes are not exactly what was encoded. */
export function openRecordChunk(bytes: Uint8Array, kind: RecordKind): RecordColumns {
  const chunk = openColumns(recordChunkMagic, bytes, 1 + recordFields[kind].length);
  const records = recordColumns(kind, chunk.count);
  chunk.decode([records.time, ...records.values]);
  records.count = chunk.count;
  return records;
}

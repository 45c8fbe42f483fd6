/**
 * A chunk of quotes or ticks: records of one symbol in time order, at most 8,192 of them and at most 60 KB.
 *
 * Layout, in the byte order of the machine (a chunk never leaves it), everything aligned to 8 bytes:
 *
 *   header   32 bytes   i32 magic, version, checksum, columns · i32 records, bytes · f64 reserved, 0
 *   columns  16 bytes a column (time, then the values in the order of the kind)
 *            f64 the first value, as an integer over 10^decimals · i32 offset of its data · u8 decimals (255: raw doubles),
 *            width in bytes (0, 1, 2, 4 or 8)
 *   data     the columns, each from a multiple of 8 on
 *
 * A column holds the steps from one integer to the next; its first step is 0. Times are integers of 0 decimals. Division by
 * 10^decimals gives back the exact double; what is no such integer makes the whole column raw.
 */
import { recordColumns, recordFields, type RecordColumns, type RecordKind } from '../bars/records.ts';
import type { Instant } from '../time/instant.ts';
import { checksum, maxChunkBytes, rawDecimals, scales } from './chunk.ts';
import { decimalsOf, widthOf, type EncodedChunk } from './encode.ts';

export const recordChunkMagic = 0x4b434552;
const version = 1;
const headerBytes = 32;
const entryBytes = 16;
export const mostRecords = 8_192;

/** The chunks of a symbol's records one by one, in time order. */
export function* recordChunksOf(records: RecordColumns): Generator<EncodedChunk> {
  for (let from = 0; from < records.count; from += mostRecords)
    yield* encoded(records, from, Math.min(from + mostRecords, records.count));
}

function* encoded(records: RecordColumns, from: number, end: number): Generator<EncodedChunk> {
  const bytes = encodeOne([records.time, ...records.values], from, end);
  if (bytes.byteLength <= maxChunkBytes) {
    yield { bytes, from: records.time[from] as Instant, to: records.time[end - 1] as Instant, bars: end - from };
    return;
  }
  const middle = (from + end) >> 1;
  yield* encoded(records, from, middle);
  yield* encoded(records, middle, end);
}

function encodeOne(columns: readonly Float64Array[], from: number, end: number): Uint8Array<ArrayBuffer> {
  const count = end - from;
  const encodedColumns = columns.map((column) => {
    const steps = new Float64Array(count);
    const decimals = decimalsOf([column], from, end, [steps]);
    if (decimals === rawDecimals) return { first: 0, decimals, width: 8, steps: column.subarray(from, end) };
    const first = steps[0]!;
    for (let i = count - 1; i > 0; i--) steps[i]! -= steps[i - 1]!;
    steps[0] = 0;
    return { first, decimals, width: widthOf(steps, count), steps };
  });
  const sizes = encodedColumns.map(({ width }) => (width * count + 7) & ~7);
  const size = headerBytes + columns.length * entryBytes + sizes.reduce((sum, each) => sum + each, 0);
  const bytes = new Uint8Array(size);
  const words = new Int32Array(bytes.buffer);
  const doubles = new Float64Array(bytes.buffer);
  let offset = headerBytes + columns.length * entryBytes;
  for (const [i, { first, decimals, width, steps }] of encodedColumns.entries()) {
    const entry = headerBytes + i * entryBytes;
    doubles[entry >> 3] = first;
    words[(entry >> 2) + 2] = offset;
    bytes[entry + 12] = decimals;
    bytes[entry + 13] = width;
    if (width > 0) {
      const Kind = width === 8 ? Float64Array : width === 4 ? Int32Array : width === 2 ? Int16Array : Int8Array;
      new Kind(bytes.buffer, offset, count).set(steps);
    }
    offset += sizes[i]!;
  }
  words[0] = recordChunkMagic;
  words[1] = version;
  words[3] = columns.length;
  words[4] = count;
  words[5] = size;
  words[2] = checksum(words, 3);
  return bytes;
}

/** The records of a chunk; throws an error that says what is wrong when the bytes are not exactly what was encoded. */
export function openRecordChunk(bytes: Uint8Array, kind: RecordKind): RecordColumns {
  if (bytes.byteLength < headerBytes || bytes.byteLength % 8 !== 0)
    throw new Error(`chunk is ${bytes.byteLength} bytes long; it must be a multiple of 8, and ${headerBytes} or more`);
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { byteOffset } = aligned;
  const buffer = aligned.buffer as ArrayBuffer;
  const words = new Int32Array(buffer, byteOffset, bytes.byteLength >> 2);
  const expect = (what: string, found: number, right: number) => {
    if (found !== right) throw new Error(`chunk has ${what} ${found}; it must be ${right}`);
  };
  expect('the magic number', words[0]!, recordChunkMagic);
  expect('the version', words[1]!, version);
  expect('the length', words[5]!, bytes.byteLength);
  expect('the checksum', words[2]!, checksum(words, 3));
  expect('as many columns as', words[3]!, 1 + recordFields[kind].length);
  const count = words[4]!;
  const records = recordColumns(kind, count);
  records.count = count;
  for (const [i, column] of [records.time, ...records.values].entries()) {
    const entry = headerBytes + i * entryBytes;
    const view = new DataView(buffer, byteOffset + entry, entryBytes);
    const [decimals, width] = [view.getUint8(12), view.getUint8(13)];
    const at = byteOffset + words[(entry >> 2) + 2]!;
    if (width > 0) {
      const Kind = width === 8 ? Float64Array : width === 4 ? Int32Array : width === 2 ? Int16Array : Int8Array;
      column.set(new Kind(buffer, at, count));
    }
    if (decimals !== rawDecimals)
      sumSteps(column, new Float64Array(buffer, byteOffset + entry, 1)[0]!, scales[decimals]!);
  }
  return records;
}

/** Turns steps into values, in place. */
function sumSteps(column: Float64Array, first: number, scale: number): void {
  let value = first;
  for (let i = 0; i < column.length; i++) {
    value += column[i]!;
    column[i] = value / scale;
  }
}

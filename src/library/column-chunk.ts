/**
 * Columns of doubles as a chunk.
 *
 * Layout, in the byte order of the machine (a chunk never leaves it), everything aligned to 8 bytes:
 *
 *   header   32 bytes   i32 magic, version, checksum, columns · i32 rows, bytes · f64 reserved, 0
 *   columns  16 bytes a column
 *            f64 the first value, as an integer over 10^decimals · i32 offset of its data · u8 decimals (255: raw doubles),
 *            width in bytes (0, 1, 2, 4 or 8)
 *   data     the columns, each from a multiple of 8 on
 *
 * A column holds the steps from one integer to the next; its first step is 0. Division by 10^decimals gives back the exact
 * double; what is no such integer makes the whole column raw.
 */
import { checksum, rawDecimals, scales } from './chunk.ts';
import { decimalsOf, widthOf } from './encode.ts';

const version = 1;
const headerBytes = 32;
const entryBytes = 16;

/** Steps of columns while they are encoded, which is at once: kept, as fresh memory costs more than what is written there. */
const scratch: Float64Array[] = [];

function scratchFor(column: number, count: number): Float64Array {
  const kept = scratch[column];
  if (kept && kept.length >= count) return kept.subarray(0, count);
  return (scratch[column] = new Float64Array(count));
}

/** The rows `[from, end)` of the columns. `magic` says what they are. */
export function encodeColumns(
  magic: number,
  columns: readonly Float64Array[],
  from: number,
  end: number,
): Uint8Array<ArrayBuffer> {
  const count = end - from;
  const encodedColumns = columns.map((column, c) => {
    const steps = scratchFor(c, count);
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
  words[0] = magic;
  words[1] = version;
  words[3] = columns.length;
  words[4] = count;
  words[5] = size;
  words[2] = checksum(words, 3);
  return bytes;
}

/** Rows of a chunk, checked and ready to be decoded. */
export interface ColumnChunk {
  readonly count: number;
  /** Writes all columns from index 0 on; each must have room. */
  decode(columns: readonly Float64Array[]): void;
}

/** Opens a chunk; throws an error that says what is wrong when the bytes are not exactly what was encoded. */
export function openColumns(magic: number, bytes: Uint8Array, columnCount: number): ColumnChunk {
  if (bytes.byteLength < headerBytes || bytes.byteLength % 8 !== 0)
    throw new Error(`chunk is ${bytes.byteLength} bytes long; it must be a multiple of 8, and ${headerBytes} or more`);
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { byteOffset } = aligned;
  const buffer = aligned.buffer as ArrayBuffer;
  const words = new Int32Array(buffer, byteOffset, bytes.byteLength >> 2);
  const doubles = new Float64Array(buffer, byteOffset, bytes.byteLength >> 3);
  const expect = (what: string, found: number, right: number) => {
    if (found !== right) throw new Error(`chunk has ${what} ${found}; it must be ${right}`);
  };
  expect('the magic number', words[0]!, magic);
  expect('the version', words[1]!, version);
  expect('the length', words[5]!, bytes.byteLength);
  expect('the checksum', words[2]!, checksum(words, 3));
  expect('as many columns as', words[3]!, columnCount);
  const count = words[4]!;
  return {
    count,
    decode(columns) {
      for (const [i, column] of columns.entries()) {
        const entry = headerBytes + i * entryBytes;
        const decimals = aligned[entry + 12]!;
        const width = aligned[entry + 13]!;
        const at = byteOffset + words[(entry >> 2) + 2]!;
        if (width === 0) column.fill(0, 0, count);
        else {
          const Kind = width === 8 ? Float64Array : width === 4 ? Int32Array : width === 2 ? Int16Array : Int8Array;
          column.set(new Kind(buffer, at, count));
        }
        if (decimals !== rawDecimals) sumSteps(column, count, doubles[entry >> 3]!, scales[decimals]!);
      }
    },
  };
}

/** Turns steps into values, in place. */
function sumSteps(column: Float64Array, count: number, first: number, scale: number): void {
  let value = first;
  for (let i = 0; i < count; i++) {
    value += column[i]!;
    column[i] = value / scale;
  }
}

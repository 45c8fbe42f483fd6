/**
 * A chunk: bars of one symbol and one interval, about a month of them and at most 60 KB, in blocks of one UTC day (a UTC
 * year for intervals of a day and longer). Blocks know nothing of calendars: a session reads the blocks that it overlaps.
 *
 * Layout, in the byte order of the machine (a chunk never leaves it), everything aligned to 8 bytes:
 *
 *   header     32 bytes   i32 magic, version, checksum, blocks · f64 interval ms · i32 bars, bytes
 *   directory  64 bytes a block
 *              f64 from, to (start of the first and of the last bar), first (the first open as an integer),
 *                  level (the middle of the volumes as an integer), unit (of time, ms; 0: raw starts)
 *              i32 count, runs, offset of the block's data in bytes
 *              u8  decimals of prices and of volume (255: raw doubles), then the width in bytes (0, 1, 2, 4 or 8) of
 *                  start, skip, length, open, high, low, close, volume
 *   data       a block's columns, widest first, so that each is aligned to its own width
 *
 * Prices are integers over 10^decimals, kept as residuals: open against the close before, the rest against the open.
 * Times are runs of bars one interval apart: `skip` units later than expected, then `length` bars. Width 0 is a column of
 * zeros; width 8 is doubles. Division by 10^decimals gives back the exact double that was read, multiplication would not.
 */
import type { BarColumns } from '../bars/columns.ts';
import type { Instant } from '../time/instant.ts';

export const chunkMagic = 0x4b434454;
export const chunkVersion = 1;
export const maxChunkBytes = 60_000;
export const headerBytes = 32;
export const entryBytes = 64;
/** In place of decimals: the values are doubles as they were. */
export const rawDecimals = 255;
/** Columns of a block in the order of their widths in the directory. */
export const columnCount = 8;
const widthsAt = 54;

/** The bytes of an entry from its decimals on: prices, volume, then the widths. */
export const entryTail = widthsAt - 2;

/** A chunk, checked and ready to be decoded. The arrays are by block, in time order. */
export interface Chunk {
  readonly intervalMs: number;
  readonly blocks: number;
  /** Start of the first and of the last bar of a block. */
  readonly from: readonly Instant[];
  readonly to: readonly Instant[];
  readonly count: readonly number[];
  /**
   * Writes a block's bars to `out` from index `at` on (0 unless told) and sets `out.count` to the end of them. Allocates
   * nothing; `out` must have room.
   */
  decodeBlock(block: number, out: BarColumns, at?: number): void;
}

/** A chunk as it was stored. */
export interface StoredChunk extends Chunk {
  /** Hands out the starts of a block's bars, in runs of `count` bars one interval apart, without decoding anything else. */
  eachRun(block: number, take: (start: number, count: number) => void): void;
}

/** 32 bits over the words from the odd index `first` on, in two lanes for speed. Any single changed word changes it. */
export function checksum(words: Int32Array, first: number): number {
  const factor = 0x9e3779b1;
  let even = 0x811c9dc5 | 0;
  let odd = Math.imul(even ^ (words[first] as number), factor);
  for (let i = first + 1; i < words.length; i += 2) {
    even = Math.imul(even ^ (words[i] as number), factor);
    odd = Math.imul(odd ^ (words[i + 1] as number), factor);
    even ^= even >>> 15;
    odd ^= odd >>> 15;
  }
  return even ^ Math.imul(odd, factor);
}

/** Opens a chunk; throws an error that says what is wrong with it when the bytes are not exactly what was encoded. */
export function openChunk(bytes: Uint8Array): StoredChunk {
  if (bytes.byteLength < headerBytes || bytes.byteLength % 8 !== 0)
    throw new Error(`chunk is ${bytes.byteLength} bytes long; it must be a multiple of 8, and ${headerBytes} or more`);
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
  const expect = (what: string, found: number, right: number) => {
    if (found !== right) throw new Error(`chunk has ${what} ${found}; it must be ${right}`);
  };
  expect('the magic number', words[0] as number, chunkMagic);
  expect('the version', words[1] as number, chunkVersion);
  expect('the length', words[7] as number, bytes.byteLength);
  expect('the checksum', words[2] as number, checksum(words, 3));
  return new OpenChunk(aligned, words);
}

class OpenChunk implements StoredChunk {
  readonly intervalMs: number;
  readonly blocks: number;
  readonly from: Instant[] = [];
  readonly to: Instant[] = [];
  readonly count: number[] = [];
  private readonly u8: Uint8Array;
  private readonly i8: Int8Array;
  private readonly i16: Int16Array;
  private readonly i32: Int32Array;
  private readonly f64: Float64Array;

  constructor(bytes: Uint8Array, words: Int32Array) {
    this.u8 = bytes;
    this.i8 = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.i16 = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
    this.i32 = words;
    this.f64 = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3);
    this.blocks = words[3] as number;
    this.intervalMs = this.f64[2] as number;
    for (let block = 0; block < this.blocks; block++) {
      const entry = headerBytes + block * entryBytes;
      this.from.push(this.f64[entry >> 3] as Instant);
      this.to.push(this.f64[(entry >> 3) + 1] as Instant);
      this.count.push(this.i32[(entry >> 2) + 10] as number);
    }
  }

  eachRun(block: number, take: (start: number, count: number) => void): void {
    const count = this.countOf(block);
    const entry = headerBytes + block * entryBytes;
    const e64 = entry >> 3;
    const widths = entry + widthsAt;
    const runs = this.i32[(entry >> 2) + 11] as number;
    const unit = this.f64[e64 + 4] as number;
    const entries = (column: number): number => (column === 1 || column === 2 ? runs : count);
    const offsets = [0, 0, 0];
    let offset = this.i32[(entry >> 2) + 12] as number;
    for (let width = 8; width > 0; width >>= 1)
      for (let column = 0; column < columnCount; column++) {
        if (this.u8[widths + column] !== width) continue;
        if (column < 3) offsets[column] = offset;
        offset += width * entries(column);
      }
    if (unit === 0) {
      for (let i = 0; i < count; i++) take(this.number(offsets[0]!, 8, i), 1);
      return;
    }
    let next = this.f64[e64] as number;
    for (let run = 0; run < runs; run++) {
      next += this.number(offsets[1]!, this.u8[widths + 1] as number, run) * unit;
      const length = this.number(offsets[2]!, this.u8[widths + 2] as number, run);
      take(next, length);
      next += length * this.intervalMs;
    }
  }

  private countOf(block: number): number {
    const count = this.count[block];
    if (count === undefined) throw new RangeError(`the chunk has ${this.blocks} blocks; there is no block ${block}`);
    return count;
  }

  decodeBlock(block: number, out: BarColumns, at = 0): void {
    const count = this.countOf(block);
    if (out.start.length < at + count)
      throw new RangeError(`the block's ${count} bars do not fit into ${out.start.length} places from ${at} on`);
    const entry = headerBytes + block * entryBytes;
    const e64 = entry >> 3;
    const e32 = entry >> 2;
    const widths = entry + widthsAt;
    const runs = this.i32[e32 + 11] as number;
    const unit = this.f64[e64 + 4] as number;
    const prices = this.u8[entry + entryTail] as number;
    const volumes = this.u8[entry + entryTail + 1] as number;

    // Columns follow each other by falling width; ties in the order of the directory.
    let start = 0;
    let skip = 0;
    let length = 0;
    let open = 0;
    let high = 0;
    let low = 0;
    let close = 0;
    let volume = 0;
    let offset = this.i32[e32 + 12] as number;
    for (let width = 8; width > 0; width >>= 1) {
      for (let column = 0; column < columnCount; column++) {
        if (this.u8[widths + column] !== width) continue;
        const place = offset;
        if (column === 0) start = place;
        else if (column === 1) skip = place;
        else if (column === 2) length = place;
        else if (column === 3) open = place;
        else if (column === 4) high = place;
        else if (column === 5) low = place;
        else if (column === 6) close = place;
        else volume = place;
        offset += width * (column === 1 || column === 2 ? runs : count);
      }
    }

    if (unit === 0) this.spread(out.start, at, start, 8, count);
    else {
      const skipWidth = this.u8[widths + 1] as number;
      const lengthWidth = this.u8[widths + 2] as number;
      let next = this.f64[e64] as number;
      let from = at;
      for (let run = 0; run < runs; run++) {
        next += this.number(skip, skipWidth, run) * unit;
        const end = from + this.number(length, lengthWidth, run);
        next = addRun(out.start, from, end, next, this.intervalMs);
        from = end;
      }
    }
    this.spread(out.open, at, open, this.u8[widths + 3] as number, count);
    this.spread(out.high, at, high, this.u8[widths + 4] as number, count);
    this.spread(out.low, at, low, this.u8[widths + 5] as number, count);
    this.spread(out.close, at, close, this.u8[widths + 6] as number, count);
    this.spread(out.volume, at, volume, this.u8[widths + 7] as number, count);
    if (prices !== rawDecimals) addPrices(out, at, count, this.f64[e64 + 2] as number, scales[prices] as number);
    if (volumes !== rawDecimals)
      addLevel(out.volume, at, count, this.f64[e64 + 3] as number, scales[volumes] as number);
    out.count = at + count;
  }

  private number(offset: number, width: number, index: number): number {
    if (width === 0) return 0;
    if (width === 1) return this.i8[offset + index] as number;
    if (width === 2) return this.i16[(offset >> 1) + index] as number;
    if (width === 4) return this.i32[(offset >> 2) + index] as number;
    return this.f64[(offset >> 3) + index] as number;
  }

  /** Widens a column into `out`. One loop a width: a loop that saw several kinds of array would be slower. */
  private spread(out: Float64Array, at: number, offset: number, width: number, count: number): void {
    if (width === 0) out.fill(0, at, at + count);
    else if (width === 1) {
      const from = this.i8;
      for (let i = 0; i < count; i++) out[at + i] = from[offset + i] as number;
    } else if (width === 2) {
      const from = this.i16;
      const first = offset >> 1;
      for (let i = 0; i < count; i++) out[at + i] = from[first + i] as number;
    } else if (width === 4) {
      const from = this.i32;
      const first = offset >> 2;
      for (let i = 0; i < count; i++) out[at + i] = from[first + i] as number;
    } else {
      const from = this.f64;
      const first = offset >> 3;
      for (let i = 0; i < count; i++) out[at + i] = from[first + i] as number;
    }
  }
}

/** 10^decimals, each exact. */
export const scales: readonly number[] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

/** Writes starts one interval apart to `[from, end)` and returns the one that would come next. */
function addRun(column: Float64Array, from: number, end: number, next: number, intervalMs: number): number {
  for (let i = from; i < end; i++) {
    column[i] = next;
    next += intervalMs;
  }
  return next;
}

/** Turns residuals into prices, in place. */
function addPrices(out: BarColumns, at: number, count: number, first: number, scale: number): void {
  const { open, high, low, close } = out;
  const end = at + count;
  let last = first;
  for (let i = at; i < end; i++) {
    const from = last + (open[i] as number);
    const top = from + (high[i] as number);
    const bottom = from + (low[i] as number);
    last = from + (close[i] as number);
    open[i] = from / scale;
    high[i] = top / scale;
    low[i] = bottom / scale;
    close[i] = last / scale;
  }
}

function addLevel(column: Float64Array, at: number, count: number, level: number, scale: number): void {
  const end = at + count;
  for (let i = at; i < end; i++) column[i] = (level + (column[i] as number)) / scale;
}

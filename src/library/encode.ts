import type { BarColumns } from '../bars/columns.ts';
import { day, instant } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';
import {
  checksum,
  chunkMagic,
  chunkVersion,
  columnCount,
  entryBytes,
  entryTail,
  headerBytes,
  maxChunkBytes,
  rawDecimals,
  scales,
} from './chunk.ts';

export interface EncodedChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Start of the first and of the last bar. */
  readonly from: Instant;
  readonly to: Instant;
  readonly bars: number;
}

/** Integers up to here, and their sums and differences, are exact in doubles. */
const maxInteger = 0x10_0000_0000_0000;

/** The chunks of a symbol's bars, in time order, one by one, so that a long symbol can be encoded in short turns. `bars` must be sorted by start, each start once. */
export function* chunksOf(bars: BarColumns, intervalMs: number): Generator<EncodedChunk> {
  const encoder = new BlockEncoder(intervalMs);
  const daily = intervalMs >= day;
  let open: Block[] = [];
  let size = headerBytes;
  let month = NaN;
  for (let from = 0; from < bars.count;) {
    const end = blockEnd(bars, from, daily);
    const blocks = encoder.encode(bars, from, end);
    const blockMonth = daily ? 0 : monthOf(bars.start[from] as number);
    for (const block of blocks) {
      const blockSize = entryBytes + block.data.byteLength;
      if (open.length > 0 && (blockMonth !== month || size + blockSize > maxChunkBytes)) {
        yield assemble(open, size, intervalMs);
        open = [];
        size = headerBytes;
      }
      month = blockMonth;
      open.push(block);
      size += blockSize;
    }
    from = end;
  }
  if (open.length > 0) yield assemble(open, size, intervalMs);
}

/** Index after the last bar of the UTC day (year, for daily bars) of bar `from`. */
function blockEnd(bars: BarColumns, from: number, daily: boolean): number {
  const first = bars.start[from] as number;
  if (!(Math.abs(first) <= 8.64e15)) throw new RangeError(`bar ${from} starts at ${first}, which is not an instant`);
  const limit = blockLimit(first, daily);
  let end = from + 1;
  for (; end < bars.count && !((bars.start[end] as number) >= limit); end++)
    if (!((bars.start[end] as number) > (bars.start[end - 1] as number)))
      throw new RangeError(`bar ${end} starts at ${bars.start[end]}, not after the one before it`);
  return end;
}

/** The start of the UTC day (year, for daily bars) after that of a bar: its block ends before. */
export function blockLimit(start: number, daily: boolean): number {
  return daily ? Date.UTC(new Date(start).getUTCFullYear() + 1, 0) : (Math.floor(start / day) + 1) * day;
}

function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

interface Block {
  readonly entry: Uint8Array;
  readonly data: Uint8Array;
}

function assemble(blocks: readonly Block[], size: number, intervalMs: number): EncodedChunk {
  const bytes = new Uint8Array(size);
  const words = new Int32Array(bytes.buffer);
  const doubles = new Float64Array(bytes.buffer);
  let offset = headerBytes + blocks.length * entryBytes;
  let bars = 0;
  blocks.forEach(({ entry, data }, i) => {
    const at = headerBytes + i * entryBytes;
    bytes.set(entry, at);
    words[(at >> 2) + 12] = offset;
    bars += words[(at >> 2) + 10] as number;
    bytes.set(data, offset);
    offset += data.byteLength;
  });
  words[0] = chunkMagic;
  words[1] = chunkVersion;
  words[3] = blocks.length;
  doubles[2] = intervalMs;
  words[6] = bars;
  words[7] = size;
  words[2] = checksum(words, 3);
  const last = headerBytes + (blocks.length - 1) * entryBytes;
  return { bytes, from: instant(doubles[headerBytes >> 3]!), to: instant(doubles[(last >> 3) + 1]!), bars };
}

/**
 * Columns of a block while it is encoded, which is at once, by column of the directory: start, skip, length, open, high, low, close,
 * volume. Kept, as thousands of symbols would each leave theirs behind.
 */
let scratch: Float64Array[] = [];

function scratchFor(count: number): Float64Array[] {
  if ((scratch[0]?.length ?? 0) < count) scratch = Array.from({ length: columnCount }, () => new Float64Array(count));
  return scratch;
}

/** Encodes block after block. */
class BlockEncoder {
  private readonly intervalMs: number;
  private columns: readonly Float64Array[] = [];
  private readonly widths = new Uint8Array(columnCount);
  private runs = 0;

  constructor(intervalMs: number) {
    this.intervalMs = intervalMs;
  }

  /** The bars `[from, end)` as one block; as several when one would not fit into a chunk. */
  encode(bars: BarColumns, from: number, end: number): Block[] {
    const block = this.encodeOne(bars, from, end);
    if (headerBytes + entryBytes + block.data.byteLength <= maxChunkBytes) return [block];
    const middle = (from + end) >> 1;
    return [...this.encode(bars, from, middle), ...this.encode(bars, middle, end)];
  }

  private encodeOne(bars: BarColumns, from: number, end: number): Block {
    const count = end - from;
    this.columns = scratchFor(count);
    const entry = new Uint8Array(entryBytes);
    const doubles = new Float64Array(entry.buffer);
    const words = new Int32Array(entry.buffer);
    doubles[0] = bars.start[from] as number;
    doubles[1] = bars.start[end - 1] as number;
    this.runs = 0;
    this.widths.fill(0);
    doubles[4] = this.times(bars.start, from, end);

    const decimals = this.prices(bars, from, end);
    if (decimals !== rawDecimals) doubles[2] = integer(bars.open[from] as number, decimals);
    const volume = this.columns[7] as Float64Array;
    const volumeDecimals = decimalsOf([bars.volume], from, end, [volume]);
    if (volumeDecimals !== rawDecimals) {
      doubles[3] = centre(volume, count);
      this.widths[7] = widthOf(volume, count);
    } else {
      volume.set(bars.volume.subarray(from, end));
      this.widths[7] = 8;
    }
    entry[entryTail + 1] = volumeDecimals;
    words[10] = count;
    words[11] = this.runs;
    entry[entryTail] = decimals;
    entry.set(this.widths, entryTail + 2);
    return { entry, data: this.pack(count) };
  }

  /** Fills the columns of time and returns the unit, 0 for raw starts. */
  private times(start: Float64Array, from: number, end: number): number {
    const interval = this.intervalMs;
    const [raw, skip, length] = this.columns as [Float64Array, Float64Array, Float64Array];
    let unit = interval;
    let runs = 0;
    let expected = start[from] as number;
    let whole = Number.isInteger(expected) && Number.isInteger(interval) && interval > 0;
    for (let i = from; whole && i < end; i++) {
      const at = start[i] as number;
      const ahead = at - expected;
      if (ahead !== 0 || i === from) {
        whole = Number.isInteger(at);
        unit = greatestDivisor(unit, Math.abs(ahead));
        skip[runs] = ahead;
        length[runs++] = 0;
      }
      length[runs - 1]! += 1;
      expected = at + interval;
    }
    if (!whole) {
      raw.set(start.subarray(from, end));
      this.widths[0] = 8;
      return 0;
    }
    for (let run = 0; run < runs; run++) skip[run]! /= unit;
    this.runs = runs;
    this.widths[1] = widthOf(skip, runs);
    this.widths[2] = widthOf(length, runs);
    return unit;
  }

  /** Fills the columns of prices and returns their decimals. */
  private prices(bars: BarColumns, from: number, end: number): number {
    const count = end - from;
    const prices = [bars.open, bars.high, bars.low, bars.close];
    const scaled = this.columns.slice(3, 7) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const decimals = decimalsOf(prices, from, end, scaled);
    if (decimals === rawDecimals) {
      prices.forEach((column, i) => scaled[i]!.set(column.subarray(from, end)));
      this.widths.fill(8, 3, 7);
      return rawDecimals;
    }
    const [open, high, low, close] = scaled;
    let last = open[0] as number;
    for (let i = 0; i < count; i++) {
      const at = open[i] as number;
      open[i] = at - last;
      last = close[i] as number;
      high[i]! -= at;
      low[i]! -= at;
      close[i]! -= at;
    }
    for (let i = 3; i < 7; i++) this.widths[i] = widthOf(this.columns[i] as Float64Array, count);
    return decimals;
  }

  /** The columns behind each other, widest first. */
  private pack(count: number): Uint8Array {
    const entries = (column: number) => (column === 1 || column === 2 ? this.runs : count);
    let size = 0;
    for (let column = 0; column < columnCount; column++) size += this.widths[column]! * entries(column);
    const data = new Uint8Array((size + 7) & ~7);
    let offset = 0;
    for (let width = 8; width > 0; width >>= 1)
      for (let column = 0; column < columnCount; column++) {
        if (this.widths[column] !== width) continue;
        const n = entries(column);
        const Kind = width === 8 ? Float64Array : width === 4 ? Int32Array : width === 2 ? Int16Array : Int8Array;
        new Kind(data.buffer, offset, n).set(this.columns[column]!.subarray(0, n));
        offset += width * n;
      }
    return data;
  }
}

/**
 * Scales the columns' values to integers over the fewest decimals with which each of them divides back to the very same
 * double, and returns the decimals; `rawDecimals` when there are none.
 */
export function decimalsOf(
  columns: readonly Float64Array[],
  from: number,
  end: number,
  out: readonly Float64Array[],
): number {
  let decimals = 0;
  for (let column = 0; column < columns.length;) {
    if (toIntegers(columns[column]!, from, end, decimals, out[column]!)) column++;
    else {
      column = 0;
      if (++decimals === scales.length) return rawDecimals;
    }
  }
  return decimals;
}

function integer(value: number, decimals: number): number {
  return Math.round(value * (scales[decimals] as number));
}

function toIntegers(values: Float64Array, from: number, end: number, decimals: number, out: Float64Array): boolean {
  const scale = scales[decimals] as number;
  for (let i = from; i < end; i++) {
    const value = values[i] as number;
    const scaled = Math.round(value * scale);
    if (scaled / scale !== value || scaled > maxInteger || scaled < -maxInteger) return false;
    if (value === 0 && 1 / value < 0) return false;
    out[i - from] = scaled;
  }
  return true;
}

/** Takes the middle of the values off them, so that signed widths are used to the full, and returns it. */
function centre(values: Float64Array, count: number): number {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const middle = Math.ceil(least / 2 + most / 2);
  for (let i = 0; i < count; i++) values[i]! -= middle;
  return middle;
}

/** The fewest bytes, 0, 1, 2, 4 or 8, that hold each of the values as a signed integer. */
export function widthOf(values: Float64Array, count: number): number {
  let least = 0;
  let most = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least === 0 && most === 0) return 0;
  if (least >= -128 && most <= 127) return 1;
  if (least >= -32_768 && most <= 32_767) return 2;
  return least >= -2_147_483_648 && most <= 2_147_483_647 ? 4 : 8;
}

function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

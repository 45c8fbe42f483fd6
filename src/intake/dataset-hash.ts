import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { textOrder } from '../bars/text-order.ts';
import type { BarColumns } from '../bars/columns.ts';
import type { RecordColumns, RecordKind } from '../bars/records.ts';
import { nativeSha256 } from './platform.ts';
import type { Breathe } from './result.ts';

/** Bars or records in a block. Part of the definition of the hash. */
export const blockRows = 16_384;

/**
 * The hash of a dataset, `sha256:` and 64 hex digits: the SHA-256 over every symbol, by name in the order of UTF-16 code
 * units and then by interval likewise, of
 *
 *   name      UTF-8, then one byte 0
 *   interval  ASCII, such as `1m`, then one byte 0
 *   count     of bars, unsigned, 8 bytes, little endian
 *   blocks    32 bytes for each 16,384 bars, and for what is left over: the SHA-256 of the bars, in time order, 48 bytes
 *             each: start (epoch milliseconds), open, high, low, close, volume, as IEEE 754 doubles, little endian; zero
 *             is positive and no value is NaN
 *
 * Blocks are there because the platform's SHA-256, which is much the faster, takes only what is complete. `digest` is
 * the SHA-256 to use for blocks; all give the same.
 */
export async function datasetSha256(
  symbols: readonly { readonly name: string; readonly interval: string; readonly columns: BarColumns }[],
  breathe: Breathe,
  digest: Digest = platformDigest,
): Promise<string> {
  const series: HashedSymbol[] = [];
  for (const { name, interval, columns } of symbols) {
    const blocks = new BlockHashes(digest);
    await blocks.addBars(columns, breathe);
    series.push({ name, what: interval, blocks });
  }
  return sha256Of(series);
}

/**
 * The hash of a dataset of quotes or ticks, by the same rule: in place of the interval its kind, in place of bars records of
 * time and values, quotes of 40 bytes (time, bid, ask, bid size, ask size) and ticks of 24 (time, price, size), 16,384 a block.
 */
export async function recordsSha256(
  kind: RecordKind,
  symbols: readonly { readonly name: string; readonly columns: RecordColumns }[],
  breathe: Breathe,
  digest: Digest = platformDigest,
): Promise<string> {
  const series: HashedSymbol[] = [];
  for (const { name, columns } of symbols) {
    const blocks = new BlockHashes(digest);
    await blocks.addRecords(columns, breathe);
    series.push({ name, what: kind, blocks });
  }
  return sha256Of(series);
}

/** The rows of a block behind each other, little endian as typed arrays are; kept for the next one, as fresh memory is dear. */
let spareWords = new Float64Array(0);

function takeWords(length: number): Float64Array<ArrayBuffer> {
  const words = spareWords.length < length ? new Float64Array(length) : spareWords;
  // Whoever hashes meanwhile makes words of its own.
  spareWords = new Float64Array(0);
  return words;
}

type Digest = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
const platformDigest: Digest = nativeSha256() ?? sha256;

/** The hashes of a symbol's blocks, made a piece of it after the other: all pieces but the last are of whole blocks. */
export class BlockHashes {
  count = 0;
  private readonly digests: Uint8Array[] = [];
  private readonly digest: Digest;

  constructor(digest: Digest = platformDigest) {
    this.digest = digest;
  }

  addBars({ start, open, high, low, close, volume, count }: BarColumns, breathe: Breathe): Promise<void> {
    return this.add([start, open, high, low, close, volume], count, breathe);
  }

  addRecords({ time, values, count }: RecordColumns, breathe: Breathe): Promise<void> {
    return this.add([time, ...values], count, breathe);
  }

  /** All blocks behind each other. */
  hashInto(hash: { update(bytes: Uint8Array): unknown }): void {
    for (const digest of this.digests) hash.update(digest);
  }

  private async add(columns: readonly Float64Array[], count: number, breathe: Breathe): Promise<void> {
    if (this.count % blockRows !== 0) throw new RangeError(`a piece follows after ${this.count} rows, within a block`);
    const width = columns.length;
    const words = takeWords(Math.min(count, blockRows) * width);
    for (let first = 0; first < count; first += blockRows) {
      const end = Math.min(first + blockRows, count);
      // Adding zero makes the negative zero positive.
      for (const [i, column] of columns.entries())
        for (let row = first, at = i; row < end; row++, at += width) words[at] = column[row]! + 0;
      this.digests.push(await this.digest(new Uint8Array(words.buffer, 0, (end - first) * width * 8)));
      await breathe();
    }
    spareWords = words;
    this.count += count;
  }
}

/** The blocks of a symbol's bars of an interval, or of its quotes or ticks. */
export interface HashedSymbol {
  readonly name: string;
  /** The interval or the kind. */
  readonly what: string;
  readonly blocks: BlockHashes;
}

/** The hash of the dataset whose blocks are hashed. */
export function sha256Of(symbols: readonly HashedSymbol[]): string {
  const hash = sha256.create();
  const sorted = [...symbols].sort((a, b) => textOrder(a.name, b.name) || textOrder(a.what, b.what));
  const nul = Uint8Array.of(0);
  const head = new Uint8Array(8);
  for (const { name, what, blocks } of sorted) {
    for (const text of [name, what]) hash.update(utf8ToBytes(text)).update(nul);
    new DataView(head.buffer).setBigUint64(0, BigInt(blocks.count), true);
    hash.update(head);
    blocks.hashInto(hash);
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}

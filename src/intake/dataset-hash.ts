import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { BarColumns } from '../bars/columns.ts';
import { nativeSha256 } from './platform.ts';
import type { Breathe } from './result.ts';

const barBytes = 48;
/** Bars in a block. Part of the definition of the hash. */
const blockBars = 16_384;

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
  digest: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array> = nativeSha256() ?? sha256,
): Promise<string> {
  const hash = sha256.create();
  const sorted = [...symbols].sort((a, b) => compared(a.name, b.name) || compared(a.interval, b.interval));
  const nul = Uint8Array.of(0);
  const bytes = new Uint8Array(blockBars * barBytes);
  const view = new DataView(bytes.buffer);
  for (const { name, interval, columns } of sorted) {
    for (const text of [name, interval]) hash.update(utf8ToBytes(text)).update(nul);
    view.setBigUint64(0, BigInt(columns.count), true);
    hash.update(bytes.subarray(0, 8));
    const { start, open, high, low, close, volume, count } = columns;
    for (let first = 0; first < count; first += blockBars) {
      const end = Math.min(first + blockBars, count);
      for (let bar = first, at = 0; bar < end; bar++, at += barBytes) {
        // Adding zero makes the negative zero positive.
        view.setFloat64(at, start[bar]! + 0, true);
        view.setFloat64(at + 8, open[bar]! + 0, true);
        view.setFloat64(at + 16, high[bar]! + 0, true);
        view.setFloat64(at + 24, low[bar]! + 0, true);
        view.setFloat64(at + 32, close[bar]! + 0, true);
        view.setFloat64(at + 40, volume[bar]! + 0, true);
      }
      hash.update(await digest(bytes.subarray(0, (end - first) * barBytes)));
      await breathe();
    }
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { BarColumns } from '../bars/columns.ts';
import type { Breathe } from './result.ts';

const barBytes = 48;
/** Bars hashed at a time. */
const sliceBars = 4_096;

/**
 * The hash of a dataset, `sha256:` and 64 hex digits. It is over every symbol, by name in the order of UTF-16 code units
 * and then by interval likewise:
 *
 *   name      UTF-8, then one byte 0
 *   interval  ASCII, such as `1m`, then one byte 0
 *   count     of bars, unsigned, 8 bytes, little endian
 *   bars      in time order, 48 bytes each: start (epoch milliseconds), open, high, low, close, volume, as IEEE 754
 *             doubles, little endian; zero is positive and no value is NaN
 */
export async function datasetSha256(
  symbols: readonly { readonly name: string; readonly interval: string; readonly columns: BarColumns }[],
  breathe: Breathe,
): Promise<string> {
  const hash = sha256.create();
  const sorted = [...symbols].sort((a, b) => compared(a.name, b.name) || compared(a.interval, b.interval));
  const nul = Uint8Array.of(0);
  const bytes = new Uint8Array(sliceBars * barBytes);
  const view = new DataView(bytes.buffer);
  for (const { name, interval, columns } of sorted) {
    for (const text of [name, interval]) hash.update(utf8ToBytes(text)).update(nul);
    view.setBigUint64(0, BigInt(columns.count), true);
    hash.update(bytes.subarray(0, 8));
    const parts = [columns.start, columns.open, columns.high, columns.low, columns.close, columns.volume];
    for (let first = 0; first < columns.count; first += sliceBars) {
      const end = Math.min(first + sliceBars, columns.count);
      parts.forEach((part, column) => {
        for (let bar = first, at = column * 8; bar < end; bar++, at += barBytes)
          view.setFloat64(at, part[bar]! + 0, true);
      });
      hash.update(bytes.subarray(0, (end - first) * barBytes));
      await breathe();
    }
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { ByteSlices } from './byte-slices.ts';
import { FileFault } from './file-fault.ts';
import { textDecoder, utf8Of } from './platform.ts';

/** Bytes that are looked at to tell an encoding without a mark. */
export const encodingBytes = 512;

/** How a text is encoded, where it is anything but plain UTF-8. */
export interface Encoding {
  readonly name: 'UTF-16 LE' | 'UTF-16 BE' | 'UTF-8';
  readonly reason: string;
}

/** The encoding that the beginning of a text says; undefined for UTF-8 without a mark. */
export function encodingOf(head: Uint8Array): Encoding | undefined {
  const begins = (...mark: number[]) => mark.every((byte, i) => head[i] === byte);
  const reason = 'the text begins with its byte order mark';
  if (begins(0xef, 0xbb, 0xbf)) return { name: 'UTF-8', reason };
  if (begins(0xff, 0xfe)) return { name: 'UTF-16 LE', reason };
  if (begins(0xfe, 0xff)) return { name: 'UTF-16 BE', reason };
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  const half = head.length >> 1;
  if (half < 2) return undefined;
  const bytes = 'without a mark: all but every second byte is zero, as in UTF-16';
  if (zeros[0] === 0 && zeros[1]! >= 0.9 * half) return { name: 'UTF-16 LE', reason: bytes };
  if (zeros[1] === 0 && zeros[0]! >= 0.9 * half) return { name: 'UTF-16 BE', reason: bytes };
  return undefined;
}

/** A text in UTF-16, as UTF-8 without a mark. Halves of characters become U+FFFD. Throws a FileFault where half a code unit is left. */
export async function* utf8FromUtf16(slices: ByteSlices, name: 'UTF-16 LE' | 'UTF-16 BE'): ByteSlices {
  const decoder = textDecoder(name === 'UTF-16 LE' ? 'utf-16le' : 'utf-16be');
  let bytes = 0;
  for await (const slice of slices) {
    bytes += slice.length;
    const text = utf8Of(decoder.decode(slice, { stream: true }));
    if (text.length > 0) yield text;
  }
  if (bytes % 2 === 1)
    throw new FileFault(`is cut short: it is in ${name} and ends within a character. Fetch it again`);
  const last = utf8Of(decoder.decode());
  if (last.length > 0) yield last;
}

import type { ByteSlices } from './byte-slices.ts';
import { FileFault } from './file-fault.ts';
import { textDecoder, textOf, utf8Of } from './platform.ts';

/** Bytes that are looked at to tell an encoding without a mark: those and no others, or it would hang on how a file is packed. */
export const encodingBytes = 65_536;

/** How a text is encoded, where it is anything but plain UTF-8. */
export interface Encoding {
  readonly name: 'UTF-16 LE' | 'UTF-16 BE' | 'UTF-8' | 'Windows-1252';
  readonly reason: string;
  readonly guess: boolean;
}

/** The encoding that the beginning of a text says; undefined for UTF-8 without a mark. */
export function encodingOf(head: Uint8Array): Encoding | undefined {
  const begins = (...mark: number[]) => mark.every((byte, i) => head[i] === byte);
  const reason = 'the text begins with its byte order mark';
  if (begins(0xef, 0xbb, 0xbf)) return { name: 'UTF-8', reason, guess: false };
  if (begins(0xff, 0xfe)) return { name: 'UTF-16 LE', reason, guess: false };
  if (begins(0xfe, 0xff)) return { name: 'UTF-16 BE', reason, guess: false };
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  const half = head.length >> 1;
  if (half < 2) return undefined;
  const bytes = 'without a mark: all but every second byte is zero, as in UTF-16';
  if (zeros[0] === 0 && zeros[1]! >= 0.9 * half) return { name: 'UTF-16 LE', reason: bytes, guess: false };
  if (zeros[1] === 0 && zeros[0]! >= 0.9 * half) return { name: 'UTF-16 BE', reason: bytes, guess: false };
  return isWestern(head)
    ? {
        name: 'Windows-1252',
        reason: 'some letters are none in UTF-8; so programs write in western Europe',
        guess: true,
      }
    : undefined;
}

/** Whether the beginning of a text has letters that are none in UTF-8, and nothing that no text has. */
function isWestern(head: Uint8Array): boolean {
  if (isAscii(head)) return false;
  const isControl = (byte: number): boolean => byte < 32 && (byte < 9 || byte > 13);
  const high = head.reduce((sum, byte) => sum + (byte >= 0x80 ? 1 : 0), 0);
  if (high > head.length / 10 || head.some(isControl)) return false;
  // A letter may be cut at the end.
  let end = head.length;
  while (end > 0 && head.length - end < 3 && head[end - 1]! >= 0x80) end--;
  return textOf(head.subarray(0, end)).includes('\ufffd');
}

/** Whether no byte is above 127: looked at four at a time, as most files are. */
export function isAscii(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let all = 0;
  for (; at + 4 <= bytes.length; at += 4) all |= view.getInt32(at);
  for (; at < bytes.length; at++) all |= bytes[at]!;
  return (all & 0x80808080) === 0;
}

/** A text in Windows-1252, whose every byte is a character, as UTF-8. */
export async function* utf8FromWestern(slices: ByteSlices): ByteSlices {
  const decoder = textDecoder('windows-1252');
  for await (const slice of slices) yield utf8Of(decoder.decode(slice));
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

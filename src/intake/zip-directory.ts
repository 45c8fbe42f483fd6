import { whole } from './byte-slices.ts';
import { FileFault } from './file-fault.ts';
import { textOf } from './platform.ts';
import type { ByteSource } from './source.ts';

/** A file in a zip archive, as the directory at the archive's end has it. */
export interface ZipEntry {
  /** With folders, which `/` ends. */
  readonly path: string;
  readonly isEncrypted: boolean;
  /** 0 is stored, 8 is deflate. */
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header begins in the archive. */
  readonly at: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where the directory begins and the files end. */
  readonly at: number;
}

const endBytes = 22;
const longestComment = 65_535;
const locatorBytes = 20;
const wideEndBytes = 56;
const entryBytes = 46;
/** No archive of bars has as many files, nor a directory as large. */
const mostEntries = 100_000;
const mostDirectoryBytes = 33_554_432;

/** Reads the directory of a zip archive, also of one with 64-bit sizes (APPNOTE.TXT 6.3.10, 4.3). Throws a FileFault with advice. */
export async function zipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const tailAt = Math.max(0, source.size - endBytes - longestComment - locatorBytes - wideEndBytes);
  const tail = view(await whole(source.open(tailAt)));
  const end = endIn(tail);
  if (end === -1)
    throw new FileFault(
      'is a zip archive that is cut short: the list of its files, which stands at its end, is missing. Fetch it again',
    );
  let count = tail.getUint16(end + 10, true);
  let bytes = tail.getUint32(end + 12, true);
  let said = tail.getUint32(end + 16, true);
  let until = end;
  const isSplit = tail.getUint16(end + 4, true) !== tail.getUint16(end + 6, true);
  const wide = end - locatorBytes - wideEndBytes;
  if (
    wide >= 0 &&
    tail.getUint32(end - locatorBytes, true) === 0x07064b50 &&
    tail.getUint32(wide, true) === 0x06064b50
  ) {
    count = wholeNumber(tail, wide + 32);
    bytes = wholeNumber(tail, wide + 40);
    said = wholeNumber(tail, wide + 48);
    until = wide;
  }
  if (isSplit)
    throw new FileFault('is one part of a zip archive in several parts; put them together, or import the files in it');
  if (count > mostEntries || bytes > mostDirectoryBytes)
    throw new FileFault(
      `lists ${count.toLocaleString('en-US')} files, more than ${mostEntries.toLocaleString('en-US')}; import its files in several archives`,
    );
  // Something may stand in front of an archive, and its places are then too small by as much.
  const at = tailAt + until - bytes;
  const shift = at - said;
  if (shift < 0)
    throw new FileFault(
      'is a zip archive that is cut short or damaged: its list of files is not where it says. Fetch it again',
    );
  const list =
    at >= tailAt
      ? new Uint8Array(tail.buffer, tail.byteOffset + at - tailAt, bytes)
      : await whole(source.open(at, at + bytes));
  return { entries: entriesIn(list, count, shift), at };
}

/** Where the record of the end begins, whose comment reaches to the archive's end; -1 when there is none. */
function endIn(tail: DataView): number {
  for (let at = tail.byteLength - endBytes; at >= 0; at--)
    if (tail.getUint32(at, true) === 0x06054b50 && at + endBytes + tail.getUint16(at + 20, true) === tail.byteLength)
      return at;
  return -1;
}

function entriesIn(list: Uint8Array, count: number, shift: number): ZipEntry[] {
  const data = view(list);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + entryBytes > list.length || data.getUint32(at, true) !== 0x02014b50) throw damagedList();
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => data.getUint16(at + field, true));
    const nameAt = at + entryBytes;
    const extraAt = nameAt + nameBytes!;
    const next = extraAt + extraBytes! + commentBytes!;
    if (next > list.length) throw damagedList();
    const [bytes, packedBytes, ownAt] = wideFields(
      [24, 20, 42].map((field) => data.getUint32(at + field, true)),
      new DataView(list.buffer, list.byteOffset + extraAt, extraBytes),
    );
    entries.push({
      path: textOf(list.subarray(nameAt, extraAt)).replaceAll('\\', '/'),
      isEncrypted: (data.getUint16(at + 8, true) & 1) === 1,
      method: data.getUint16(at + 10, true),
      crc32: data.getUint32(at + 16, true),
      packedBytes: packedBytes!,
      bytes: bytes!,
      at: ownAt! + shift,
    });
    at = next;
  }
  return entries;
}

/** Of size, packed size and place those that do not fit into 32 bits stand in an extra field, in this order. */
function wideFields(fields: readonly number[], extra: DataView): number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) at += 4 + extra.getUint16(at + 2, true);
  at += 4;
  return fields.map((field) => {
    if (field !== 0xffffffff || at + 8 > extra.byteLength) return field;
    at += 8;
    return wholeNumber(extra, at - 8);
  });
}

function wholeNumber(data: DataView, at: number): number {
  const number = data.getUint32(at + 4, true) * 0x1_0000_0000 + data.getUint32(at, true);
  if (!Number.isSafeInteger(number)) throw damagedList();
  return number;
}

function damagedList(): FileFault {
  return new FileFault('is a zip archive whose list of files is damaged. Fetch it again');
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

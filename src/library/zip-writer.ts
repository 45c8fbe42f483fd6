/**
 * A zip archive (APPNOTE.TXT 6.3.10) whose files are stored as they are, written in one go: what a file's size and checksum are stands
 * behind it. An archive may be larger than 4 GB, a file in it may not.
 */
const methodStored = 0;
/** Sizes and checksum follow the data; names are UTF-8. */
const flags = 0x0808;
const wide = 0xffffffff;
/** 1980-01-01, the first day that an archive can name: when it was written is no part of what it holds. */
const date = 0x0021;

interface WrittenFile {
  readonly name: Uint8Array;
  readonly crc32: number;
  readonly bytes: number;
  readonly at: number;
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** A file that is to be written, in pieces of any length. */
export interface ZipFile {
  readonly path: string;
  readonly pieces: Iterable<Bytes> | AsyncIterable<Bytes>;
}

/** The archive in pieces. Rejects, naming the file, when one is larger than 4 GB. */
export async function* zipOf(files: Iterable<ZipFile> | AsyncIterable<ZipFile>): AsyncGenerator<Bytes> {
  const written: WrittenFile[] = [];
  let at = 0;
  const utf8 = new TextEncoder();
  for await (const { path, pieces } of files) {
    const name = utf8.encode(path);
    const begin = at;
    const head = fields(
      [0x04034b50, 4],
      [20, 2],
      [flags, 2],
      [methodStored, 2],
      [0, 2],
      [date, 2],
      [0, 4],
      [0, 4],
      [0, 4],
      [name.length, 2],
      [0, 2],
    );
    yield head;
    yield name;
    at += head.length + name.length;
    let crc32 = 0;
    let bytes = 0;
    for await (const piece of pieces) {
      crc32 = crcOf(piece, crc32);
      bytes += piece.length;
      yield piece;
    }
    if (bytes >= wide)
      throw new Error(`${path} would have ${bytes} bytes; a file of the archive may have ${wide - 1} at most`);
    const tail = fields([0x08074b50, 4], [crc32, 4], [bytes, 4], [bytes, 4]);
    yield tail;
    at += bytes + tail.length;
    written.push({ name, crc32, bytes, at: begin });
  }
  const directory = at;
  for (const file of written) {
    const entry = directoryEntry(file);
    yield entry;
    at += entry.length;
  }
  yield end(written.length, directory, at - directory);
}

function directoryEntry({ name, crc32, bytes, at }: WrittenFile): Bytes {
  // A place beyond 4 GB stands in an extra field.
  const extra = at >= wide ? fields([1, 2], [8, 2], [at, 8]) : new Uint8Array(0);
  return joined(
    fields(
      ...([
        [0x02014b50, 4],
        [45, 2],
        [45, 2],
        [flags, 2],
        [methodStored, 2],
        [0, 2],
        [date, 2],
      ] as const),
      ...([
        [crc32, 4],
        [bytes, 4],
        [bytes, 4],
        [name.length, 2],
        [extra.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
      ] as const),
      ...([
        [0, 4],
        [Math.min(at, wide), 4],
      ] as const),
    ),
    name,
    extra,
  );
}

function end(count: number, at: number, bytes: number): Bytes {
  const isWide = count >= 0xffff || at >= wide || bytes >= wide;
  const short = Math.min(count, 0xffff);
  const record = fields(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [short, 2],
    [short, 2],
    [Math.min(bytes, wide), 4],
    [Math.min(at, wide), 4],
    [0, 2],
  );
  if (!isWide) return record;
  const wideRecord = fields(
    [0x06064b50, 4],
    [44, 8],
    [45, 2],
    [45, 2],
    [0, 4],
    [0, 4],
    [count, 8],
    [count, 8],
    [bytes, 8],
    [at, 8],
  );
  const locator = fields([0x07064b50, 4], [0, 4], [at + bytes, 8], [1, 4]);
  return joined(wideRecord, locator, record);
}

/** Unsigned numbers of 2, 4 or 8 bytes behind each other, little endian. */
function fields(...numbers: readonly (readonly [value: number, bytes: number])[]): Bytes {
  const out = new Uint8Array(numbers.reduce((sum, [, bytes]) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [value, bytes] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return out;
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 of bytes that follow those with the checksum `before`. */
function crcOf(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

import type { ByteSlices } from './byte-slices.ts';
import { between, sliced, whole } from './byte-slices.ts';
import type { Contents } from './contents.ts';
import { FileFault, inFile } from './file-fault.ts';
import { inflated, InflateFault, packedSliceBytes } from './inflate.ts';
import type { SkippedFile } from './skipped.ts';
import { skipReason } from './skipped.ts';
import type { ByteSource } from './source.ts';
import type { ZipDirectory, ZipEntry } from './zip-directory.ts';
import { zipDirectory } from './zip-directory.ts';

const ownHeaderBytes = 30;
/** A smaller archive is read at once: folders have thousands of them, and each look at a file costs more than its bytes. */
const smallArchiveBytes = 262_144;
const methods: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'zstd',
  95: 'xz',
  98: 'PPMd',
};

/**
 * The files of a zip archive, each of which is read from its place there, and what is left out of it. Throws a FileFault when the
 * archive is damaged or cut short, or has a file that would be read and cannot be unpacked.
 */
export async function zipContents(source: ByteSource): Promise<Contents> {
  const { archive, entries, at } = await opened(source);
  const paths = new Set(entries.map(({ path }) => path.toLowerCase()));
  if (isOfficeDocument(paths))
    throw new FileFault('is a document of an office program; save its sheet as CSV and import that');
  const files: ByteSource[] = [];
  const skipped: SkippedFile[] = [];
  for (const entry of entries) {
    const name = `${source.name}/${entry.path}`;
    const reason = skipReason(entry.path, (path) => paths.has(path)) ?? (entry.bytes === 0 ? 'it is empty' : undefined);
    if (reason !== undefined) {
      skipped.push({ file: name, reason });
      continue;
    }
    files.push(fileIn(archive, entry, at));
  }
  if (files.length === 0) {
    const what = skipped.slice(0, 3).map(({ file, reason }) => `${file.slice(source.name.length + 1)} (${reason})`);
    throw new FileFault(`holds no file to import${what.length > 0 ? `: ${what.join(', ')}` : ', it is empty'}`);
  }
  return { files, skipped };
}

/** Excel's documents and LibreOffice's are zip archives, with other files beside their sheets. */
function isOfficeDocument(paths: ReadonlySet<string>): boolean {
  return paths.has('[content_types].xml') || (paths.has('mimetype') && paths.has('content.xml'));
}

/** All files of a zip archive by their paths, whatever they are. Throws as `zipContents` does, also where there are none. */
export async function zipFiles(source: ByteSource): Promise<ReadonlyMap<string, ByteSource>> {
  return inFile(source.name, async () => {
    const { archive, entries, at } = await opened(source);
    return new Map(entries.map((entry) => [entry.path, fileIn(archive, entry, at)]));
  });
}

async function opened(source: ByteSource): Promise<ZipDirectory & { readonly archive: ByteSource }> {
  const archive = source.size <= smallArchiveBytes ? inMemory(source, await whole(source.open())) : source;
  const { entries, at } = await zipDirectory(archive);
  const packedBytes = entries.reduce((sum, entry) => sum + ownHeaderBytes + entry.packedBytes, 0);
  if (packedBytes > at) throw new FileFault('is a zip archive whose files overlap or are cut short. Fetch it again');
  return { archive, entries, at };
}

function fileIn(archive: ByteSource, entry: ZipEntry, end: number): ByteSource {
  refuseUnreadable(entry);
  const name = `${archive.name}/${entry.path}`;
  return {
    name,
    size: entry.bytes,
    isPacked: true,
    open: (from = 0, to = Infinity) => between(unpacked(archive, entry, end), from, to),
  };
}

function refuseUnreadable({ path, isEncrypted, method }: ZipEntry): void {
  if (isEncrypted)
    throw new FileFault(
      `has the file ${path}, which is encrypted; unpack it with its password, and import what it holds`,
    );
  if (method === 0 || method === 8) return;
  const name = methods[method] ?? `method ${method}`;
  throw new FileFault(
    `has the file ${path}, which is packed with ${name}; pack it with Deflate, or import it unpacked`,
  );
}

async function* unpacked(archive: ByteSource, entry: ZipEntry, end: number): ByteSlices {
  const own = await whole(archive.open(entry.at, entry.at + ownHeaderBytes));
  const header = new DataView(own.buffer, own.byteOffset, own.byteLength);
  if (own.length < ownHeaderBytes || header.getUint32(0, true) !== 0x04034b50)
    throw new FileFault('is not where its archive says, which is damaged. Fetch the archive again');
  const from = entry.at + ownHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
  const to = from + entry.packedBytes;
  if (to > end) throw new FileFault('reaches beyond its archive, which is damaged. Fetch the archive again');
  let bytes = 0;
  try {
    for await (const text of inflated(asGzip(sliced(archive.open(from, to), packedSliceBytes), entry))) {
      bytes += text.length;
      if (bytes > entry.bytes) break;
      yield text;
    }
  } catch (error) {
    if (!(error instanceof InflateFault)) throw error;
    bytes = -1;
  }
  if (bytes !== entry.bytes) {
    const size = entry.bytes.toLocaleString('en-US');
    throw new FileFault(
      `is damaged in its archive: it does not unpack to ${size} bytes with the checksum that stands there. Fetch it again`,
    );
  }
}

/** The packed data as a gzip file, whose CRC-32 and size the platform checks. What is stored becomes stored blocks (RFC 1951, 3.2.4). */
async function* asGzip(packed: ByteSlices, { method, crc32, bytes }: ZipEntry): ByteSlices {
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  for await (const slice of packed) {
    if (method === 0) yield storedBlock(slice.length, false);
    yield slice;
  }
  if (method === 0) yield storedBlock(0, true);
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32, true);
  trailer.setUint32(4, bytes % 0x1_0000_0000, true);
  yield new Uint8Array(trailer.buffer);
}

function storedBlock(length: number, isLast: boolean): Uint8Array {
  return Uint8Array.of(isLast ? 1 : 0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
}

function inMemory({ name, size }: ByteSource, bytes: Uint8Array): ByteSource {
  return {
    name,
    size,
    async *open(from = 0, to = size) {
      yield bytes.subarray(from, to);
    },
  };
}

import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive, and what may be wrong with it. */
export interface ZipFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly isStored?: boolean;
  readonly isEncrypted?: boolean;
  /** What the directory says, where that is not so. */
  readonly method?: number;
  readonly crc32?: number;
  readonly bytes?: number;
}

export interface ZipShape {
  /** Sizes and places in 64 bits. */
  readonly isWide?: boolean;
  readonly comment?: string;
}

/** A zip archive of these files, in their order (APPNOTE.TXT 6.3.10). */
export function zipArchive(files: readonly ZipFile[], { isWide = false, comment = '' }: ZipShape = {}): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = file.isStored ? content : deflateRawSync(content);
    const path = Buffer.from(file.path);
    const flags = (file.isEncrypted ? 1 : 0) | 0x800;
    const method = file.method ?? (file.isStored ? 0 : 8);
    const common = [
      [2, flags],
      [2, method],
      [4, 0],
      [4, file.crc32 ?? crc32(content)],
    ];
    const [size, place] = [file.bytes ?? content.length, at];
    const own = Buffer.concat([
      numbers([4, 0x04034b50], [2, 45], ...common, [4, packed.length], [4, size], [2, path.length], [2, 0]),
      path,
      packed,
    ]);
    parts.push(own);
    at += own.length;
    const extra = isWide ? numbers([2, 1], [2, 24], [8, size], [8, packed.length], [8, place]) : Buffer.alloc(0);
    const narrow = (value: number): number => (isWide ? 0xffffffff : value);
    list.push(
      numbers(
        [4, 0x02014b50],
        [2, 45],
        [2, 45],
        ...common,
        [4, narrow(packed.length)],
        [4, narrow(size)],
        [2, path.length],
      ),
      numbers([2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, narrow(place)]),
      path,
      extra,
    );
  }
  const directory = Buffer.concat(list);
  const wideEnd = numbers(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, files.length],
    [8, files.length],
    [8, directory.length],
    [8, at],
  );
  const locator = numbers([4, 0x07064b50], [4, 0], [8, at + directory.length], [4, 1]);
  const counts: [number, number] = isWide ? [0xffff, 0xffff] : [files.length, files.length];
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    ...counts.map((count): [number, number] => [2, count]),
    [4, isWide ? 0xffffffff : directory.length],
    [4, isWide ? 0xffffffff : at],
    [2, comment.length],
  );
  return Buffer.concat([...parts, directory, ...(isWide ? [wideEnd, locator] : []), end, Buffer.from(comment)]);
}

/** Numbers of so many bytes, little endian. */
function numbers(...fields: readonly (readonly number[])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(value!));
      return field.subarray(0, bytes);
    }),
  );
}

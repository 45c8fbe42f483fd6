import { FileFault } from './file-fault.ts';

/** What files that are no text begin with. */
const kinds: readonly (readonly [begin: readonly number[], what: string])[] = [
  [
    [0x28, 0xb5, 0x2f, 0xfd],
    'is compressed with zstd, which browsers cannot unpack; unpack it, or compress it with gzip',
  ],
  [[0x42, 0x5a, 0x68], 'is compressed with bzip2; unpack it, or compress it with gzip'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'is compressed with xz; unpack it, or compress it with gzip'],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'is a 7z archive; unpack it, or make it a zip archive'],
  [[0x52, 0x61, 0x72, 0x21], 'is a RAR archive; unpack it, or make it a zip archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an Excel workbook; save its sheet as CSV'],
];

/** Whether bytes begin as a zip archive does; one without files has its end there. */
export function isZip(head: Uint8Array): boolean {
  return begins(head, [0x50, 0x4b, 0x03, 0x04]) || begins(head, [0x50, 0x4b, 0x05, 0x06]);
}

/** Whether bytes begin as a Parquet file does. */
export function isParquet(head: Uint8Array): boolean {
  return begins(head, [0x50, 0x41, 0x52, 0x31]);
}

/** Throws a FileFault that says what a file is, and what to do with it, where its beginning shows that it holds no text. */
export function refuseForeign(head: Uint8Array, isPacked: boolean): void {
  if (isZip(head))
    throw new FileFault(
      `is a zip archive within ${isPacked ? 'gzip' : 'another archive'}; unpack it once, and import the zip in it`,
    );
  if (isPacked && isParquet(head))
    throw new FileFault('is a Parquet file within gzip; unpack it once, and import that');
  const [, what] = kinds.find(([begin]) => begins(head, begin)) ?? [];
  if (what !== undefined) throw new FileFault(what);
}

function begins(head: Uint8Array, begin: readonly number[]): boolean {
  return begin.every((byte, i) => head[i] === byte);
}

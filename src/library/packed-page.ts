import { entriesOf } from '../intake/entry-pages.ts';

/** How gzip begins (RFC 1952, 2.3.1); a list in JSON begins with a bracket. */
const gzipMagic = 0x1f;

/** A page of a list as it is stored: packed with gzip, a tenth of its size. */
export function packedPage(page: Uint8Array): Promise<Uint8Array> {
  return through(new CompressionStream('gzip'), page);
}

/** The entries of a stored page. Those of datasets from before pages were packed are read as well. Rejects when it is damaged. */
export async function storedEntries<Entry>(page: Uint8Array): Promise<Entry[]> {
  return entriesOf(page[0] === gzipMagic ? await through(new DecompressionStream('gzip'), page) : page);
}

async function through(transform: CompressionStream | DecompressionStream, bytes: Uint8Array): Promise<Uint8Array> {
  const changed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(changed).arrayBuffer());
}

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

async function through({ writable, readable }: GenericTransformStream, bytes: Uint8Array): Promise<Uint8Array> {
  const writer = (writable as WritableStream<Uint8Array>).getWriter();
  // What fails shows at the other end; here it would be reported a second time.
  for (const done of [writer.write(bytes), writer.close()]) done.catch(() => undefined);
  return new Uint8Array(await new Response(readable as ReadableStream<Uint8Array>).arrayBuffer());
}

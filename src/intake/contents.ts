import { peeked, sliced } from './byte-slices.ts';
import { inFile } from './file-fault.ts';
import { isZip } from './foreign-bytes.ts';
import type { SkippedFile } from './skipped.ts';
import type { ByteSource } from './source.ts';

/** The files that are one: itself, or those of an archive. */
export interface Contents {
  /** At least one, in the archive's order. */
  readonly files: readonly ByteSource[];
  readonly skipped: readonly SkippedFile[];
}

/** Looks into a file. Throws an error that names it when it is an archive that cannot be read, or without anything to read. */
export async function contentsOf(source: ByteSource): Promise<Contents> {
  const begin = sliced(source.open(0, 4), 4);
  const { head } = await peeked(begin, 4);
  await begin.return();
  if (!isZip(head)) return { files: [source], skipped: [] };
  return inFile(source.name, async () => (await import('./zip.ts')).zipContents(source));
}

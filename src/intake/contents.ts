import { peeked, sliced } from './byte-slices.ts';
import { adjustmentsHeadBytes, isAdjustments } from './adjustments-file.ts';
import { inFile } from './file-fault.ts';
import { isZip } from './foreign-bytes.ts';
import type { SkippedFile } from './skipped.ts';
import { skipReason } from './skipped.ts';
import type { ByteSource } from './source.ts';

/** The files that are one: itself, or those of an archive. */
export interface Contents {
  /** At least one, in the archive's order; none where it has adjustments. */
  readonly files: readonly ByteSource[];
  readonly skipped: readonly SkippedFile[];
  /** It is none of bars, quotes or ticks, but this one of splits and dividends. */
  readonly adjustments?: ByteSource;
}

/** Those of the sources that are read: all but files of folders that hold no data by their names. Throws advice when none is left. */
export function readable(sources: readonly ByteSource[]): Contents {
  const paths = new Set(sources.map(({ name }) => name.toLowerCase()));
  const files: ByteSource[] = [];
  const skipped: SkippedFile[] = [];
  for (const source of sources) {
    // What was chosen by itself is meant, whatever its name.
    const isOfFolder = source.name.includes('/');
    const empty = source.size === 0 ? 'it is empty' : undefined;
    const reason = isOfFolder ? (skipReason(source.name, (path) => paths.has(path)) ?? empty) : undefined;
    if (reason === undefined) files.push(source);
    else skipped.push({ file: source.name, reason });
  }
  const [first] = skipped;
  if (files.length === 0 && first)
    throw new Error(
      `There is no file to import among ${sources.length}: ${first.file} is not read, as ${first.reason}`,
    );
  return { files, skipped };
}

/** Whether a file is one of splits and dividends, by its beginning. */
export async function hasAdjustments(source: ByteSource): Promise<boolean> {
  return isAdjustments(await headOf(source));
}

async function headOf(source: ByteSource): Promise<Uint8Array> {
  const begin = sliced(source.open(0, adjustmentsHeadBytes), adjustmentsHeadBytes);
  const { head } = await peeked(begin, adjustmentsHeadBytes);
  await begin.return();
  return head;
}

/** Looks into a file. Throws an error that names it when it is an archive that cannot be read, or without anything to read. */
export async function contentsOf(source: ByteSource): Promise<Contents> {
  const head = await headOf(source);
  if (isAdjustments(head)) return { files: [], skipped: [], adjustments: source };
  if (!isZip(head)) return { files: [source], skipped: [] };
  return inFile(source.name, async () => (await import('./zip.ts')).zipContents(source));
}

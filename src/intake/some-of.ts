import type { Contents } from './contents.ts';
import { contentsOf } from './contents.ts';
import type { SkippedFile } from './skipped.ts';
import type { ByteSource } from './source.ts';

/** Files that are looked at before an import; of more, some from all over. */
const mostFiles = 12;

/** Some of the files that are to be read. */
export interface SomeFiles {
  readonly files: Contents['files'];
  /** Files that there are to read; an archive that was not looked into counts as one. */
  readonly count: number;
  /** Those of them that tell of splits and dividends instead. */
  readonly adjustments: readonly ByteSource[];
  /** Files of archives that were looked into, that will not be read. */
  readonly skipped: readonly SkippedFile[];
}

/** Picks files at equal distances, those in archives as well. Throws advice that names an archive which cannot be read. */
export async function someOf(sources: readonly ByteSource[]): Promise<SomeFiles> {
  const looked = spread(sources, mostFiles);
  const files: ByteSource[] = [];
  const skipped: SkippedFile[] = [];
  const adjustments: ByteSource[] = [];
  let count = sources.length - looked.length;
  for (const source of looked) {
    const contents = await contentsOf(source);
    skipped.push(...contents.skipped);
    if (contents.adjustments) adjustments.push(contents.adjustments);
    count += contents.files.length;
    files.push(...spread(contents.files, Math.max(1, Math.floor(mostFiles / looked.length))));
  }
  return { files, count, skipped, adjustments };
}

/** At most so many of them, at equal distances, with the first and the last. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  if (most === 1) return items.slice(0, 1);
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

import type { IntakeChoices } from '../intake/choices.ts';
import { contentsOf, readable } from '../intake/contents.ts';
import type { FilePreview } from '../intake/preview.ts';
import { previewFile } from '../intake/preview-file.ts';
import type { SkippedFile } from '../intake/skipped.ts';
import type { ByteSource } from '../intake/source.ts';

/** Files that a preview looks at; of more, it takes some from all over. */
const mostFiles = 12;

/** What intake makes of files from their beginnings, before anything is imported. */
export interface ImportPreview {
  /** The files that were looked at: all of them, or some. */
  readonly files: readonly FilePreview[];
  /** Files that there are to read; an archive that was not looked into counts as one. */
  readonly count: number;
  /** Files of folders, and of archives that were looked into, that will not be read. */
  readonly skipped: readonly SkippedFile[];
}

/** Throws advice that names the file which cannot be read. */
export async function previewFiles(sources: readonly ByteSource[], choices: IntakeChoices): Promise<ImportPreview> {
  const { files: read, skipped: passed } = readable(sources);
  const skipped = [...passed];
  const files: FilePreview[] = [];
  const looked = spread(read, mostFiles);
  let count = read.length - looked.length;
  for (const source of looked) {
    const contents = await contentsOf(source);
    skipped.push(...contents.skipped);
    count += contents.files.length;
    for (const file of spread(contents.files, Math.max(1, Math.floor(mostFiles / looked.length))))
      files.push(await previewFile(file, choices));
  }
  return { files, count, skipped };
}

/** At most so many of them, at equal distances, with the first and the last. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  if (most === 1) return items.slice(0, 1);
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

import { readAdjustments } from '../intake/adjustments-file.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import { readable } from '../intake/contents.ts';
import type { FilePreview } from '../intake/preview.ts';
import { previewFile } from '../intake/preview-file.ts';
import type { SharedBars } from '../intake/shared-stamps.ts';
import type { SkippedFile } from '../intake/skipped.ts';
import { someOf } from '../intake/some-of.ts';
import type { ByteSource } from '../intake/source.ts';
import { verdictsOf } from '../intake/verdicts.ts';

/** What intake makes of files from their beginnings, before anything is imported. */
export interface ImportPreview {
  /** The files that were looked at: all of them, or some. */
  readonly files: readonly FilePreview[];
  /** Files that there are to read; an archive that was not looked into counts as one. */
  readonly count: number;
  /** Those that tell of splits and dividends, and of how many by symbol. */
  readonly adjustments: readonly {
    readonly file: string;
    readonly count: number;
    readonly symbols: readonly string[];
  }[];
  /** Files of folders, and of archives that were looked into, that will not be read. */
  readonly skipped: readonly SkippedFile[];
}

/** `shared` are bars that are here already. Throws advice that names the file which cannot be read. */
export async function previewFiles(
  sources: readonly ByteSource[],
  choices: IntakeChoices,
  shared: SharedBars | null = null,
): Promise<ImportPreview> {
  const { files: read, skipped } = readable(sources);
  const looked = await someOf(read);
  const verdicts = await verdictsOf(looked.files, choices, shared);
  const files: FilePreview[] = [];
  for (const file of looked.files) files.push(await previewFile(file, choices, verdicts));
  const adjustments = [];
  for (const source of looked.adjustments) {
    const told = await readAdjustments(source);
    const count = [...told.values()].reduce((sum, own) => sum + own.length, 0);
    adjustments.push({ file: source.name, count, symbols: [...told.keys()] });
  }
  return { files, count: looked.count, adjustments, skipped: [...skipped, ...looked.skipped] };
}

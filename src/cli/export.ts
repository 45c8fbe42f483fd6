import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { defaultConfig } from '../config/schema.ts';
import { exportOf, exportTypes, type ExportFormat } from '../library/export-dataset.ts';
import type { Manifest } from '../library/manifest.ts';
import { MemoryStore } from '../library/memory-store.ts';
import { exportName } from '../library/names.ts';
import { marketOf } from '../time/session-calendar.ts';
import type { ImportChoices } from './import-choices.ts';
import { loadFiles } from './load.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** The longest first, as one ends with another. */
const formats = (Object.keys(exportTypes) as ExportFormat[]).sort((a, b) => b.length - a.length);

/**
 * The format of an export: the one that is named, or that the ending of the path says. Throws WrongArguments where that is none, or
 * where they differ.
 */
export function exportFormat(to: string | undefined, out: string): ExportFormat {
  const told = formats.find((each) => out.toLowerCase().endsWith(`.${each}`));
  const named = to ?? told;
  const format = formats.find((each) => each === named);
  if (format && (!told || told === format)) return format;
  if (format) throw new WrongArguments(`--to was ${format}, and --out "${out}" ends with .${told}; choose one of them`);
  const given = named === undefined ? `--out was "${out}"` : `--to was "${named}"`;
  throw new WrongArguments(`${given}; --to must be one of ${formats.toReversed().join(', ')}`);
}

/**
 * Imports each file or folder and writes what comes of it as the page exports it: to `out`, or where that is a folder under the name
 * of each dataset in it. `say` takes progress. Returns the datasets as JSON, with their sha256 and the files. A file is there when it is whole. Throws
 * WrongArguments for a place where nothing can be written.
 */
export async function exportFiles(
  paths: readonly string[],
  format: ExportFormat,
  out: string,
  chosen: ImportChoices,
  say: (line: string) => void,
): Promise<string> {
  const isFolder = statSync(out, { throwIfNoEntry: false })?.isDirectory() === true;
  const own = statSync(out, { throwIfNoEntry: false }) && realpathSync(out);
  if (!isFolder && paths.some((path) => statSync(path, { throwIfNoEntry: false }) && realpathSync(path) === own))
    throw new WrongArguments(`--out "${out}" is one of the files that are read; choose another place`);
  const store = new MemoryStore();
  const datasets: Manifest[] = [];
  for (const { summary } of await loadFiles(paths, store, marketOf(defaultConfig().session).zone, chosen, say))
    for (const { manifest } of [summary, ...(summary.others ?? [])])
      if (!datasets.some(({ id }) => id === manifest.id)) datasets.push(manifest);
  if (datasets.length > 1 && !isFolder) {
    const names = datasets.map(({ name }) => `"${name}"`).join(', ');
    throw new WrongArguments(`There are ${datasets.length} datasets, ${names}; --out must be a folder that is there`);
  }
  const written: object[] = [];
  for (const manifest of datasets) {
    const file = isFolder ? join(out, exportName(manifest, format)) : out;
    await write(manifest, format, store, file);
    const { name, sha256, kind, interval, bars } = manifest;
    written.push({ name, sha256, kind, interval, bars, file });
  }
  return `${JSON.stringify(written, null, 2)}\n`;
}

async function write(manifest: Manifest, format: ExportFormat, store: MemoryStore, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(exportOf(manifest, format, store)), createWriteStream(part));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new WrongArguments(`"${file}" cannot be written: ${error.message}`);
  }
}

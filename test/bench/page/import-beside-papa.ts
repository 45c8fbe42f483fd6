import { proxy, type Remote } from 'comlink';
import Papa from 'papaparse';
import { defaultConfig } from '../../../src/config/schema.ts';
import { defaultChoices } from '../../../src/intake/choices.ts';
import type { ChosenFile } from '../../../src/library/chosen-file.ts';
import type { LibraryWorker } from '../../../workers/library.ts';
import { randomWalk } from '../../support/synthetic.ts';
import { csvText } from '../csv-text.ts';

/**
 * A file of a million minutes, from a file to a stored dataset and its map under the market; and PapaParse on the same file, before it or
 * after: who is second works beside what the first has left to be collected.
 */
export async function importBesidePapa(library: Remote<LibraryWorker>, papaIsFirst: boolean) {
  const bars = randomWalk('2013-01-02', '2023-03-01', 7);
  const file = new File([csvText(bars, 'iso')], 'SPY.csv');
  // A file that a script has made is carried to the browser's process when it is read first; one on the disk is there.
  await file.slice(0, 1).arrayBuffer();
  const before = papaIsFirst ? await timedPapa(file) : null;
  const ours = await timedImport(library, file);
  const { papaSeconds, papaRows } = before ?? (await timedPapa(file));
  return { ...ours, papaSeconds, papaRows, bars: bars.count };
}

async function timedImport(library: Remote<LibraryWorker>, file: File) {
  const began = performance.now();
  const { manifest } = await importOf(library, [{ path: file.name, file }]);
  const map = await library.openMap(manifest.id);
  const { symbols } = await map.under(defaultConfig().session);
  const seconds = (performance.now() - began) / 1_000;
  await library.remove(manifest.id);
  const { bytes, bars: stored } = manifest;
  return { seconds, stored, bytes, present: symbols[0]!.present };
}

async function timedPapa(file: File) {
  const began = performance.now();
  const papaRows = await splitByPapa(file);
  return { papaSeconds: (performance.now() - began) / 1_000, papaRows };
}

/** Splits a file into strings, a piece after the other; resolves with the number of its rows. */
function splitByPapa(file: File): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    Papa.parse<string[]>(file, {
      skipEmptyLines: true,
      chunk: ({ data }) => void (rows += data.length),
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

async function importOf(library: Remote<LibraryWorker>, files: readonly ChosenFile[]) {
  const nothing = proxy(() => undefined);
  await library.giveFiles(files, 0);
  return library.importFiles(defaultChoices, nothing, defaultConfig().session);
}

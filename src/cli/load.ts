import { defaultChoices, type IntakeChoices } from '../intake/choices.ts';
import { importFiles } from '../library/import.ts';
import type { MemoryStore } from '../library/memory-store.ts';
import type { ImportSummary } from '../library/import.ts';
import { diskSource } from './file-source.ts';

/** Imports one file into the store as a dataset of its own; times without a zone are in that of the market. */
export async function loadFile(path: string, store: MemoryStore, marketZone: string): Promise<ImportSummary> {
  const choices: IntakeChoices = { ...defaultChoices, marketZone };
  let ids = 0;
  const { length } = await store.list();
  return importFiles([diskSource(path)], choices, store, {
    now: () => performance.now(),
    newId: () => `${length}.${ids++}`,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onProgress: () => undefined,
  });
}

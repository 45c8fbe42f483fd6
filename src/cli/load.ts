import { defaultChoices, type IntakeChoices } from '../intake/choices.ts';
import { importFiles } from '../library/import.ts';
import type { ImportSummary } from '../library/import.ts';
import type { KeepOptions } from '../library/keep.ts';
import { keepSample } from '../library/keep-sample.ts';
import type { Manifest } from '../library/manifest.ts';
import type { MemoryStore } from '../library/memory-store.ts';
import type { SampleName } from '../sample/identity.ts';
import { diskSources } from './file-source.ts';

/** Imports one file, or the files of a folder, into the store as a dataset of its own; times without a zone are in that of the market. */
export async function loadFile(path: string, store: MemoryStore, marketZone: string): Promise<ImportSummary> {
  const choices: IntakeChoices = { ...defaultChoices, marketZone };
  return importFiles(diskSources(path), choices, store, {
    ...(await keeping(store)),
    onProgress: () => undefined,
  });
}

/** Makes the named datasets of the sample and keeps them in the store. */
export async function loadSample(names: readonly SampleName[], store: MemoryStore): Promise<Manifest[]> {
  return keepSample(names, store, await keeping(store));
}

/** How datasets are kept: their ids begin with their place in the order of loading. */
async function keeping(store: MemoryStore): Promise<KeepOptions> {
  let ids = 0;
  const { length } = await store.list();
  return {
    now: () => performance.now(),
    newId: () => `${length}.${ids++}`,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

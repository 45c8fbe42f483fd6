import { proxy } from 'comlink';
import type { Instruments } from '../bars/instrument.ts';
import type { ToldBySymbol } from '../library/adjustments.ts';
import type { WorkProgress } from '../library/dataset-work.ts';
import type { Derivation, Derived } from '../library/derive-dataset.ts';
import type { ExportFormat } from '../library/export-dataset.ts';
import type { Manifest } from '../library/manifest.ts';
import { askToKeepLibrary } from '../library/storage-state.ts';
import type { SessionRules } from '../time/session-calendar.ts';
import type { Library } from './library.svelte.ts';

type Tell = (progress: WorkProgress) => void;

/** Has a dataset made of others; resolves when it is listed. */
export async function derive(library: Library, order: Derivation, market: SessionRules, tell: Tell): Promise<Derived> {
  const derived = await library.service.derive(order, market, proxy(tell));
  await library.refresh();
  return derived;
}

/** Has a dataset written as a file. */
export function exported(library: Library, { id }: Manifest, format: ExportFormat, tell: Tell): Promise<Blob> {
  return library.service.exportDataset(id, format, proxy(tell));
}

/** Keeps what is known of a dataset's symbols; resolves when it is listed. */
export async function describe(library: Library, { id }: Manifest, instruments: Instruments): Promise<void> {
  await library.service.describe(id, instruments);
  await library.refresh();
}

/** Keeps these splits and dividends with a dataset in place of what it knew; resolves when it is listed. */
export async function tellAdjustments(library: Library, { id }: Manifest, told: ToldBySymbol): Promise<void> {
  await library.service.tellAdjustments(id, told);
  await library.refresh();
}

/** Asks the browser not to clear what is kept on its own; resolves with whether it promised that. */
export async function keepLibrary(library: Library): Promise<boolean> {
  const isKept = await askToKeepLibrary(navigator.storage as StorageManager | undefined);
  await library.refresh();
  return isKept;
}

import { defaultChoices, type IntakeChoices } from '../intake/choices.ts';
import { importFiles } from '../library/import.ts';
import type { ImportSummary } from '../library/import.ts';
import type { KeepOptions } from '../library/keep.ts';
import { keepSample } from '../library/keep-sample.ts';
import type { Manifest } from '../library/manifest.ts';
import type { SampleName } from '../sample/identity.ts';
import { sampleMeant, withSample } from '../sample/meant.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import type { Config } from '../config/schema.ts';
import { marketOf } from '../time/session-calendar.ts';
import { MemoryStore } from '../library/memory-store.ts';
import { counted } from './counted.ts';
import { diskSources } from './file-source.ts';
import type { ImportChoices } from './import-choices.ts';
import type { LoadedFile } from './unread-files.ts';

/**
 * Imports one file, or the files of a folder, into the store as a dataset of its own; times without a zone are in that of the market,
 * where none is chosen.
 */
export async function loadFile(
  path: string,
  store: MemoryStore,
  marketZone: string,
  { all, conflicts }: ImportChoices = defaultChoices,
): Promise<ImportSummary> {
  const choices: IntakeChoices = { ...defaultChoices, marketZone, all, conflicts };
  return importFiles(diskSources(path), choices, store, {
    ...(await keeping(store)),
    onProgress: () => undefined,
  });
}

/** Makes the named datasets of the sample and keeps them in the store. */
async function loadSample(names: readonly SampleName[], store: MemoryStore): Promise<Manifest[]> {
  return keepSample(names, store, await keeping(store));
}

/** What a run over files has to do with. */
export interface Loaded {
  readonly store: MemoryStore;
  /** Those that a configuration may name; without a name the first file is played. */
  readonly datasets: readonly DatasetFacts[];
  readonly files: readonly LoadedFile[];
}

/** Imports the files, each as a dataset, and makes what a configuration means of the sample. `say` takes progress. */
export async function loadFor(
  config: Config,
  paths: readonly string[],
  chosen: ImportChoices,
  say: (line: string) => void,
): Promise<Loaded> {
  const store = new MemoryStore();
  const files = await loadFiles(paths, store, marketOf(config.session).zone, chosen, say);
  const meant = sampleMeant(config.data, await store.list());
  for (const { name, bars } of meant.length > 0 ? await loadSample(meant, store) : [])
    say(`made the synthetic dataset "${name}", ${counted(bars, 'bar')}`);
  const inOrder = (await store.list()).sort((a, b) => parseInt(a.id) - parseInt(b.id));
  return { store, datasets: withSample(config.data, inOrder), files };
}

/** Imports the files, each as a dataset, and says what came of each. */
export async function loadFiles(
  paths: readonly string[],
  store: MemoryStore,
  marketZone: string,
  chosen: ImportChoices,
  say: (line: string) => void,
): Promise<LoadedFile[]> {
  const files: LoadedFile[] = [];
  for (const path of paths) {
    const summary = await loadFile(path, store, marketZone, chosen);
    files.push({ path, summary });
    for (const each of [summary, ...(summary.others ?? [])]) {
      say(`${path}: ${loadedWords(each)}`);
      for (const line of leftOutLines(each)) say(`warning: ${path}: ${line}`);
    }
  }
  return files;
}

function loadedWords({ manifest, existing, audits, adjusted }: ImportSummary): string {
  const bars = `${existing ? 'the same bars as' : 'dataset'} "${manifest.name}", ${counted(manifest.bars, 'bar')}`;
  const told = adjusted
    ? `${adjusted.count} splits and dividends of ${adjusted.symbols.join(', ')}, for "${adjusted.datasets.join('", "')}"`
    : '';
  return [...(audits.length > 0 ? [bars] : []), ...(told === '' ? [] : [told])].join('; ');
}

/** What of a FILE is not in its dataset; `inspect` lists all of it. */
function leftOutLines({ audits, skipped, adjusted }: ImportSummary): string[] {
  const [conflicts, rejected] = [
    audits.reduce((sum, audit) => sum + audit.conflicts, 0),
    audits.reduce((sum, audit) => sum + audit.rejected, 0),
  ];
  const counted = [
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(conflicts > 0 ? [`${conflicts} that contradict others`] : []),
  ].join(' and ');
  const without = adjusted?.without ?? [];
  return [
    ...(counted === '' ? [] : [`${counted} of its records are left out; inspect lists them`]),
    ...skipped.slice(0, mostSkipped).map(({ file, reason }) => `${file} is not read: ${reason}`),
    ...(skipped.length > mostSkipped
      ? [`${skipped.length - mostSkipped} more files are not read; inspect lists them`]
      : []),
    ...(without.length > 0 ? [`it has splits or dividends of ${without.join(', ')}, of which there are no bars`] : []),
  ];
}

/** Files of a folder or an archive that are named one by one. */
const mostSkipped = 20;

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

import { datasetSha256 } from '../intake/dataset-hash.ts';
import { sampleDatasets } from '../sample/datasets.ts';
import type { SampleName } from '../sample/identity.ts';
import { keepDataset, type KeepOptions } from './keep.ts';
import type { Manifest } from './manifest.ts';
import type { BarStore } from './store.ts';

/**
 * Makes the named datasets of the sample and stores them as an import would. One whose bars are stored already, under whatever
 * name, is used again. Returns the manifests in the order of the names; throws as `keepDataset` does.
 */
export async function keepSample(
  names: readonly SampleName[],
  store: BarStore,
  options: KeepOptions,
): Promise<Manifest[]> {
  const datasets = sampleDatasets();
  const kept: Manifest[] = [];
  for (const name of names) {
    const { symbols, interval } = datasets[name];
    const sha256 = await datasetSha256(
      symbols.map((symbol) => ({ name: symbol.name, interval, columns: symbol.columns })),
      options.breathe,
    );
    const existing = (await store.list()).find((each) => each.sha256 === sha256);
    kept.push(existing ?? (await keepDataset(datasets[name], sha256, name, store, options)));
  }
  return kept;
}

import { expose } from 'comlink';
import type { BarReader } from './store.ts';

/**
 * Reads the store for a run that lays its sessions out itself, at the other end of the port: the datasets with those ids alone, for
 * foreign code may be there.
 */
export function lendBars(store: BarReader, port: MessagePort, datasets: readonly string[]): void {
  const lent = new Set(datasets);
  const reader: BarReader = {
    all: async () => (await store.all()).filter(({ id }) => lent.has(id)),
    chunk: (dataset, ...place) => {
      if (!lent.has(dataset)) throw new Error(`the dataset "${dataset}" is no part of this run`);
      return store.chunk(dataset, ...place);
    },
  };
  expose(reader, port);
}

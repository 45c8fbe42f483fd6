import type { DatasetFacts } from './dataset-facts.ts';

/** The bars of one symbol, as a run plays them. */
export interface BarStream {
  /** The symbol's name in the run. */
  readonly name: string;
  readonly dataset: DatasetFacts;
  /** Place in the dataset's symbols. */
  readonly symbol: number;
  /** Length of its bars in the run, a multiple of the stored ones. */
  readonly intervalMs: number;
  /** Length of the stored bars; where the dataset has ticks, of those that are made of them. */
  readonly storedMs: number;
}

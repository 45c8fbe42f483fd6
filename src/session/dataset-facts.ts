import type { Adjustments } from '../bars/adjustment.ts';
import type { DataKind } from '../bars/records.ts';
import type { Instant } from '../time/instant.ts';

/** What planning needs to know of a dataset; a manifest has it. */
export interface DatasetFacts {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly kind?: DataKind;
  readonly interval: string;
  /** Splits and dividends that are known of its symbols. */
  readonly adjustments?: Adjustments;
  readonly symbols: readonly {
    readonly name: string;
    readonly bars: number;
    readonly from: Instant;
    readonly to: Instant;
  }[];
}

/** The dataset of that name, or with bars of that hash. */
export function named(datasets: readonly DatasetFacts[], name: string): DatasetFacts | undefined {
  return datasets.find((each) => (name.startsWith('sha256:') ? each.sha256 === name : each.name === name));
}

/** What to do where a dataset is not here. */
export function here(datasets: readonly DatasetFacts[]): string {
  if (datasets.length === 0) return 'no dataset is here: import the file with its bars';
  return `import the file with its bars, or choose one that is here: ${datasets.map(({ name }) => `"${name}"`).join(', ')}`;
}

import { compareRuns, type ComparedRun, type Comparison, type Difference } from './compare.ts';

/** Something in which at least one of several runs differs from the first, with what each has of it, in their order. */
export interface DifferingRow {
  readonly what: string;
  readonly values: readonly unknown[];
}

export interface SideBySide {
  /** Each run after the first, compared with the first. */
  readonly comparisons: readonly Comparison[];
  readonly settings: readonly DifferingRow[];
  readonly data: readonly DifferingRow[];
}

/** Lays runs side by side: each is compared with the first. */
export function compareMany(first: ComparedRun, others: readonly ComparedRun[]): SideBySide {
  const comparisons = others.map((other) => compareRuns(first, other));
  return {
    comparisons,
    settings: rowsOf(comparisons.map(({ settings }) => settings)),
    data: rowsOf(comparisons.map(({ data }) => data)),
  };
}

/** A run that does not differ in something has what the first has of it. */
function rowsOf(lists: readonly (readonly Difference[])[]): DifferingRow[] {
  const firsts = new Map(lists.flat().map(({ what, one }) => [what, one]));
  return [...firsts].map(([what, one]) => {
    const found = lists.map((list) => list.find((each) => each.what === what));
    return { what, values: [one, ...found.map((each) => (each ? each.other : one))] };
  });
}

import type { SweepRow } from '../../sweep/row.ts';

/** Reasons that are told; the others are found in the table. */
const mostReasons = 3;

/** Cells that failed for one reason. */
export interface FailedCells {
  readonly reason: string;
  readonly count: number;
  /** The number of the first of them. */
  readonly first: number;
}

/** The cells of a sweep that failed, by their reason, those of most cells first, and how many have a reason that is not told. */
export function failedCells(rows: readonly SweepRow[]): {
  readonly told: readonly FailedCells[];
  readonly untold: number;
} {
  const byReason = new Map<string, FailedCells>();
  for (const { cell, error } of rows) {
    if (error === undefined) continue;
    const { count, first } = byReason.get(error) ?? { count: 0, first: cell };
    byReason.set(error, { reason: error, count: count + 1, first: Math.min(first, cell) });
  }
  const all = [...byReason.values()].sort((a, b) => b.count - a.count || a.first - b.first);
  return { told: all.slice(0, mostReasons), untold: all.slice(mostReasons).reduce((sum, { count }) => sum + count, 0) };
}

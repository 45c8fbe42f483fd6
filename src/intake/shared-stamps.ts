import type { BarColumns } from '../bars/columns.ts';
import type { Stamp } from './format.ts';
import type { Run } from './look.ts';

/** Bars that are here already. */
export interface SharedBars {
  /** Those of a symbol, of that interval and at those instants, by dataset. */
  around(
    symbol: string,
    intervalMs: number,
    from: number,
    to: number,
  ): Promise<readonly { readonly dataset: string; readonly columns: BarColumns }[]>;
}

interface Hypothesis {
  readonly zone: string | null;
  readonly stamp: Stamp;
}

/** Equal bars at equal times that tell, and the part of all that can be compared. */
const leastEqual = 20;
const leastPart = 0.5;
/** Runs that are compared; each is a reading of what is stored. */
const mostRuns = 4;
const aDay = 86_400_000;

/**
 * The hypothesis under which bars are equal to those of a dataset that is here, at the same times, where no other comes near; null
 * without one.
 */
export async function sharedStamps<H extends Hypothesis>(
  runs: readonly Run[],
  hypotheses: readonly H[],
  intervalMs: number,
  startsUnder: (written: Float64Array, hypothesis: H, intervalMs: number) => Float64Array,
  shared: SharedBars,
): Promise<(H & { readonly reason: string }) | null> {
  const equal = hypotheses.map(() => 0);
  const compared = hypotheses.map(() => 0);
  let dataset = '';
  const long = runs.filter(({ columns }) => columns.count > 1);
  for (const { symbol, columns } of spread(long)) {
    const written = columns.start.subarray(0, columns.count);
    const stored = await shared.around(symbol, intervalMs, written[0]! - aDay, written.at(-1)! + aDay);
    for (const each of stored) {
      const rows = rowsByStart(each.columns);
      for (const [h, hypothesis] of hypotheses.entries()) {
        const starts = startsUnder(written, hypothesis, intervalMs);
        for (const [i, start] of starts.entries()) {
          const row = rows.get(start);
          if (row === undefined) continue;
          compared[h]!++;
          if (isEqual(columns, i, each.columns, row)) equal[h]!++;
        }
      }
      dataset ||= each.dataset;
    }
  }
  const most = Math.max(...equal);
  const best = equal.indexOf(most);
  // Zones that have the same offset at these times are equal, and the first of them was taken.
  const isClear = equal.every((count) => count === most || count * 2 < most);
  if (most < leastEqual || most < leastPart * compared[best]! || !isClear) return null;
  return { ...hypotheses[best]!, reason: `so ${most} bars are those of the dataset "${dataset}" at the same times` };
}

function spread<Item>(items: readonly Item[]): readonly Item[] {
  const step = Math.max(1, Math.floor(items.length / mostRuns));
  return items.filter((_, i) => i % step === 0).slice(0, mostRuns);
}

function rowsByStart({ start, count }: BarColumns): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (let i = 0; i < count; i++) rows.set(start[i]!, i);
  return rows;
}

function isEqual(a: BarColumns, i: number, b: BarColumns, j: number): boolean {
  return a.open[i] === b.open[j] && a.high[i] === b.high[j] && a.low[i] === b.low[j] && a.close[i] === b.close[j];
}

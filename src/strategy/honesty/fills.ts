import type { FillFacts } from '../fill-facts.ts';
import type { Trade } from '../trade.ts';

/** The fills of trades, each once: the parts of a trade that was closed in parts share one entry. */
export function fillsOf(trades: readonly Trade[]): Set<FillFacts> {
  const fills = new Set<FillFacts>();
  for (const { entry, exit } of trades) {
    fills.add(entry);
    fills.add(exit);
  }
  return fills;
}

/** How many of the fills of trades are such. */
export function countFills(trades: readonly Trade[], holds: (fill: FillFacts) => boolean): number {
  let count = 0;
  for (const fill of fillsOf(trades)) if (holds(fill)) count++;
  return count;
}

import type { Config } from '../config/schema.ts';
import type { BarStream } from './bar-stream.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import type { Find } from './find.ts';
import type { PlanRecords, PlanSymbol } from './plan.ts';

/** Finds what `data.adjust` cannot be applied to, and that there is nothing to apply. */
export function checkAdjusted(
  { data: { adjust } }: Config,
  streams: readonly BarStream[],
  records: readonly PlanRecords[],
  find: Find,
): void {
  if (adjust === null) return;
  const ticks = streams.find(({ dataset }) => dataset.kind === 'ticks');
  if (ticks || records.length > 0)
    find('error', 'data.adjust', adjust, 'data.adjust is for runs of bars alone; this one has quotes or ticks');
  else if (streams.every(({ dataset }) => !dataset.adjustments))
    find(
      'warning',
      'data.adjust',
      adjust,
      `data.adjust was "${adjust}", and no splits or dividends are kept with the bars; import a CSV with symbol,date,kind,value`,
    );
}

/** What a symbol's bars are adjusted by. */
export function adjustedBy(
  { data: { adjust } }: Config,
  { adjustments, symbols }: DatasetFacts,
  symbol: number,
): Pick<PlanSymbol, 'adjustments'> {
  const known = adjust === null ? undefined : adjustments?.bySymbol[symbols[symbol]!.name];
  return known ? { adjustments: known.filter(({ kind }) => kind === 'split' || adjust !== 'splits') } : {};
}

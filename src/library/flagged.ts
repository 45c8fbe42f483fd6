import type { FlagCounts } from '../intake/flag.ts';
import { Flagger } from '../intake/flags/flagger.ts';
import type { Breathe, IntakeResult } from '../intake/result.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { flagList } from './lists.ts';
import type { PageWriter } from './page-writer.ts';

/** Looks for what is suspicious about the bars, and keeps it. */
export async function flagged(
  { symbols, intervalMs }: IntakeResult,
  market: Calendar | null,
  pages: PageWriter,
  breathe: Breathe,
): Promise<FlagCounts> {
  const flagger = new Flagger(intervalMs, market);
  for (const { name, pieces } of symbols) {
    const symbol = flagger.symbol(name);
    for await (const bars of pieces()) {
      symbol.add(bars);
      await breathe();
    }
    symbol.end();
    await pages.keep(flagList, flagger.pages.take(false));
  }
  await pages.keep(flagList, flagger.pages.take(true));
  return flagger.counts;
}

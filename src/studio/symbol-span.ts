import type { Manifest, SymbolEntry } from '../library/manifest.ts';
import type { PlanSymbol, RunPlan } from '../session/plan.ts';
import type { Session } from '../time/session.ts';

/** What the library knows of a symbol of a run; undefined where its dataset is gone. */
export function entryOf({ dataset, symbol }: PlanSymbol, datasets: readonly Manifest[]): SymbolEntry | undefined {
  return datasets.find(({ id }) => id === dataset)?.symbols[symbol];
}

/** Some of the symbol's bars may lie in one of the sessions, by the times of its first and its last bar. */
export function reaches({ from, to }: SymbolEntry, sessions: readonly Session[]): boolean {
  return sessions.some(({ open, close }) => from < close && to >= open);
}

/** Place in the plan of the first symbol that has bars when the run begins; the first of all where none is known to. */
export function firstWithBars({ symbols, sessions, firstPlayed }: RunPlan, datasets: readonly Manifest[]): number {
  const begin = sessions.slice(firstPlayed, firstPlayed + 1);
  const place = symbols.findIndex((symbol) => {
    const entry = entryOf(symbol, datasets);
    return entry !== undefined && reaches(entry, begin);
  });
  return Math.max(0, place);
}

import type { RunPlan } from './plan.ts';

/** Ids of the datasets that a run reads, to play them or to fill gaps from them. */
export function datasetsOf({ symbols, records, fillSources }: RunPlan): ReadonlySet<string> {
  const sources = fillSources.flatMap((source) => source.symbols);
  return new Set([...symbols, ...records, ...sources].flatMap((each) => each?.dataset ?? []));
}

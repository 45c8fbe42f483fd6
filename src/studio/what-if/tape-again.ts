import type { DatasetFacts } from '../../session/dataset-facts.ts';
import type { RunPlan } from '../../session/plan.ts';
import type { OwnDefinition } from '../../strategy/definition.ts';
import { planSweep } from '../../sweep/plan-sweep.ts';
import { readSpec } from '../../sweep/spec.ts';
import type { Sweep } from '../../sweep/sweep.ts';
import { sentences } from '../notices.svelte.ts';
import type { Slider } from './sliders.ts';

/**
 * The run as a sweep of one cell, whose parameters can be replaced. `settings` are those that the run was given, `own` the code that is here. Throws where the bars
 * that are here now are not those of the run.
 */
export function tapeAgain(
  plan: RunPlan,
  settings: object,
  sliders: readonly Slider[],
  datasets: readonly DatasetFacts[],
  own: readonly OwnDefinition[],
): Sweep {
  const params = Object.fromEntries(sliders.map(({ param, value }) => [param, [value]]));
  const read = readSpec({ config: settings, params });
  const planned = read.ok ? planSweep(read.spec, datasets, own) : read;
  if (!planned.ok) throw new Error(sentences(planned.findings));
  if (!('sweep' in planned)) throw new Error('a sweep was planned as none');
  if (barsOf(planned.sweep) !== barsOf(plan))
    throw new Error('The bars that this run was played with are not here any more; play it again.');
  return planned.sweep;
}

/** What tells the bars of a run from others, whatever the datasets are called now. */
function barsOf({ data }: Pick<RunPlan, 'data'>): string {
  return JSON.stringify(
    data.map(({ symbol, interval, sha256, adjustments }) => [symbol, interval, sha256, adjustments]),
  );
}

import { readConfig } from '../config/read.ts';
import { withSample } from '../sample/meant.ts';
import { planRun } from '../session/plan-run.ts';
import type { RunPlan } from '../session/plan.ts';
import { slotCount } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import { lacking, tapeOf, type KeptRun } from './kept-visit.ts';
import { sentences } from './notices.svelte.ts';
import type { RunHandle } from './run-handle.ts';
import type { Studio } from './studio.svelte.ts';

type Read = { readonly ok: true; readonly plan: RunPlan } | { readonly ok: false; readonly reason: string };

/** A run that was taken up, and the instant at which it stood. */
export interface TakenUp {
  readonly run: RunHandle;
  readonly at: Instant;
}

/** Plays a run that was kept up to its place; undefined, and told, where that cannot be. That its result is another one now is told too. */
export async function takeUp(run: KeptRun, studio: Studio): Promise<TakenUp | undefined> {
  const { deck, notices } = studio;
  const read = await planOf(run, studio);
  if (!read.ok) {
    notices.raise('restore', {
      title: 'The run was not restored',
      detail: read.reason,
      advice: 'The set-up is as you left it. Import the bars again, or press Play to start a new run.',
    });
    return undefined;
  }
  await deck.takeUp(read.plan, run);
  if (deck.phase !== 'paused' && deck.phase !== 'finished') return undefined;
  const { handle, picture, fingerprint } = deck;
  if (run.fingerprint !== null && run.fingerprint !== fingerprint)
    notices.raise('restore', {
      title: 'The restored run differs from the one that you left',
      detail: `Its sessions had the fingerprint ${run.fingerprint} and have ${fingerprint ?? 'none'} now: this version of the page computes another result`,
      advice: 'What is shown is the new result. Compare runs shows the first difference from a report that you saved.',
    });
  return handle && picture && { run: handle, at: picture.clock };
}

/** The plan of a run that was kept, or why it cannot be played up to its place. */
async function planOf({ settings, tape, place }: KeptRun, { library, setUp }: Studio): Promise<Read> {
  const { datasets } = library;
  const reason = lacking(tape, datasets);
  if (reason !== undefined) return { ok: false, reason };
  const read = readConfig(settings);
  if (!read.ok) return { ok: false, reason: sentences(read.findings) };
  const { strategy } = read.config;
  const decided = strategy && (await setUp.planner.decide(strategy));
  const planned = planRun(read.config, read.given, withSample(read.config.data, datasets), decided);
  if (!planned.ok) return { ok: false, reason: sentences(planned.findings) };
  const { plan } = planned;
  const hashes = (of: KeptRun['tape']): string => of.map(({ sha256 }) => sha256).join();
  const session = place.session < plan.firstPlayed ? undefined : plan.sessions[place.session];
  if (hashes(tapeOf(plan, datasets)) !== hashes(tape))
    return { ok: false, reason: 'its set-up means other datasets than it did' };
  if (!session || place.slots > slotCount(session, plan.intervals[0]!.ms))
    return { ok: false, reason: 'its place is not in the sessions of its set-up' };
  return { ok: true, plan };
}

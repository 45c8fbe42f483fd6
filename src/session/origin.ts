import type { Intervention } from './intervention.ts';
import type { RunPlan } from './plan.ts';
import type { SessionReport } from './report.ts';

/** Where a block begins to play: at the start of the run, or at the boundary before a session that was played already. */
export interface RunOrigin {
  /** Place in `plan.sessions` of the first session that this block plays. */
  readonly session: number;
  /**
   * The reports of the sessions that were played already, from the first one on. The chain goes on from the last one before
   * `session`; of a session that is played again, how it was fetched is told as it was measured then.
   */
  readonly sessions: readonly SessionReport[];
  /** What the user did to the run so far, in order; it is repeated. */
  readonly interventions: readonly Intervention[];
}

/** The start of a run. */
export function runStart({ firstPlayed }: RunPlan): RunOrigin {
  return { session: firstPlayed, sessions: [], interventions: [] };
}

/** The first session that is laid out: trailing ones belong to the start of the run alone. */
export function firstLaid({ firstPlayed }: RunPlan, { session }: RunOrigin): number {
  return session > firstPlayed ? session : 0;
}

/**
 * The session to begin with so that everything that is kept at `session` has really been played: as many sessions before it as
 * the deepest history. What remembers more than the block keeps (a strategy, a price carried on) is played from the start.
 */
export function boundaryFor(plan: RunPlan, session: number): number {
  const depth = Math.max(...plan.intervals.map(({ historySessions }) => historySessions));
  const { strategy, upkeep } = plan.config;
  if (strategy !== null || (depth > 0 && upkeep.carryLastPrice)) return plan.firstPlayed;
  return Math.max(plan.firstPlayed, session - depth);
}

import type { RunPlan } from './plan.ts';
import type { SessionReport } from './report.ts';

/** Where a block begins to play: at the start of the run, or at the boundary before a session that was played already. */
export interface RunOrigin {
  /** Place in `plan.sessions` of the first session that this block plays. */
  readonly session: number;
  /** The reports of the sessions that were played before it: the chain goes on from the last one's digest. */
  readonly sessions: readonly SessionReport[];
}

/** The start of a run. */
export function runStart({ firstPlayed }: RunPlan): RunOrigin {
  return { session: firstPlayed, sessions: [] };
}

/**
 * The session to begin with so that everything that is kept at `session` has really been played: as many sessions before it as
 * the deepest history. What remembers more than the block keeps (a strategy, a price carried on) is played from the start.
 */
export function boundaryFor(plan: RunPlan, session: number, remembers: boolean): number {
  const depth = Math.max(...plan.intervals.map(({ historySessions }) => historySessions));
  if (remembers || (depth > 0 && plan.config.upkeep.carryLastPrice)) return plan.firstPlayed;
  return Math.max(plan.firstPlayed, session - depth);
}

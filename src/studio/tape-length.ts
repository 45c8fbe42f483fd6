import type { RunPlan } from '../session/plan.ts';

/** How many sessions of the market a run plays: where bars of a day are played, what rolls is a year of them. */
export function playedSessions({ sessions, firstPlayed }: Pick<RunPlan, 'sessions' | 'firstPlayed'>): number {
  return sessions.slice(firstPlayed).reduce((sum, { days }) => sum + (days?.length ?? 1), 0);
}

import type { Picture } from '../memory/picture.ts';
import type { RunPlan } from '../session/plan.ts';
import { mostLookUps, type GapRow } from './gaps.ts';

/** What is to come of a bar that is missing and not given up: another look-up, none as its session has ended, or nobody knows. */
export type Ahead = 'look-up' | 'none' | 'unknown';

/** What is to come of a gap that is open. */
export function aheadOf(gap: GapRow, plan: RunPlan, picture: Picture, live: boolean): Ahead {
  if (picture.clock >= (plan.sessions[gap.session]?.close ?? Infinity)) return 'none';
  const retried =
    gap.outcome === 'open' &&
    gap.session === picture.session &&
    live &&
    picture.upkeep.open > 0 &&
    gap.lookUps < mostLookUps(plan, gap.symbol);
  return retried ? 'look-up' : 'unknown';
}

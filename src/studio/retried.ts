import type { Picture } from '../memory/picture.ts';
import type { RunPlan } from '../session/plan.ts';
import { mostLookUps, type GapRow } from './gaps.ts';

/** Upkeep still looks a missing bar of the session that plays up. */
export function isRetried(gap: GapRow, plan: RunPlan, picture: Picture, live: boolean): boolean {
  const close = plan.sessions[picture.session]?.close ?? -Infinity;
  return (
    gap.outcome === 'open' &&
    gap.session === picture.session &&
    live &&
    picture.upkeep.open > 0 &&
    picture.clock < close &&
    gap.lookUps < mostLookUps(plan, gap.symbol)
  );
}

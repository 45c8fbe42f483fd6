import { Timeline } from '../memory/timeline.ts';
import type { RunPlan } from './plan.ts';

/** The sessions of a run, cut into the slots of its intervals. */
export function timelineOf({ sessions, intervals, symbols }: RunPlan): Timeline {
  return new Timeline(
    sessions,
    intervals.map(({ ms }) => ms),
    symbols.map(({ intervalMs }) => intervalMs),
  );
}

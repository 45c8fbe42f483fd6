import { Timeline } from '../memory/timeline.ts';
import type { RunPlan } from './plan.ts';

const known = new WeakMap<RunPlan, Timeline>();

/** The sessions of a run, cut into the slots of its intervals: one in a thread, whoever asks. */
export function timelineOf(plan: RunPlan): Timeline {
  let timeline = known.get(plan);
  if (!timeline) {
    const { sessions, intervals, symbols } = plan;
    timeline = new Timeline(
      sessions,
      intervals.map(({ ms }) => ms),
      symbols.map(({ intervalMs }) => intervalMs),
    );
    known.set(plan, timeline);
  }
  return timeline;
}

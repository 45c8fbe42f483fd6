import type { Shape } from '../memory/layout.ts';
import { Timeline } from '../memory/timeline.ts';
import type { RunPlan } from './plan.ts';

/** Latest quotes and ticks that are kept of each symbol. */
const records = 64;

/** The shape of the block that a run needs. */
export function shapeOf(plan: RunPlan): Shape {
  const slots = new Timeline(
    plan.sessions,
    plan.intervals.map(({ ms }) => ms),
  ).mostSlots();
  return {
    symbols: plan.symbols.length,
    intervals: plan.intervals.map(({ historySessions }, i) => ({ slots: slots[i]!, history: historySessions })),
    sessions: plan.sessions.length,
    quotes: records,
    ticks: records,
  };
}

import type { Frame } from '../memory/timeline.ts';
import { minute, second } from '../time/instant.ts';
import type { RunPlan } from './plan.ts';

/**
 * Whether something that is done every `everySeconds` of session time, counted from the open, is due at the end of a base slot.
 * Nothing happens between the ends of slots, so it is due at the first one at or after its time; and always at the last one.
 */
export function isTick(frame: Frame, slot: number, everySeconds: number): boolean {
  const { ends, count } = frame.grids[0]!;
  if (slot + 1 === count) return true;
  const every = everySeconds * second;
  const { open } = frame.session;
  const before = slot === 0 ? open : ends[slot - 1]!;
  return Math.floor((ends[slot]! - open) / every) > Math.floor((before - open) / every);
}

/** Whether upkeep looks for gaps at the end of a base slot: every `upkeep.checkIntervalSeconds`. */
export function checksGaps({ config }: RunPlan, frame: Frame, slot: number): boolean {
  return config.upkeep.enabled && isTick(frame, slot, config.upkeep.checkIntervalSeconds);
}

/**
 * Whether upkeep may ask for the next session at the end of a base slot: every `prefetch.checkIntervalMinutes`, from
 * `prefetch.windowMinutes` before the close on.
 */
export function checksPrefetch({ config }: RunPlan, frame: Frame, slot: number): boolean {
  const { enabled, windowMinutes, checkIntervalMinutes } = config.prefetch;
  if (!enabled || frame.grids[0]!.ends[slot]! < frame.session.close - windowMinutes * minute) return false;
  return isTick(frame, slot, checkIntervalMinutes * 60);
}

/** Whether upkeep finishes an entry of its journal at the end of a base slot, for which the coordinator waits. */
export function isJournaled(plan: RunPlan, frame: Frame, slot: number): boolean {
  return slot + 1 === frame.grids[0]!.count || checksGaps(plan, frame, slot) || checksPrefetch(plan, frame, slot);
}

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

/** What is due at the end of a base slot: bits of a tick table. */
export const Due = {
  /** Upkeep looks for gaps: every `upkeep.checkIntervalSeconds`. */
  gaps: 1,
  /**
   * Upkeep may ask for the next session: every `prefetch.checkIntervalMinutes`, from `prefetch.windowMinutes` before the close on,
   * and a whole slot before the close where slots are longer than that.
   */
  prefetch: 2,
  /** Upkeep finishes an entry of its journal, for which the coordinator waits. */
  journal: 4,
  /** The coordinator looks whether the session has timed out: every `session.boundaryCheckSeconds`. */
  boundary: 8,
} as const;

/** What is due at the end of each base slot of a session. */
export function tickTable({ config }: RunPlan, frame: Frame): Uint8Array<ArrayBuffer> {
  const { count, ends } = frame.grids[0]!;
  const { upkeep, prefetch, session } = config;
  const table = new Uint8Array(count);
  const prefetchFrom = prefetch.enabled ? frame.session.close - prefetch.windowMinutes * minute : Infinity;
  const asksAhead = prefetch.enabled && prefetch.windowMinutes > 0;
  for (let slot = 0; slot < count; slot++) {
    let due = 0;
    if (upkeep.enabled && isTick(frame, slot, upkeep.checkIntervalSeconds)) due |= Due.gaps;
    const begun = ends[slot]! >= prefetchFrom || (slot === count - 2 && asksAhead);
    if (begun && isTick(frame, slot, prefetch.checkIntervalMinutes * 60)) due |= Due.prefetch;
    if (due !== 0 || slot + 1 === count) due |= Due.journal;
    if (isTick(frame, slot, session.boundaryCheckSeconds)) due |= Due.boundary;
    table[slot] = due;
  }
  return table;
}

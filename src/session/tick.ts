import type { Frame } from '../memory/timeline.ts';
import { second } from '../time/instant.ts';

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

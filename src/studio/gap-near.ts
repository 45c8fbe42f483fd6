import type { GapRow } from './gaps.ts';

/** The gap nearest to a base slot, at most `within` slots away; of two as near the earlier one. `gaps` are of one symbol and session. */
export function gapNear(gaps: readonly GapRow[], slot: number, within: number): GapRow | undefined {
  const away = ({ firstSlot, slots }: GapRow): number => Math.max(firstSlot - slot, slot - (firstSlot + slots - 1), 0);
  let nearest: GapRow | undefined;
  for (const gap of gaps) {
    if (away(gap) > within) continue;
    const closer = nearest === undefined ? -1 : away(gap) - away(nearest);
    if (closer < 0 || (closer === 0 && gap.firstSlot < nearest!.firstSlot)) nearest = gap;
  }
  return nearest;
}

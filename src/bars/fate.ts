/**
 * What the faults of the feed did to the bar of a slot. One byte a slot, written when a session is laid out; the low bits say what
 * became of the bar, the others are added to them.
 */
export const Fate = {
  /** The bar came on time, or the feed has none. */
  onTime: 0,
  /** The feed lost it, or it would have come after the close. */
  dropped: 1,
  /** It ended while nothing arrived. */
  outage: 2,
  /** It came with impossible values and was rejected; `faultOf` says what was wrong. */
  rejected: 3,
  /** It comes `feed.delayMinutes` after its end. */
  delayed: 4,
  /** It comes after its successor. */
  reordered: 5,
  /** Added: it comes twice. */
  twice: 8,
} as const;

const faultShift = 4;

/** What became of the bar: one of `Fate` without `twice`. */
export function outcomeOf(fate: number): number {
  return fate & 7;
}

/** The fate of a bar that was rejected for `priceFaults[fault]`. */
export function rejectedFor(fault: number): number {
  return Fate.rejected | (fault << faultShift);
}

/** Place in `priceFaults` of what was wrong with a rejected bar. */
export function faultOf(fate: number): number {
  return fate >> faultShift;
}

/** Whether the bar comes after its slot. */
export function isLate(fate: number): boolean {
  return outcomeOf(fate) >= Fate.delayed;
}

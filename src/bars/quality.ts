/** Bars present of the bars that the calendar expects, 0 to 100; 100 when none are expected. */
export function qualityPercent(present: number, expected: number): number {
  return expected === 0 ? 100 : (100 * present) / expected;
}

/** Slots filled of those that some fill source holds, 0 to 1; 1 when there was nothing to recover. */
export function fillRate(filled: number, recoverable: number): number {
  return recoverable === 0 ? 1 : filled / recoverable;
}

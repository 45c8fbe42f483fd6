/**
 * Where the bar in a slot comes from. One byte a slot; it stays with the bar to the chart, the strategy and the
 * statistics. Readers treat `empty`, `staged` and candidates as "no bar".
 */
export const Provenance = {
  empty: 0,
  /** Base: laid out ahead of its time by the loader; nobody may see it yet. */
  staged: 1,
  /** Base: delivered by the feed at its end. */
  streamed: 2,
  /** Base: missed by the feed, brought by upkeep from a fill source. */
  filled: 3,
  /** Base: no source has it; made from the last price. */
  madeUp: 4,
  /** Base: delivered wrong and put right. */
  repaired: 5,
  /** Derived: every base bar of the bucket is there. */
  whole: 6,
  /** Derived: some base bars of the bucket are missing. */
  incomplete: 7,
  /** Base: laid out like `staged`, and arrives after its slot; nobody may see it before. */
  late: 8,
  /** Base: `candidate + i` is a bar of fill source i that the feed does not have; nobody may see it until it is filled. */
  candidate: 16,
  /** In pictures alone: none of the symbol's bars, which are longer than the base, ends with the slot; or its stream was cancelled then. */
  notExpected: 255,
} as const;

/** Fill sources that a run can have; the state byte holds the source's place in the list. */
export const maxFillSources = 200;

/** Whether a slot in this state holds a bar that readers may see. */
export function isVisible(state: number): boolean {
  return state >= Provenance.streamed && state <= Provenance.incomplete;
}

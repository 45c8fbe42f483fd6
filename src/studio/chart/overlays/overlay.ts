import type { PictureBars } from '../../../memory/picture.ts';
import type { SlotAxis } from '../slot-axis.ts';

/** What an overlay is made of. */
export interface OverlaySource {
  /** Bars of one symbol and interval, oldest first: those in sight and the ones before that the overlay asks for. */
  readonly bars: PictureBars;
  readonly axis: SlotAxis;
  /** Bars or minutes, as the overlay counts. */
  readonly length: number;
  /** Slots from one bar to the next; more than 1 for a symbol whose bars are longer than those of the chart. */
  readonly slotsPerBar: number;
}

/** One line of an overlay, by place in the bars. */
export interface OverlayLine {
  /** What sets it apart from the other lines of the overlay: `high`; empty where it is the only one. */
  readonly name: string;
  /** NaN where there is no value. */
  readonly values: Float64Array;
}

/** The lines of an overlay, and what they were made without. */
export interface OverlayResult {
  readonly lines: readonly OverlayLine[];
  /** By place in the bars: the slots that a value would have taken in and that have no bar. */
  readonly missing: Int32Array;
}

/** All bars of that session which are in memory are among the bars. */
export function isWhole({ since }: PictureBars, session: number): boolean {
  return since.session < session || (since.session === session && since.slot === 0);
}

import { Fate, isLate, outcomeOf } from '../bars/fate.ts';
import { Provenance } from '../bars/provenance.ts';
import { fateOffset, stateOffset, type Block } from '../memory/block.ts';
import { arrivalWords } from '../memory/layout.ts';

/** Bars of a symbol in a session that the feed's faults met, by what they did to them; and those made up. */
export interface FeedCounts {
  readonly dropped: number;
  /** Would have come while nothing arrived. */
  readonly outage: number;
  /** Arrived after their slot: by `feed.delayRate`, and by `feed.reorderRate`. Those among them without use are `stale` besides. */
  readonly late: number;
  readonly reordered: number;
  readonly stale: number;
  readonly duplicate: number;
  /** Impossible values, rejected. */
  readonly rejected: number;
}

/** Counts a symbol. */
export const feedFields = 7;
const at = { dropped: 0, outage: 1, late: 2, reordered: 3, stale: 4, duplicate: 5, rejected: 6 } as const;

/** Counts what the faults did up to the end of the session's first `slots` slots: `[symbol][feedFields]`. */
export function countFeed(block: Block, session: number, slots: number): Int32Array {
  const { fates, arrivals, arrivalCount, layout, symbols } = block;
  const counts = new Int32Array(symbols * feedFields);
  const from = fateOffset(block, session);
  // Most bars come on time: four of them are a word of zeros.
  const words = new Int32Array(fates.buffer, fates.byteOffset, fates.length >> 2);
  const cells = slots * symbols;
  for (let cell = 0; cell < cells; cell++) {
    if (((from + cell) & 3) === 0) while (cell < cells && words[(from + cell) >> 2] === 0) cell += 4;
    if (cell >= cells) break;
    const fate = fates[from + cell]!;
    if (fate === Fate.onTime || isLate(fate)) continue;
    const place = (cell % symbols) * feedFields;
    const outcome = outcomeOf(fate);
    if (outcome === Fate.dropped) counts[place + at.dropped]!++;
    else if (outcome === Fate.outage) counts[place + at.outage]!++;
    else if (outcome === Fate.rejected) counts[place + at.rejected]!++;
    else counts[place + at.duplicate]!++;
  }
  const base = block.slabs[0]!;
  const states = stateOffset(base, session);
  const end = (from + arrivalCount[session % (1 + layout.ahead)]!) * arrivalWords;
  for (let i = from * arrivalWords; i < end && arrivals[i]! < slots; i += arrivalWords) {
    const cell = arrivals[i + 1]!;
    const fate = fates[from + cell]!;
    const place = (cell % symbols) * feedFields;
    counts[place + (outcomeOf(fate) === Fate.delayed ? at.late : at.reordered)]!++;
    if (fate & Fate.twice) counts[place + at.duplicate]!++;
    if (base.states[states + cell] !== Provenance.streamed) counts[place + at.stale]!++;
  }
  return counts;
}

/** The counts of one symbol. */
export function feedCountsOf(counts: Int32Array, symbol: number): FeedCounts {
  const of = (field: keyof typeof at): number => counts[symbol * feedFields + at[field]]!;
  return {
    dropped: of('dropped'),
    outage: of('outage'),
    late: of('late'),
    reordered: of('reordered'),
    stale: of('stale'),
    duplicate: of('duplicate'),
    rejected: of('rejected'),
  };
}

/** One count of all symbols. */
export function feedSum(counts: Int32Array, field: keyof FeedCounts): number {
  let sum = 0;
  for (let place = at[field]; place < counts.length; place += feedFields) sum += counts[place]!;
  return sum;
}

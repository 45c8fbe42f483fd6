/**
 * The steps of a session: a digest a base slot, of what the slot holds and what happened at its end, so that two runs can be
 * compared and the first slot named in which they differ. It tells accidents apart, not forgeries.
 *
 * A slot has two 32-bit lanes, `steps[2 * slot]` and the next; each takes a word by an exclusive or, an odd multiplication and a
 * rotation, so a single changed word always changes its lane. A bar's low words go into the first lane, its high words into the
 * second: an array of lanes lies like a column seen as words. The library begins the lanes with the bars that it lays out, the
 * ledger goes on with states, derived bars and events, and chains the slots.
 */
import type { Columns } from '../memory/block.ts';
import { stepWords } from '../memory/layout.ts';

/** Columns seen as 32-bit words: the value at place i is the words 2 i (low) and 2 i + 1 (high). */
export type ColumnWords = { readonly [Column in keyof Columns]: Int32Array };

export function columnWords({ open, high, low, close, volume }: Columns): ColumnWords {
  const words = (column: Float64Array): Int32Array =>
    new Int32Array(column.buffer, column.byteOffset, column.length * 2);
  return { open: words(open), high: words(high), low: words(low), close: words(close), volume: words(volume) };
}

/** Lanes that nothing went into yet, at `steps[at, at + slots * stepWords)`. */
export function clearSteps(steps: Int32Array, at: number, slots: number): void {
  steps.fill(0x9e3779b9, at, at + slots * stepWords);
}

/**
 * Takes in the bars of one symbol: those at the places `[from, from + slots)` of the columns, into the lanes from `steps[at]`.
 * A slot without a bar holds zeros.
 */
export function stepBars(columns: ColumnWords, from: number, slots: number, steps: Int32Array, at: number): void {
  const { open, high, low, close, volume } = columns;
  const end = at + slots * stepWords;
  for (let i = at, w = from * 2; i < end; i++, w++) {
    let lane = steps[i]!;
    lane = Math.imul(lane ^ open[w]!, 0x2c1b3c6d);
    lane = (lane << 15) | (lane >>> 17);
    lane = Math.imul(lane ^ high[w]!, 0x297a2d39);
    lane = (lane << 13) | (lane >>> 19);
    lane = Math.imul(lane ^ low[w]!, 0x1b56c4e9);
    lane = (lane << 16) | (lane >>> 16);
    lane = Math.imul(lane ^ close[w]!, 0x7feb352d);
    lane = (lane << 11) | (lane >>> 21);
    lane = Math.imul(lane ^ volume[w]!, 0x2c1b3c6d);
    steps[i] = (lane << 15) | (lane >>> 17);
  }
}

/**
 * Takes in rows of state bytes that follow on one another from byte `from` of what `words` covers, `count` bytes a row, each into
 * the two lanes of the slot before `ends[row]`. `seen[row]` gets the row's words or-ed.
 */
export function stepStates(
  words: Int32Array,
  from: number,
  count: number,
  rows: number,
  ends: Int32Array,
  steps: Int32Array,
  seen: Int32Array,
): void {
  for (let row = 0, byte = from; row < rows; row++, byte += count) {
    const last = (byte + count - 1) >> 2;
    const place = (ends[row]! - 1) * stepWords;
    let one = steps[place]!;
    let other = steps[place + 1]!;
    let all = 0;
    let mask = -1 << ((byte & 3) * 8);
    for (let i = byte >> 2; i <= last; i++) {
      if (i === last) mask &= -1 >>> (24 - ((byte + count - 1) & 3) * 8);
      const word = words[i]! & mask;
      mask = -1;
      all |= word;
      one = Math.imul(one ^ word, 0x297a2d39);
      const turned = (one << 13) | (one >>> 19);
      one = other;
      other = turned;
    }
    steps[place] = one;
    steps[place + 1] = other;
    seen[row] = all;
  }
}

/** Takes in a word into each of the two lanes at `steps[at]`. */
export function stepWord(first: number, second: number, steps: Int32Array, at: number): void {
  const one = Math.imul(steps[at]! ^ first, 0x1b56c4e9);
  const other = Math.imul(steps[at + 1]! ^ second, 0x7feb352d);
  steps[at] = (one << 16) | (one >>> 16);
  steps[at + 1] = (other << 11) | (other >>> 21);
}

/** The chain over a session's lanes: a link a slot, each following from the one before it; the first from `link`. */
export function chainSteps(steps: Int32Array, slots: number, link: number): Int32Array {
  const links = new Int32Array(slots);
  let last = link;
  for (let slot = 0; slot < slots; slot++) {
    last = Math.imul(last ^ steps[slot * stepWords]!, 0x85ebca6b);
    last = (last << 13) | (last >>> 19);
    last = Math.imul(last ^ steps[slot * stepWords + 1]!, 0xc2b2ae35);
    last ^= last >>> 16;
    links[slot] = last;
  }
  return links;
}

/**
 * One feed fault's luck: which bars it hits. A bar is hit or not by its symbol, its start, the seed and the fault alone,
 * whatever else is in the run, so the same bars are hit however the run is played.
 */
export class FeedLuck {
  private readonly seed: number;
  private readonly below: number;

  /** `rate` from 0 to 1; `stream` sets the fault apart from others of the same seed. */
  constructor(seed: number, rate: number, stream = 0) {
    this.seed = seed ^ Math.imul(stream, 0x85ebca77);
    this.below = rate * 0x1_0000_0000;
  }

  /** Whether the fault hits the bar; `start` in epoch milliseconds, `symbolHash` from `symbolHash`. */
  hits(symbolHash: number, start: number): boolean {
    return this.below !== 0 && this.word(symbolHash, start) < this.below;
  }

  /** 32 bits that follow from the bar, as a whole number from 0. */
  word(symbolHash: number, start: number): number {
    const high = Math.floor(start / 0x1_0000_0000);
    const h = scramble(Math.imul(this.seed ^ symbolHash, 0x9e3779b1) ^ (start - high * 0x1_0000_0000));
    return scramble(h ^ high) >>> 0;
  }
}

/** FNV-1a over the UTF-16 code units of a symbol's name. */
export function symbolHash(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h;
}

/** The 32-bit finaliser of MurmurHash3. */
function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

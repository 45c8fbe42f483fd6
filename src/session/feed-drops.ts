/**
 * The feed fault `feed.dropRate`: which bars the feed loses. A bar is lost or not by its symbol, its start and the seed alone,
 * whatever else is in the run, so the same bars are lost however the run is played.
 */
export class FeedDrops {
  private readonly seed: number;
  private readonly below: number;

  /** `rate` from 0 to 1. */
  constructor(seed: number, rate: number) {
    this.seed = seed;
    this.below = rate * 0x1_0000_0000;
  }

  /** Whether the feed loses the bar; `start` in epoch milliseconds, `symbolHash` from `symbolHash`. */
  loses(symbolHash: number, start: number): boolean {
    if (this.below === 0) return false;
    const high = Math.floor(start / 0x1_0000_0000);
    const h = scramble(Math.imul(this.seed ^ symbolHash, 0x9e3779b1) ^ (start - high * 0x1_0000_0000));
    return scramble(h ^ high) >>> 0 < this.below;
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

import { Provenance } from '../bars/provenance.ts';
import { orderBySymbol } from '../memory/by-symbol.ts';
import type { Block } from '../memory/block.ts';
import type { Frame } from '../memory/timeline.ts';
import type { Arrived } from './arrived.ts';

/** Four slots in a word, all staged. */
const allStaged = Provenance.staged * 0x01010101;

/** Whether the feed has all four slots of a word: each byte is 1 or 2, so nothing above its lowest two bits, and one of these set. */
function isOfFeed(word: number): boolean {
  return (word & 0xfcfcfcfc) === 0 && ((word ^ (word >>> 1)) & 0x01010101) === 0x01010101;
}

/** The slots of a stretch of a session that the feed has missed. Allocates nothing. */
export class Missed {
  /** `slot * symbols + symbol` of each, by symbol, then by slot. */
  cells: Int32Array;
  count = 0;
  private readonly symbols: number;
  private readonly states: Uint8Array;
  /** The states, four a word. */
  private readonly words: Int32Array;
  private unordered: Int32Array;
  private readonly ends: Int32Array;

  constructor({ symbols, slabs }: Block) {
    const { states, slots } = slabs[0]!;
    this.symbols = symbols;
    this.states = states;
    this.words = new Int32Array(states.buffer, states.byteOffset, states.byteLength >> 2);
    this.cells = new Int32Array(slots * symbols);
    this.unordered = new Int32Array(slots * symbols);
    this.ends = new Int32Array(symbols + 1);
  }

  /**
   * Whether the feed misses any of the first `end` base slots of the session whose states lie at `from`, where no bar comes late. Looks
   * through stretches that grow, up to one with a miss.
   */
  hasAny(from: number, end: number, own: Frame['own']): boolean {
    for (let first = 0, slots = 1; first < end; first += slots, slots = first) {
      this.find(from, first, Math.min(end, first + slots), own, null);
      if (this.count > 0) return true;
    }
    return false;
  }

  /** Looks through the base slots `[first, end)` of the session whose states lie at `from`. */
  find(from: number, first: number, end: number, own: Frame['own'], arrived: Arrived | null): void {
    const { symbols, words } = this;
    this.count = 0;
    const to = from + end * symbols;
    let at = from + first * symbols;
    for (; at < to && (at & 3) !== 0; at++) this.look(at, from, own, arrived);
    for (; at + 16 <= to; at += 16) {
      // Nearly always the feed has all sixteen, and nothing of them is played yet.
      const w = at >> 2;
      const others =
        (words[w]! ^ allStaged) |
        (words[w + 1]! ^ allStaged) |
        (words[w + 2]! ^ allStaged) |
        (words[w + 3]! ^ allStaged);
      if (others === 0) continue;
      for (let i = at; i < at + 16; i += 4) if (!isOfFeed(words[i >> 2]!)) this.lookAtFour(i, from, own, arrived);
    }
    for (; at + 4 <= to; at += 4) if (!isOfFeed(words[at >> 2]!)) this.lookAtFour(at, from, own, arrived);
    for (; at < to; at++) this.look(at, from, own, arrived);
    if (end - first > 1 && this.count > 1) this.order();
  }

  private lookAtFour(at: number, from: number, own: Frame['own'], arrived: Arrived | null): void {
    for (let i = at; i < at + 4; i++) this.look(i, from, own, arrived);
  }

  private look(at: number, from: number, own: Frame['own'], arrived: Arrived | null): void {
    const state = this.states[at]!;
    if (state === Provenance.staged || state === Provenance.streamed) return;
    const cell = at - from;
    if (state === Provenance.late && arrived!.has(cell)) return;
    if (own?.[cell % this.symbols]?.expected[Math.floor(cell / this.symbols)] === 0) return;
    this.cells[this.count++] = cell;
  }

  /** Puts what was found by slot into the order of the symbols; slots stay in order. */
  private order(): void {
    const { cells, unordered } = this;
    orderBySymbol(cells, this.count, this.symbols, this.ends, unordered);
    this.cells = unordered;
    this.unordered = cells;
  }
}

import { isVisible, Provenance } from '../../bars/provenance.ts';
import { columnOffset, stateOffset, type Block, type Slabs } from '../../memory/block.ts';
import { startsOf } from '../../memory/view.ts';
import type { Frame } from '../../memory/timeline.ts';

/**
 * The bars that ended at the instant that plays, symbol by symbol, and the prices before them: what orders are filled on. A bar that
 * comes for an earlier slot is not among them.
 */
export class BarsNow {
  readonly columns: Slabs;
  /** By symbol: the place of its bar in the columns, -1 where it has none at this instant. */
  readonly places: Int32Array;
  /** By symbol: how its latest bar came (`Provenance`). */
  readonly provenance: Uint8Array;
  /** By symbol: the latest close, and the one before it; NaN while there is none. */
  readonly last: Float64Array;
  readonly previous: Float64Array;
  /** By symbol: the close from which the market counts, NaN before it; and how many have none yet. */
  private readonly first: Float64Array;
  private unpriced: number;
  /** By symbol: bars so far, those of the history too; how many there were before the session; 1 where a bar had a volume once, and how many have not. */
  readonly count: Int32Array;
  private readonly before: Int32Array;
  readonly hasVolume: Uint8Array;
  private withoutVolume: number;
  /** The instant, the end of base slot `slot` of `frame`. */
  at = 0;
  slot = -1;
  frame!: Frame;
  private starts!: Float64Array;
  private ends!: Float64Array;
  private readonly block: Block;
  private states = 0;
  private column = 0;

  constructor(block: Block) {
    const { symbols } = block;
    this.block = block;
    this.columns = block.slabs[0]!;
    this.places = new Int32Array(symbols).fill(-1);
    this.provenance = new Uint8Array(symbols);
    this.last = new Float64Array(symbols).fill(NaN);
    this.previous = new Float64Array(symbols).fill(NaN);
    this.first = new Float64Array(symbols).fill(NaN);
    this.unpriced = symbols;
    this.count = new Int32Array(symbols);
    this.before = new Int32Array(symbols);
    this.hasVolume = new Uint8Array(symbols);
    this.withoutVolume = symbols;
  }

  /** A session begins. */
  begin(session: number, frame: Frame): void {
    this.frame = frame;
    const { starts, ends } = frame.grids[0]!;
    this.starts = starts;
    this.ends = ends;
    this.slot = -1;
    this.at = frame.session.open;
    this.before.set(this.count);
    this.places.fill(-1);
    this.states = stateOffset(this.columns, session);
    this.column = columnOffset(this.columns, this.block.symbols, session, 0);
  }

  /** Looks at the bars of a slot that has ended; returns how many there are. */
  turnTo(slot: number): number {
    const { columns, places, provenance, last, previous, count, block } = this;
    const { states, close, slots: stride } = columns;
    const { symbols } = block;
    const row = this.states + slot * symbols;
    this.slot = slot;
    this.at = this.ends[slot]!;
    let bars = 0;
    for (let s = 0, place = this.column + slot; s < symbols; s++, place += stride) {
      const state = states[row + s]!;
      if (!isVisible(state)) {
        places[s] = -1;
        continue;
      }
      places[s] = place;
      provenance[s] = state;
      previous[s] = last[s]!;
      last[s] = close[place]!;
      count[s]!++;
      bars++;
    }
    if (this.withoutVolume > 0) this.lookForVolume();
    if (this.unpriced > 0) this.priceFirst();
    return bars;
  }

  /** Bars of a symbol in the session so far. */
  ofSession(symbol: number): number {
    return this.count[symbol]! - this.before[symbol]!;
  }

  /** Start of the base slot that has ended. */
  get start(): number {
    return this.starts[this.slot]!;
  }

  /** Start of the bar of a symbol that has one at this instant. */
  startOf(symbol: number): number {
    return startsOf(this.frame, symbol, 0)[this.slot]!;
  }

  /** The market counts from the next bars on. */
  startMarket(): void {
    this.first.fill(NaN);
    this.unpriced = this.first.length;
  }

  private lookForVolume(): void {
    const { places, hasVolume } = this;
    const { volume } = this.columns;
    for (let s = 0; s < places.length; s++)
      if (hasVolume[s] === 0 && places[s]! >= 0 && volume[places[s]!]! > 0) {
        hasVolume[s] = 1;
        this.withoutVolume--;
      }
  }

  private priceFirst(): void {
    const { places, first, last } = this;
    for (let s = 0; s < first.length; s++)
      if (places[s]! >= 0 && Number.isNaN(first[s])) {
        first[s] = last[s]!;
        this.unpriced--;
      }
  }

  /** What 1 in the market became: the mean over the symbols of the latest close by the first one; 1 where there is none yet. */
  get market(): number {
    const { first, last } = this;
    let sum = 0;
    if (this.unpriced === 0) for (let s = 0; s < first.length; s++) sum += last[s]! / first[s]!;
    else for (let s = 0; s < first.length; s++) sum += Number.isNaN(first[s]) ? 1 : last[s]! / first[s]!;
    return sum / first.length;
  }

  /** Whether the market traded in the symbol's bar: it was not made up, and has a volume where the symbol's bars have one. */
  traded(symbol: number): boolean {
    if (this.provenance[symbol] === Provenance.madeUp) return false;
    return this.hasVolume[symbol] === 0 || this.columns.volume[this.places[symbol]!]! > 0;
  }
}

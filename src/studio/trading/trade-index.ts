import type { TradeRow } from './trade-rows.ts';

/** The closed trades of one symbol in the order in which they closed, so that those in sight are found without looking at the rest. */
class OfSymbol {
  readonly #rows: TradeRow[] = [];
  /** By place: the latest exit up to there, and the earliest entry from there on. */
  readonly #latestExit: number[] = [];
  readonly #earliestEntry: number[] = [];

  add(row: TradeRow): void {
    this.#rows.push(row);
    this.#latestExit.push(Math.max(this.#latestExit.at(-1) ?? -Infinity, row.exit!.time));
    this.#earliestEntry.push(row.entryTime);
    for (let i = this.#rows.length - 2; i >= 0 && this.#earliestEntry[i]! > row.entryTime; i--)
      this.#earliestEntry[i] = row.entryTime;
  }

  within(from: number, to: number): TradeRow[] {
    let first = 0;
    let high = this.#rows.length;
    while (first < high) {
      const middle = (first + high) >> 1;
      if (this.#latestExit[middle]! < from) first = middle + 1;
      else high = middle;
    }
    const found: TradeRow[] = [];
    for (let i = first; i < this.#rows.length && this.#earliestEntry[i]! <= to; i++) {
      const row = this.#rows[i]!;
      if (row.entryTime <= to && row.exit!.time >= from) found.push(row);
    }
    return found;
  }
}

/** The closed trades of a run by symbol and time. */
export class TradeIndex {
  readonly #symbols = new Map<number, OfSymbol>();

  /** In the order in which they closed. */
  add(row: TradeRow): void {
    const own = this.#symbols.get(row.symbol) ?? new OfSymbol();
    this.#symbols.set(row.symbol, own);
    own.add(row);
  }

  /** The trades of a symbol that were open at some time between two, epoch milliseconds. */
  within(symbol: number, from: number, to: number): TradeRow[] {
    return this.#symbols.get(symbol)?.within(from, to) ?? [];
  }
}

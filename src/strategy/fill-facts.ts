/**
 * What the broker knows of a fill besides its size, time and price; the honesty report is made of it. The broker fills it in, once,
 * at the moment of the fill, from the bar and the order that it has at hand; a trade carries the facts of its entry and of its
 * exit (`Trade.entry`, `Trade.exit`), and the parts of a trade that is closed in parts share those of the entry. Nothing of it
 * enters the fingerprint.
 */
export interface FillFacts {
  /** Bits of `Doubt` (`trade.ts`); 0 where there is none. */
  readonly doubts: number;
  /** State of the bar in which it was filled, at that moment; see `Provenance`. */
  readonly provenance: number;
  /** Place in the equity curve of the bar at whose end the order was given; -1 for one that was given before the first bar. */
  readonly givenBar: number;
  /** Lowest and highest price of the bar in which it was filled. */
  readonly low: number;
  readonly high: number;
  /**
   * Where `Doubt.orderInBar` is set: the price at which the same units would have been filled in that bar, or be worth at its
   * close, had its events come in the other order: of a stop-loss that was taken before a take-profit of the same bar, the
   * take-profit's price; of an exit that perhaps came before the entry, the bar's close. Null where there is no such doubt.
   */
  readonly otherPrice: number | null;
}

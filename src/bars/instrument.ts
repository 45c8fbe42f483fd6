/** What is known of a symbol besides its bars. Null: not told. */
export interface Instrument {
  /** The smallest step of its price. */
  readonly tickSize: number | null;
  /** Units of money that one unit of price is worth a contract: 50 for ES; 1 for a share. */
  readonly multiplier: number | null;
  /** Of its prices, as ISO 4217 or as markets write it: `USD`, `USDT`. */
  readonly currency: string | null;
}

/** By the name of the symbol; those of which nothing is told are left out. */
export type Instruments = Readonly<Record<string, Instrument>>;

const currencyShape = /^[A-Za-z0-9]{2,10}$/;

/** Why this cannot be told of a symbol, naming value and what would be right; the empty text when it can. */
export function instrumentFault({ tickSize, multiplier, currency }: Instrument): string {
  const positive = (what: string, value: number | null): string =>
    value === null || (value > 0 && value < Infinity)
      ? ''
      : `the ${what} was ${value}; it must be above 0, or not told`;
  const fault = positive('tick size', tickSize) || positive('multiplier', multiplier);
  if (fault !== '' || currency === null || currencyShape.test(currency)) return fault;
  return `the currency was "${currency}"; it must be 2 to 10 letters and digits, such as USD, or not told`;
}

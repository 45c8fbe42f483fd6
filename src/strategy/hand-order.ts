/**
 * What a user asks of the broker by hand. It travels as a command: what is asked and the symbol in its argument, the rest as numbers
 * beside it.
 */
export interface HandOrder {
  /**
   * `close` closes what is held of the symbol; `flatten` all that is held, and cancels the orders that would open; `forget` drops the
   * orders of the script that wait for their bars.
   */
  readonly op: (typeof handOps)[number];
  /** Place of the symbol in the run; of `cancel`, `flatten` and `forget` it says nothing. */
  readonly symbol: number;
  /** Whole units, or below 1 a share of what the free margin pays for; null: all of that. */
  readonly size: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  /** Of `cancel`: the order's number. */
  readonly order: number | null;
}

const handOps = ['buy', 'sell', 'close', 'cancel', 'flatten', 'forget'] as const;
const terms = ['size', 'limit', 'stop', 'sl', 'tp', 'order'] as const;

/** The argument of the command, and its terms; NaN for none. */
export function handCommand(order: HandOrder): readonly [argument: number, terms: readonly number[]] {
  return [order.symbol * handOps.length + handOps.indexOf(order.op), terms.map((name) => order[name] ?? NaN)];
}

export function handOrderOf(argument: number, numbers: readonly number[]): HandOrder {
  const symbol = Math.floor(argument / handOps.length);
  const [size, limit, stop, sl, tp, order] = numbers.map((value) => (Number.isNaN(value) ? null : value));
  const op = handOps[argument - symbol * handOps.length]!;
  return { op, symbol, size: size!, limit: limit!, stop: stop!, sl: sl!, tp: tp!, order: order! };
}

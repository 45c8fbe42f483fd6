/**
 * How much is ordered. A number as backtesting.py means it: from 1 on whole units; below 1 that share of what the account can buy
 * with its free margin, at the price of the fill. Or units, any fraction of them too; money; a share of the account's worth; or that
 * share of it put at risk, which is lost where the stop-loss is hit. The last three are rounded
 * down to whole `lot`s (1), and are no more than the free margin pays for.
 */
export type Size =
  | number
  | { readonly units: number }
  | { readonly cash: number; readonly lot?: number }
  | { readonly equity: number; readonly lot?: number }
  | { readonly risk: number; readonly lot?: number };

/** As near to 1 below it as a number gets: all of the free margin, and still a share. The size of an order that says none. */
export const allIn = 1 - Number.EPSILON;

/** What a size is, in the words that end "it must be …"; undefined where it is one. `hasStop`: the order has a stop-loss. */
export function sizeFault(size: Size, hasStop: boolean): string | undefined {
  if (typeof size === 'number')
    return size > 0 && (size < 1 || Number.isInteger(size)) ? undefined : 'a share below 1 or whole units from 1 on';
  const amount = amountOf(size);
  if (!(amount > 0 && amount < Infinity)) return 'above 0';
  if ('lot' in size && !(size.lot! > 0 && size.lot! < Infinity)) return 'of a lot above 0';
  if ('risk' in size && !hasStop) return 'a risk of an order with a stop-loss';
  return undefined;
}

export function amountOf(size: Exclude<Size, number>): number {
  if ('units' in size) return size.units;
  if ('cash' in size) return size.cash;
  return 'equity' in size ? size.equity : size.risk;
}

/** The quotient rounded down as Python's `//` does: exact where the quotient itself would be rounded up to a whole number. */
export function floorDivided(a: number, b: number): number {
  const quotient = (a - (a % b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

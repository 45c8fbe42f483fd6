import { FileFault } from '../file-fault.ts';
import { withoutExtensions } from '../file-name.ts';
import type { Format } from '../format.ts';
import { column, field, fourPrices, inOrder } from '../format.ts';
import type { Sample } from '../sample.ts';
import type { Told } from '../told.ts';
import { guess, sure } from '../told.ts';

/**
 * Minutes and seconds of QuantConnect LEAN: the time is that since midnight, and the name of the file says the day. Equities
 * are in ten-thousandths of a dollar, crypto and currencies in decimals. https://github.com/QuantConnect/Lean/blob/master/Data
 */
export const lean: Format = {
  name: 'QuantConnect LEAN',
  shownBy: 'it has no header, and times are milliseconds since midnight',
  records: [[/^\d{1,8}$/, ...fourPrices, field.decimal]],
  when: ({ rows }) => column(rows, 0).every(isOfDay),
  columns: () => inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  day: dayOfName,
  zone: zoneOfPrices,
  stamp: () => sure('start', 'LEAN stamps bars with their start'),
  pricePlaces: placesOf,
  symbol: (_, fileName) => symbolOfLean(fileName),
};

/** Milliseconds of a day that are not a date such as 20131007. */
export function isOfDay(text: string): boolean {
  return Number(text) < 86_400_000 && !/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text);
}

export function dayOfName(fileName: string): string {
  const [, year, month, dayOfMonth] = /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)/.exec(fileName) ?? [];
  if (year === undefined) {
    throw new FileFault(
      'has times since midnight, and no date in its name; name it as LEAN does, such as 20131007_spy_minute_trade.csv',
    );
  }
  return `${year}-${month!}-${dayOfMonth!}`;
}

export function zoneOfPrices({ rows }: Sample): Told<string> {
  return field.whole.test(rows[0]![1]!)
    ? guess('America/New_York', 'the prices are whole, as those of equities in LEAN, which are mostly American')
    : guess('UTC', 'the prices are decimals, as those of crypto and currencies in LEAN, which are in UTC');
}

export function placesOf(prices: readonly string[]): Told<number> {
  return prices.every((price) => price === '' || field.whole.test(price))
    ? sure(4, 'all prices are whole numbers, which are ten-thousandths in LEAN')
    : sure(0, 'prices have decimals');
}

const words = /^(?:equity|forex|crypto|cfd|future|index|usa|tick|second|minute|hour|daily|trade|quote|\d{8})$/i;

/** `20131007_spy_minute_trade.csv` is of SPY. */
export function symbolOfLean(fileName: string): Told<string> | null {
  const parts = withoutExtensions(fileName).split('_');
  const symbol = parts.filter((part) => !words.test(part)).join('_');
  return symbol === ''
    ? null
    : sure(symbol.toUpperCase(), 'the name of the file says it, in capitals as LEAN means it');
}

import type { Format } from '../format.ts';
import { field, fourPrices, inOrder } from '../format.ts';
import type { Told } from '../told.ts';
import { guess, sure } from '../told.ts';

/**
 * Minutes of HistData, for its own readers or for MetaTrader: bids, all volumes 0. Its documentation says New York's winter
 * time all year; files seen follow New York's clock in summer too.
 */
export const histData: Format = {
  name: 'HistData',
  shownBy: 'it has no header, and all volumes are 0',
  looksLike: 'exports of NinjaTrader and MetaTrader without volumes look the same',
  records: [
    [/^\d{8} \d{6}$/, ...fourPrices, field.whole],
    [/^\d{4}\.\d\d\.\d\d$/, field.clock, ...fourPrices, field.whole],
  ],
  when: ({ rows }) => rows.filter((row) => row.at(-1) === '0').length >= 0.9 * rows.length,
  columns: ({ rows }) =>
    rows[0]!.length === 6
      ? inOrder('time', 'open', 'high', 'low', 'close', 'volume')
      : inOrder('date', 'clock', 'open', 'high', 'low', 'close', 'volume'),
  zone: () => newYork,
  stamp: () => guess('start', 'its files are consistent with starts'),
  symbol: (_, fileName) => symbolOfHistData(fileName),
};

export const newYork: Told<string> = guess(
  'America/New_York',
  "HistData's files follow New York's clock, though it says Eastern time without summer time; NinjaTrader would be UTC",
);

/** `DAT_ASCII_EURUSD_M1_201202.csv` is of EURUSD. */
export function symbolOfHistData(fileName: string): Told<string> | null {
  const symbol = /^DAT_[A-Z]+_([A-Z0-9]+)_/.exec(fileName)?.[1];
  return symbol === undefined ? null : sure(symbol, 'the name of the file says it');
}

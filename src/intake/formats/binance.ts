import type { Format } from '../format.ts';
import { column, field, fourPrices, header, inOrder } from '../format.ts';
import { guess, sure } from '../told.ts';

/** Whether a time comes after another: numbers of one unit, or texts of one form. */
function isAfter(later: string, earlier: string): boolean {
  return field.unix.test(later) ? Number(later) > Number(earlier) : later > earlier;
}

/**
 * Klines of Binance: spot without a header, in microseconds from 2025 on; futures mostly with one, in milliseconds.
 * https://github.com/binance/binance-public-data
 */
export const binance: Format = {
  name: 'Binance klines',
  shownBy: 'it has twelve columns, of which the seventh is the time at which the bar ends',
  headers: [
    header('open_time,open,high,low,close,volume,close_time'),
    header('open time,open,high,low,close,volume,close time'),
  ],
  records: [[field.unix, ...fourPrices, field.decimal, field.unix, ...fourPrices, field.decimal]],
  when: ({ rows }) => column(rows, 6).every((close, i) => isAfter(close, rows[i]![0]!)),
  columns: () => inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  zone: () => guess('UTC', 'Binance gives UTC'),
  stamp: () => sure('start', 'the end of each bar is in a column of its own'),
  symbol: (_, fileName) => {
    const name = /^([A-Z0-9_]+)-\d+(?:s|m|h|d|w|mo)-\d{4}/.exec(fileName)?.[1];
    return name === undefined ? null : sure(name, 'the name of the file says symbol, interval and date');
  },
};

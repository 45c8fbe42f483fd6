import { FileFault } from '../file-fault.ts';
import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess, sure } from '../told.ts';

/**
 * yfinance's tables since 2024: names of columns, then symbols, then the name of the time. Those of one symbol are read; with
 * several, one record would be many bars.
 */
export const yfinance: Format = {
  name: 'yfinance',
  shownBy: 'it has three lines of header: Price, Ticker, and Date or Datetime',
  headers: [header('Price')],
  when: ({ rows }) => rows[0]?.[0] === 'Ticker' && /^Date(?:time)?$/.test(rows[1]?.[0] ?? ''),
  moreHeaderRecords: 2,
  names: ({ header: names, rows }) => {
    const tickers = new Set(rows[0]!.slice(1));
    if (tickers.size > 1) {
      throw new FileFault(
        `has ${tickers.size} symbols side by side (${[...tickers].slice(0, 3).join(', ')}, …); write a file for each, or stack them with ` +
          'a column for the symbol',
      );
    }
    return [rows[1]![0]!, ...names!.slice(1)];
  },
  stamp: () => guess('start', 'Yahoo stamps bars with their start'),
  symbol: ({ rows }) => sure(rows[0]![1]!, 'the second line says it'),
};

import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess } from '../told.ts';
import { levelsOf } from '../wide-table.ts';

/**
 * yfinance's tables since 2024, and those of several symbols before: names of columns over symbols or symbols over names, then mostly
 * the name of the time.
 */
export const yfinance: Format = {
  name: 'yfinance',
  shownBy: 'its header has a line with names of columns and one with symbols',
  headers: [header('Price'), header(''), header('Ticker'), header('Symbol')],
  when: (sample) => levelsOf(sample) !== null,
  wide: levelsOf,
  stamp: () => guess('start', 'Yahoo stamps bars with their start'),
};

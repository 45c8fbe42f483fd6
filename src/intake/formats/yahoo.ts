import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess } from '../told.ts';

/** Yahoo's own download of days, and yfinance's tables until 2024; days without trades have `null` in all columns. */
export const yahoo: Format = {
  name: 'Yahoo Finance',
  shownBy: 'it has a column Adj Close, which is adjusted for dividends too and is left out',
  headers: [
    header('Date,Open,High,Low,Close,Adj Close,Volume'),
    header('Datetime,Open,High,Low,Close,Adj Close,Volume'),
  ],
  stamp: () => guess('start', 'Yahoo stamps bars with their start'),
};

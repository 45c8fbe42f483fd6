import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { sure } from '../told.ts';

/** Flat files of Massive, formerly Polygon: all symbols of a day, the close in front of the high; indices have no volume. */
export const polygon: Format = {
  name: 'Massive (Polygon) flat file',
  shownBy: 'its columns are ticker, open, close, high, low and window_start',
  headers: [
    header('ticker,volume,open,close,high,low,window_start'),
    header('ticker,open,close,high,low,window_start'),
  ],
  stamp: () => sure('start', 'window_start is the start of the bar'),
};

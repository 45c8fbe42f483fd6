import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess, sure } from '../told.ts';

/** Dukascopy: bids and asks in files of their own; `Local time` has its offset behind it. */
export const dukascopy: Format = {
  name: 'Dukascopy',
  shownBy: 'its first column is Gmt time or Local time',
  headers: [header('Gmt time,Open,High,Low,Close'), header('Local time,Open,High,Low,Close')],
  dateOrder: sure('dmy', 'Dukascopy writes the day first'),
  stamp: () => guess('start', 'its files are consistent with starts'),
};

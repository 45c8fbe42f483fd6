import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess } from '../told.ts';

/** Tables of Interactive Brokers' interface, by ib_insync or ib_async; currencies have a volume of -1. */
export const interactiveBrokers: Format = {
  name: 'Interactive Brokers',
  shownBy: 'it has columns average and barCount',
  headers: [
    header('date,open,high,low,close,volume,average,barCount'),
    header(',date,open,high,low,close,volume,average,barCount'),
    header('date,open,high,low,close,volume,barCount,average'),
  ],
  stamp: () => guess('start', 'the first bar of a day is stamped with the open of the market'),
};

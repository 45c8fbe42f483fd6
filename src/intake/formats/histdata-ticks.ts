import type { Format } from '../format.ts';
import { field, inOrder } from '../format.ts';
import { newYork, symbolOfHistData } from './histdata.ts';

/** Quotes of HistData, which it calls ticks. */
export const histDataTicks: Format = {
  name: 'HistData ticks',
  shownBy: 'it has no header, a time with milliseconds, a bid, an ask and a 0',
  records: [[/^\d{8} \d{9}$/, field.decimal, field.decimal, /^0$/]],
  columns: () => inOrder('time', 'bid', 'ask'),
  zone: () => newYork,
  symbol: (_, fileName) => symbolOfHistData(fileName),
};

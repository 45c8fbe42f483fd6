import { pricesAt, soundPart } from '../columns.ts';
import type { Format } from '../format.ts';
import { field, fourPrices, header, inOrder } from '../format.ts';
import { sure } from '../told.ts';

const columns = inOrder('time', 'low', 'high', 'open', 'close', 'volume');

/** Candles of Coinbase as its interface gives them: low and high first, mostly the newest first. */
export const coinbase: Format = {
  name: 'Coinbase candles',
  shownBy: 'low and high come in front of open and close, after Unix seconds',
  headers: [header('time,low,high,open,close'), header('start,low,high,open,close')],
  records: [[field.unixSeconds, ...fourPrices, field.decimal]],
  when: ({ rows }) => soundPart(rows, columns) > Math.max(0.9, soundPart(rows, pricesAt(1, 2, 3, 4))),
  columns: () => columns,
  stamp: () => sure('start', 'Coinbase gives the start of the bucket'),
};

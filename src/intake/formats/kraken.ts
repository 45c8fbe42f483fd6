import { pricesAt, soundPart } from '../columns.ts';
import type { Format } from '../format.ts';
import { field, fourPrices, inOrder } from '../format.ts';
import { guess } from '../told.ts';

/** Kraken's archive of OHLCVT: intervals without a trade are not there. */
export const kraken: Format = {
  name: 'Kraken',
  shownBy: 'it has no header, Unix seconds, five decimals and the number of trades',
  records: [[field.unixSeconds, ...fourPrices, field.decimal, field.whole]],
  when: ({ rows }) => soundPart(rows, pricesAt(1, 2, 3, 4)) > 0.9,
  columns: () => inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  stamp: () => guess('start', 'its files are consistent with starts'),
};

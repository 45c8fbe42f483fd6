import type { Format } from '../format.ts';
import { symbolByVendor } from '../file-name.ts';
import { field, fourPrices, inOrder } from '../format.ts';
import { guess } from '../told.ts';
import { brokerTime } from './metatrader-5.ts';

/** `EURUSD60`: the symbol and the minutes of its bars. */
const name = /^(.*\D)(?:1|5|15|30|60|240|1440|10080|43200)$/;

/** MetaTrader 4's export from its history centre: no header, the number of ticks as volume. */
export const metaTrader4: Format = {
  name: 'MetaTrader 4',
  shownBy: 'it has no header, a date with points, a time of day, four prices and a whole number',
  records: [[/^\d{4}\.\d\d\.\d\d$/, field.clock, ...fourPrices, field.whole]],
  columns: () => inOrder('date', 'clock', 'open', 'high', 'low', 'close', 'volume'),
  symbol: (_, fileName) =>
    symbolByVendor(fileName, name, 'the name of the file is the symbol and the minutes of a bar'),
  zone: () => brokerTime,
  stamp: () => guess('start', 'MetaTrader stamps bars with their start'),
};

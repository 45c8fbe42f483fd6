import type { Format } from '../format.ts';
import { field, fourPrices, header, inOrder } from '../format.ts';
import { guess } from '../told.ts';

const time = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/;

/** FirstRate Data: minutes without trades are not there; indices have no volume. The text alone is like any CSV. */
export const firstRate: Format = {
  name: 'FirstRate Data',
  shownBy: 'date and time come first, and the name of the file is one of FirstRate Data',
  headers: [header('timestamp,open,high,low,close')],
  records: [
    [time, ...fourPrices],
    [time, ...fourPrices, field.decimal],
  ],
  when: (_, fileName) => /firstrate|_full_\d+(?:min|hour|day)/i.test(fileName),
  columns: () => inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  zone: () => guess('America/New_York', 'FirstRate Data gives US Eastern time'),
  stamp: () => guess('start', 'FirstRate Data stamps bars with their start'),
};

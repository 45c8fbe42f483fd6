import type { Format } from '../format.ts';
import { column, field, fourPrices, inOrder } from '../format.ts';
import { sure } from '../told.ts';
import { dayOfName, isOfDay, placesOf, symbolOfLean, zoneOfPrices } from './lean.ts';

/** Minutes of quotes of QuantConnect LEAN: bars of the bid and of the ask beside each other. Those of the bid are taken. */
export const leanQuotes: Format = {
  name: 'QuantConnect LEAN quotes',
  shownBy: 'it has no header, times are milliseconds since midnight, and a bar of the bid comes before one of the ask',
  looksLike: 'the bars of the bid are taken, and have no volume',
  records: [[/^\d{1,8}$/, ...fourPrices, field.decimal, ...fourPrices, field.decimal]],
  when: ({ rows }) => column(rows, 0).every(isOfDay),
  columns: () => inOrder('time', 'open', 'high', 'low', 'close'),
  day: dayOfName,
  zone: zoneOfPrices,
  stamp: () => sure('start', 'LEAN stamps bars with their start'),
  pricePlaces: placesOf,
  symbol: (_, fileName) => symbolOfLean(fileName),
};

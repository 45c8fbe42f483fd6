import type { Format } from '../format.ts';
import { field, fourPrices, inOrder } from '../format.ts';
import { sure } from '../told.ts';
import { placesOf, symbolOfLean, zoneOfPrices } from './lean.ts';

/** Hours and days of QuantConnect LEAN. */
export const leanHours: Format = {
  name: 'QuantConnect LEAN',
  shownBy: 'it has no header, and times such as 20131007 09:00',
  records: [[/^\d{8} \d\d:\d\d$/, ...fourPrices, field.decimal]],
  when: ({ delimiter }) => delimiter === ',',
  columns: () => inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  zone: zoneOfPrices,
  stamp: () => sure('start', 'LEAN stamps bars with their start'),
  pricePlaces: placesOf,
  symbol: (_, fileName) => symbolOfLean(fileName),
};

import type { Format } from '../format.ts';
import { field, header } from '../format.ts';
import { sure } from '../told.ts';

/**
 * Databento's bars: prices as decimals or as billionths, several instruments among each other.
 * https://databento.com/docs/schemas-and-data-formats/ohlcv
 */
export const databento: Format = {
  name: 'Databento',
  shownBy: 'it has a column ts_event with those of publisher and instrument',
  headers: [
    header('ts_event,rtype,publisher_id,instrument_id,open'),
    header('rtype,publisher_id,instrument_id,ts_event,open'),
    header('ts_event,pub_id,product_id,open'),
  ],
  columns: ({ header: names }) => {
    if (names!.includes('symbol')) return {};
    return { symbol: names!.findIndex((name) => name === 'instrument_id' || name === 'product_id') };
  },
  stamp: () => sure('start', 'ts_event is the inclusive start of the interval'),
  pricePlaces: (prices) =>
    prices.every((price) => field.whole.test(price))
      ? sure(9, 'all prices are whole numbers, which are billionths at Databento')
      : sure(0, 'prices have decimals'),
};

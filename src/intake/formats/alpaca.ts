import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { sure } from '../told.ts';

/** Tables of alpaca-py: many symbols below each other. */
export const alpaca: Format = {
  name: 'Alpaca',
  shownBy: 'it has columns trade_count and vwap behind symbol and timestamp',
  headers: [header('symbol,timestamp,open,high,low,close,volume,trade_count,vwap')],
  zone: () => sure('UTC', 'Alpaca gives UTC'),
  stamp: () => sure('start', "Alpaca's time is the left side of the interval (https://docs.alpaca.markets)"),
};

import { symbolByVendor } from '../file-name.ts';
import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess } from '../told.ts';

/** TradingView's export of a chart: what is drawn in it has columns too, whose names may repeat. */
export const tradingView: Format = {
  name: 'TradingView',
  shownBy: 'after time, open, high, low and close come the columns of what was drawn, Volume among them',
  headers: [header('time,open,high,low,close')],
  when: ({ header: names }) => names!.indexOf('time') === 0 && names!.includes('Volume'),
  columns: ({ header: names }) => ({ volume: names!.indexOf('Volume') }),
  stamp: () => guess('start', 'TradingView stamps bars with their start'),
  symbol: (_, fileName) =>
    symbolByVendor(
      fileName,
      /^(?:[A-Z0-9]+_)?([^,]+), /,
      'the file’s name is TradingView’s: exchange, symbol, interval',
    ),
};

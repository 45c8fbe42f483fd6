import { symbolByVendor } from '../file-name.ts';
import type { Format } from '../format.ts';
import { field, fourPrices, inOrder } from '../format.ts';
import { guess } from '../told.ts';

/** NinjaTrader 8. https://ninjatrader.com/support/helpGuides/nt8/exporting.htm */
export const ninjaTrader: Format = {
  name: 'NinjaTrader',
  shownBy: 'it has no header, a compact time, semicolons, and volumes',
  looksLike: 'exports of other programs, and HistData with volumes, look the same',
  records: [[/^(?:19|20)\d{6}(?: \d{6})?$/, ...fourPrices, field.whole]],
  when: ({ delimiter }) => delimiter === ';',
  columns: () => inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  zone: () => guess('UTC', 'NinjaTrader exports UTC; HistData would follow New York'),
  stamp: () => guess('end', 'NinjaTrader stamps bars with their end; HistData with their start'),
  symbol: (_, fileName) =>
    symbolByVendor(
      fileName,
      /^(.+)\.(?:Last|Bid|Ask)$/,
      'the file’s name is NinjaTrader’s: the symbol, then its price',
    ),
};

import { symbolByVendor } from '../file-name.ts';
import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess } from '../told.ts';

/** Sierra Chart's text of a chart, in the zone that the chart showed. */
export const sierraChart: Format = {
  name: 'Sierra Chart',
  shownBy: 'its header goes from Date and Time to Last, Volume and NumberOfTrades',
  headers: [header('Date,Time,Open,High,Low,Last,Volume')],
  stamp: () => guess('start', 'its files are consistent with starts'),
  symbol: (_, fileName) =>
    symbolByVendor(
      fileName,
      /^(.+)\.(?:scid|dly)(?:_\w+)?$/,
      'the file’s name is Sierra Chart’s: the symbol, then its kind',
    ),
};

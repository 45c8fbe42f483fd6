import { symbolByVendor } from '../file-name.ts';
import type { Format } from '../format.ts';
import { column, header } from '../format.ts';
import { guess } from '../told.ts';

const time = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/;

/** Alpha Vantage: the newest bar first. Files of 2017 to 2020 were stamped with the end of the bar. */
export const alphaVantage: Format = {
  name: 'Alpha Vantage',
  shownBy: 'it has Alpha Vantage’s header, and the newest bar comes first',
  looksLike: 'others may write so too',
  headers: [header('timestamp,open,high,low,close,volume')],
  when: ({ rows, header: names }) => {
    const times = column(rows, 0);
    const descends = times.every((each, i) => time.test(each) && (i === 0 || each < times[i - 1]!));
    return names!.length === 6 && times.length > 1 && descends;
  },
  zone: () => guess('America/New_York', 'Alpha Vantage gives US Eastern time'),
  stamp: () => guess('start', 'Alpha Vantage stamps bars with their start since 2021'),
  symbol: (_, fileName) =>
    symbolByVendor(
      fileName,
      /^(?:intraday_\d+min|(?:daily|weekly|monthly)(?:_adjusted)?)_(.+)$/,
      'the file’s name is Alpha Vantage’s: what it is, then the symbol',
    ),
};

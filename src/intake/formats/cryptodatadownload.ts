import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess, sure } from '../told.ts';

/** CryptoDataDownload: its address in the first line, the newest bar first, volumes in both currencies. */
export const cryptoDataDownload: Format = {
  name: 'CryptoDataDownload',
  shownBy: 'its columns are unix, date, symbol, and volumes in two currencies',
  headers: [header('unix,date,symbol,open,high,low,close'), header('date,symbol,open,high,low,close')],
  when: ({ header: names }) => names!.filter((name) => /^volume /i.test(name)).length === 2,
  columns: ({ header: names }) => ({ volume: names!.findIndex((name) => /^volume /i.test(name)) }),
  zone: () => sure('UTC', 'CryptoDataDownload gives UTC'),
  stamp: () => guess('start', 'its files are consistent with starts'),
};

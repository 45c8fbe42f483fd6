import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess, sure } from '../told.ts';

/** CryptoDataDownload: its address in the first line, the newest bar first, volumes in both currencies, of which that of the base is taken. */
export const cryptoDataDownload: Format = {
  name: 'CryptoDataDownload',
  shownBy: 'its columns are unix, date, symbol, and volumes in two currencies',
  headers: [header('unix,date,symbol,open,high,low,close'), header('date,symbol,open,high,low,close')],
  when: ({ header: names }) => names!.filter((name) => /^volume /i.test(name)).length === 2,
  columns: ({ header: names, rows }) => {
    const symbol = rows[0]?.[names!.findIndex((name) => /^symbol$/i.test(name))] ?? '';
    const volumes = names!.filter((name) => /^volume /i.test(name));
    const ofBase = volumes.find((name) => symbol.toUpperCase().startsWith(name.slice(7).toUpperCase()));
    return { volume: names!.indexOf(ofBase ?? volumes[0]!) };
  },
  zone: () => sure('UTC', 'CryptoDataDownload gives UTC'),
  stamp: () => guess('start', 'its files are consistent with starts'),
};

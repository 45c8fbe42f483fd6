import { lengthOf } from './interval-column.ts';
import { guess, type Told } from './told.ts';

const extension = /\.(?:gz|gzip|zip|csv|tsv|psv|txt|dat|asc|parquet|pq)$/i;

/** The file's name without folders and extensions: `spy/SPY.csv.gz` is `SPY`, `6EH4.XCME.csv` is `6EH4.XCME`. */
export function withoutExtensions(path: string): string {
  let name = path.slice(path.lastIndexOf('/') + 1);
  while (extension.test(name) && name.replace(extension, '') !== '') name = name.replace(extension, '');
  return name;
}

/** Words of file names that are no part of a symbol. */
const words = new Set(
  (
    'bar bars candle candles candlestick ohlc ohlcv bid ask mid trade trades data dataset history historical hist daily day intraday ' +
    'minute minutes min mins hour hours hourly sec second seconds export full sample regular extended rth eth adjusted ' +
    'unadjusted from to and utc est gmt'
  ).split(' '),
);
/** `1m`, `5min`, `m1`, `60s`, `1h`, `d1`, and numbers, dates among them. */
const intervalOrNumber = /^(?:\d+(?:s|sec|m|min|minute|minutes|h|hr|hour|d|day|t)?|[smhdw]\d+|\(\d+\)|\d{8}T?\d*)$/i;

/**
 * The symbol that a file's name begins with: what stands before the first interval, number, date or word such as `bars`. A date
 * in front of it is passed over (`20131007_spy_minute_trade`).
 * A guess when anything was cut off, or when parts are left of which some may be no symbol; `SPY`, `BRK-B` and
 * `6EH4.XCME` are plain.
 */
export function symbolOfName(fileName: string): { symbol: string; guess: boolean } {
  const stem = withoutExtensions(fileName).trim();
  const parts = stem.split(/([-_\s]+)/);
  if (/^\d{6,8}$/.test(parts[0]!) && parts.length > 2 && !isNoSymbol(parts[2]!)) parts.splice(0, 2);
  let kept = parts.findIndex((part, i) => i > 0 && i % 2 === 0 && isNoSymbol(part));
  if (kept === -1) kept = parts.length;
  const symbol = parts.slice(0, kept % 2 === 0 && kept > 0 ? kept - 1 : kept).join('');
  const isGuess = symbol !== stem || /[_\s]/.test(symbol) || isNoSymbol(symbol);
  return { symbol: symbol || stem, guess: isGuess };
}

/** The length of bars that a file's name says behind its symbol, in milliseconds: `SPY_1h`, `SPY daily`; NaN where it says none, or several. */
export function lengthOfName(fileName: string): number {
  const [, ...parts] = withoutExtensions(fileName).split(/[-_.\s()]+/);
  const lengths = new Set(parts.map(lengthOf).filter((ms) => ms === ms));
  return lengths.size === 1 ? [...lengths][0]! : NaN;
}

/** The symbol in a name that a vendor gives its files: what the pattern's first group has, as a guess; null where it is no such name. */
export function symbolByVendor(fileName: string, name: RegExp, reason: string): Told<string> | null {
  const symbol = name.exec(withoutExtensions(fileName))?.[1];
  return symbol === undefined ? null : guess(symbolOfName(symbol).symbol, reason);
}

function isNoSymbol(part: string): boolean {
  return words.has(part.toLowerCase()) || intervalOrNumber.test(part);
}

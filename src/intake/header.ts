import type { DataKind } from '../bars/records.ts';
import type { ColumnRole } from './preview.ts';

/**
 * Names that a column goes by, in lower case without spaces and punctuation. Where a file has several columns for one
 * role, the earlier name in the list is taken.
 */
const names: Record<Exclude<ColumnRole, 'time' | 'date' | 'clock'>, readonly string[]> = {
  symbol: [
    'symbol',
    'ticker',
    'sym',
    'instrument',
    'security',
    'asset',
    'pair',
    'code',
    'rawsymbol',
    'secid',
    'contract',
    'isin',
    'ric',
    'name',
  ],
  open: [
    'open',
    'o',
    'openprice',
    'priceopen',
    'openingprice',
    'first',
    'eroffnung',
    'eröffnung',
    'erster',
    'ouverture',
    'apertura',
  ],
  high: ['high', 'h', 'highprice', 'pricehigh', 'hi', 'max', 'hoch', 'haut', 'plushaut', 'maximo', 'máximo'],
  low: ['low', 'l', 'lowprice', 'pricelow', 'lo', 'min', 'tief', 'bas', 'plusbas', 'minimo', 'mínimo'],
  close: [
    'close',
    'c',
    'closeprice',
    'priceclose',
    'last',
    'lastprice',
    'closingprice',
    'closelast',
    'schluss',
    'schlusskurs',
    'dernier',
    'cloture',
    'clôture',
    'cierre',
  ],
  volume: [
    'volume',
    'vol',
    'v',
    'basevolume',
    'volumebase',
    'tradedvolume',
    'totalvolume',
    'tickvolume',
    'tickvol',
    'ttlvol',
    'shares',
    'qty',
    'volumen',
  ],
  // A book in columns by level has its best level first: Databento counts from 00, others from 0 or 1.
  bid: ['bid', 'bidprice', 'pricebid', 'bestbid', 'bestbidprice', 'bidpx', 'bidpx00', 'bid0price', 'bidprice1', 'bid1'],
  ask: ['ask', 'askprice', 'priceask', 'bestask', 'bestaskprice', 'askpx', 'askpx00', 'ask0price', 'askprice1', 'ask1'],
  bidSize: [
    ...['bidsize', 'sizebid', 'bidvolume', 'bidvol', 'bidqty', 'bidquantity', 'bidamount', 'bestbidsize', 'bestbidqty'],
    ...['bsize', 'bidsz', 'bidsz00', 'bid0size', 'bidsize1'],
  ],
  askSize: [
    ...['asksize', 'sizeask', 'askvolume', 'askvol', 'askqty', 'askquantity', 'askamount', 'bestasksize', 'bestaskqty'],
    ...['asize', 'asksz', 'asksz00', 'ask0size', 'asksize1'],
  ],
  price: ['price', 'tradeprice', 'px', 'last', 'lastprice', 'ltp', 'lasttradeprice', 'pricetrade'],
  size: [
    ...['size', 'tradesize', 'sizetrade', 'lastsize', 'lasttradesize', 'sz', 'volume', 'vol', 'v', 'tradevolume'],
    ...['quantity', 'qty', 'lastqty', 'tradeqty', 'amount', 'shares', 'basevolume'],
  ],
};

const timeNames: readonly string[] = [
  ...[
    'timestamp',
    'datetime',
    'dateandtime',
    'time',
    'date',
    'ts',
    't',
    'dt',
    'day',
    'bartime',
    'bardate',
    'tradingday',
  ],
  ...[
    'unix',
    'unixtime',
    'unixtimestamp',
    'unixms',
    'epoch',
    'epochtime',
    'epochms',
    'timestampms',
    'timestampns',
    'tsevent',
    'siptimestamp',
    'tradetime',
    'quotetime',
    'participanttimestamp',
  ],
  ...['localtime', 'timelocal', 'datum', 'zeit', 'fecha'],
];
/** Names that also say that the time is the start of the bar. */
const startNames: readonly string[] = [
  ...[
    'windowstart',
    'opentime',
    'timeopen',
    'opentimestamp',
    'starttime',
    'timestart',
    'start',
    'begin',
    'begins',
    'barstart',
  ],
  ...['candlebegintime', 'periodstart', 'opendatetime', 'opendate', 'startat', 'openat', 'begintime'],
];
const dateNames: readonly string[] = [
  ...['date', 'day', 'tradingday', 'bardate', 'dt', 'tradedate'],
  ...['datum', 'fecha', 'data', 'dtyyyymmdd', 'yyyymmdd', 'dateyyyymmdd'],
];
const clockNames: readonly string[] = [
  ...['time', 'clock', 'timeofday', 'bartime', 'tradetime', 'hour', 'ts'],
  ...['zeit', 'uhrzeit', 'heure', 'hora', 'ora', 'tijd'],
];

/** Lower case, without spaces, punctuation, `<` and `>`. Letters beyond ASCII stay. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Zones that the name of a column may say, in front or behind: `timestamp_utc`, `Gmt time`, `Time (EET)`. */
const zoneOfWord: Readonly<Record<string, string>> = {
  utc: 'UTC',
  gmt: 'UTC',
  eet: 'EET',
  cet: 'CET',
  msk: 'Europe/Moscow',
};
const zoneWords = Object.keys(zoneOfWord).join('|');
const zoneInName = new RegExp(`^(?:${zoneWords})(?=.)|(?<=.)(?:${zoneWords})$`);

/** The plain name without a zone that it ends or begins with: `timestamp_utc` is `timestamp`. */
function timeName(name: string): string {
  return plainName(name).replace(zoneInName, '');
}

/** The zone that the name of a time column says; undefined where it says none. */
export function zoneOfName(name: string): string | undefined {
  const plain = plainName(name);
  const word = zoneInName.exec(plain)?.[0] ?? plain;
  return zoneOfWord[word];
}

export function saysStart(name: string): boolean {
  return startNames.includes(timeName(name));
}

/** The columns that a header names. */
export interface NamedColumns {
  readonly columns: ReadonlyMap<Exclude<ColumnRole, 'time' | 'date' | 'clock'>, number>;
  /** Roles for which several columns have one and the same name; the first was taken. */
  readonly ambiguous: readonly ColumnRole[];
  /** Columns that may hold the whole time, in the order of the file. */
  readonly times: readonly number[];
  /** Columns that may hold the day and the time of day. */
  readonly date: number;
  readonly clock: number;
}

export function namedColumns(header: readonly string[]): NamedColumns {
  const plain = header.map(plainName);
  const columns = new Map<keyof typeof names, number>();
  const ambiguous: ColumnRole[] = [];
  for (const role of Object.keys(names) as (keyof typeof names)[]) {
    const name = names[role].find((each) => plain.includes(each));
    if (name === undefined) continue;
    columns.set(role, plain.indexOf(name));
    if (plain.indexOf(name) !== plain.lastIndexOf(name)) ambiguous.push(role);
  }
  if (!columns.has('close') && columns.has('open') && plain.includes('price'))
    columns.set('close', plain.indexOf('price'));
  if (!columns.has('volume') && columns.has('open')) {
    // With the currency that it counts: "Volume BTC", "Volume_(BTC)". That of the base comes first where there are two.
    const at = plain.findIndex((name) => /^vol(?:ume)?(?!ma|sma|ema|usd|weighted|quote)\p{L}{2,6}$/u.test(name));
    if (at >= 0) columns.set('volume', at);
  }
  const times: number[] = [];
  header.forEach((name, column) => {
    const time = timeName(name) || plainName(name);
    if (timeNames.includes(time) || startNames.includes(time)) times.push(column);
  });
  // A column without a name in front of the others is the index of a table that a program wrote out.
  if (times.length === 0 && plain[0] === '') times.push(0);
  const find = (known: readonly string[]) => header.findIndex((name) => known.includes(timeName(name)));
  return { columns, ambiguous, times, date: find(dateNames), clock: find(clockNames) };
}

/** How many columns of a record have names that headers use. */
export function namesKnown(record: readonly string[]): number {
  const { columns, times } = namedColumns(record);
  return new Set(columns.values()).size + times.length;
}

/** What a header says that a file holds, and whether that is a guess. Bars come before quotes, quotes before ticks. */
export function kindOfHeader({ columns }: NamedColumns): { readonly kind: DataKind; readonly guess: boolean } {
  const has = (...roles: (keyof typeof names)[]) => roles.every((role) => columns.has(role));
  const anyOf = (...roles: (keyof typeof names)[]) => roles.some((role) => columns.has(role));
  if (anyOf('open', 'high', 'low')) return { kind: 'bars', guess: false };
  if (has('bid', 'ask')) return { kind: 'quotes', guess: has('price') };
  return { kind: has('price') ? 'ticks' : 'bars', guess: false };
}

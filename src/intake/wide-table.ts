import { numberOf } from './cell.ts';
import { FileFault } from './file-fault.ts';
import { namedColumns, plainName } from './header.ts';
import type { ColumnRole } from './preview.ts';
import type { Sample } from './sample.ts';

/** A table in which the bars of several symbols stand side by side in one record. */
export interface WideTable {
  /** The names of the columns without those of the symbols; that of the time is first. */
  readonly names: readonly string[];
  /** Records of the header after the one with these names. */
  readonly moreHeaderRecords: number;
  /** By column: its symbol; null for the time. */
  readonly symbols: readonly (string | null)[];
}

/** The columns of one symbol of a wide table, by role; the time is none of them. */
export interface WideGroup {
  readonly symbol: string;
  readonly columns: ReadonlyMap<ColumnRole, number>;
}

const timeLabel = /^(?:date|datetime|time|timestamp|)$/i;
const fields = '(open|high|low|close|volume|adj close|adjusted|adjclose)';
/** `('Close', 'AAPL')`, `("AAPL", "Close")`. */
const tuple = /^\(\s*['"](.+?)['"]\s*,\s*['"](.+?)['"]\s*\)$/;
const fieldFirst = new RegExp(`^${fields}[ _.:|-](.+)$`, 'i');
const fieldLast = new RegExp(`^(.+)[ _.:|-]${fields}$`, 'i');

/**
 * A table whose header has two levels, names of columns over symbols or the other way round, as pandas writes it; the name of the time
 * may stand in a record of its own under them. Null where there is none.
 */
export function levelsOf({ header, preamble, rows }: Sample): WideTable | null {
  if (header === null) return null;
  const over = preamble.at(-1);
  const isUnder = over === undefined || !areSymbols(over, header);
  const tickers = isUnder ? rows[0] : over;
  if (tickers === undefined || !areSymbols(tickers, header)) return null;
  const names = rows[isUnder ? 1 : 0];
  const hasOwn = names !== undefined && timeLabel.test(names[0]!) && names.slice(1).every((name) => name === '');
  const time = (hasOwn ? names[0] : '') || 'Date';
  return {
    names: [time, ...header.slice(1)],
    moreHeaderRecords: (isUnder ? 1 : 0) + (hasOwn ? 1 : 0),
    symbols: [null, ...tickers.slice(1)],
  };
}

/** Whether a record names a symbol for each column of prices, and nothing else. */
function areSymbols(record: readonly string[], header: readonly string[]): boolean {
  const names = record.slice(1);
  if (record.length !== header.length || names.length < 4) return false;
  if (!/^(?:ticker|tickers|symbol|symbols|)$/i.test(record[0]!)) return false;
  return names.every((name) => name !== '' && Number.isNaN(numberOf(name)) && !isField(name));
}

function isField(name: string): boolean {
  return ['open', 'high', 'low', 'close', 'volume', 'adjclose'].includes(plainName(name));
}

/** A table whose columns are called by field and symbol: `Open_AAPL`, `SPY.Close`, `('Close', 'AAPL')`. Null where there is none. */
export function flattenedOf({ header }: Sample): WideTable | null {
  if (header === null) return null;
  const parts = header.map(partsOf);
  const symbols = parts.map((part) => part?.symbol ?? null);
  const priced = new Set(symbols.filter((symbol) => symbol !== null));
  const isWhole = [...priced].every((symbol) => {
    const own = parts.flatMap((part) => (part?.symbol === symbol ? plainName(part.field) : []));
    return ['open', 'high', 'low', 'close'].every((price) => own.includes(price));
  });
  if (priced.size === 0 || !isWhole) return null;
  return { names: header.map((name, i) => parts[i]?.field ?? name), moreHeaderRecords: 0, symbols };
}

function partsOf(name: string): { readonly symbol: string; readonly field: string } | null {
  const [, one, other] = tuple.exec(name) ?? [];
  if (one !== undefined) return isField(one) ? { field: one, symbol: other! } : { field: other!, symbol: one };
  const first = fieldFirst.exec(name);
  if (first && !isField(first[2]!)) return { field: first[1]!, symbol: first[2]! };
  const last = fieldLast.exec(name);
  return last && !isField(last[1]!) ? { field: last[2]!, symbol: last[1]! } : null;
}

/**
 * The columns of the bid, where it and the ask stand side by side and are no symbols, with that of a volume which is of both; null
 * where they do not.
 */
export function bidOf(groups: readonly WideGroup[], names: readonly string[]): WideGroup | null {
  const sides = groups.map(({ symbol }) => symbol.toLowerCase());
  const bid = groups[sides.indexOf('bid')];
  if (!bid || !sides.every((side) => ['bid', 'ask', 'mid'].includes(side))) return null;
  const taken = new Set(groups.flatMap(({ columns }) => [...columns.values()]));
  const volume = namedColumns(names.map((name, i) => (taken.has(i) ? '' : name))).columns.get('volume');
  return volume === undefined || bid.columns.has('volume')
    ? bid
    : { ...bid, columns: new Map([...bid.columns, ['volume', volume]]) };
}

/** The columns of each symbol. Throws a FileFault where one has no column for a price. */
export function groupsOf({ names, symbols }: WideTable): WideGroup[] {
  const groups = new Map<string, string[]>();
  symbols.forEach((symbol, i) => {
    if (symbol === null) return;
    const own = groups.get(symbol) ?? Array.from(names, () => '');
    own[i] = names[i]!;
    groups.set(symbol, own);
  });
  return [...groups].map(([symbol, own]) => {
    const { columns } = namedColumns(own);
    const missing = (['open', 'high', 'low', 'close'] as const).filter((price) => !columns.has(price));
    if (missing.length > 0) throw new FileFault(`has no column for ${missing.join(', ')} of ${symbol}`);
    const taken = (['open', 'high', 'low', 'close', 'volume'] as const).flatMap((role) =>
      columns.has(role) ? [[role, columns.get(role)!] as const] : [],
    );
    return { symbol, columns: new Map(taken) };
  });
}

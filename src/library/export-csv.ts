/**
 * A dataset as a CSV that an import reads back to the same sha256 (`src/intake/formats/tapedeck.ts`). A line a bar or record, symbol
 * after symbol and in time order within each:
 *
 *   Tapedeck 1m bar start,symbol,open,high,low,close,volume
 *   2024-11-29T14:30:00Z,SPY,602.97,603.12,602.9,603.05,1204400
 *
 * The first column's name says what the lines are; the interval that stands there is that of the bars. Quotes are `Tapedeck quote
 * time,symbol,bid,ask,bid size,ask size`, ticks `Tapedeck tick time,symbol,price,size`. Times are ISO 8601 in UTC; numbers are the
 * shortest that mean the very same double. A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula: a symbol that does,
 * or begins with an apostrophe, has an apostrophe put in front, as has a part of it behind a semicolon, a tab or a bar, and the import takes
 * them off. Lines end in LF; a symbol with a comma or a
 * quote in it is quoted by RFC 4180.
 */
import { markedSymbol } from '../bars/csv-line.ts';
import type { DataKind } from '../bars/records.ts';
import { isoText, type Instant } from '../time/instant.ts';
import type { Manifest } from './manifest.ts';
import type { Rows } from './rows.ts';
import { storedRows, type ChunkReader } from './stored-rows.ts';

const columns: Record<DataKind, string> = {
  bars: 'symbol,open,high,low,close,volume',
  quotes: 'symbol,bid,ask,bid size,ask size',
  ticks: 'symbol,price,size',
};

/** The text in pieces of some hundred kilobytes, UTF-8. */
export async function* csvOf(manifest: Manifest, store: ChunkReader): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder();
  const kind = manifest.kind ?? 'bars';
  const what = kind === 'bars' ? `${manifest.interval} bar start` : kind === 'quotes' ? 'quote time' : 'tick time';
  yield utf8.encode(`Tapedeck ${what},${columns[kind]}\n`);
  for (const [i, { name }] of manifest.symbols.entries()) {
    const symbol = symbolCell(name);
    for await (const rows of storedRows(store, manifest, i)) yield utf8.encode(linesOf(rows, symbol));
  }
}

function linesOf({ columns: [time, ...values], count }: Rows, symbol: string): string {
  let text = '';
  for (let row = 0; row < count; row++) {
    text += `${isoText(time![row] as Instant)},${symbol}`;
    for (const column of values) text += `,${column[row]}`;
    text += '\n';
  }
  return text;
}

/** A symbol as it stands in a line. */
function symbolCell(name: string): string {
  const marked = markedSymbol(name);
  return /[",\r\n]/.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
}

import { intervalMs as msOf } from '../../src/bars/interval.ts';
import { recordFields, type RecordKind } from '../../src/bars/records.ts';
import type { KeepOptions } from '../../src/library/keep.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { writeDataset } from '../../src/library/dataset-writer.ts';
import type { Rows } from '../../src/library/rows.ts';
import type { BarStore } from '../../src/library/store.ts';
import { storedRows } from '../../src/library/stored-rows.ts';

let ids = 0;

/** How tests keep datasets: a clock that moves with each look, ids that count. */
export function keeping(): KeepOptions {
  let now = 0;
  return { now: () => (now += 3), newId: () => `made${++ids}`, breathe: () => Promise.resolve() };
}

/** A bar or record: its time, then its values. */
export type Row = readonly number[];

/** A bar of a price that goes nowhere. */
export function bar(time: number, price: number, volume = 100): Row {
  return [time, price, price + 0.5, price - 0.25, price + 0.25, volume];
}

/** Stores rows as a dataset, each symbol's in time order. */
export async function store(
  into: BarStore,
  name: string,
  interval: string,
  symbols: Readonly<Record<string, readonly Row[]>>,
): Promise<Manifest> {
  const kind = msOf(interval) === undefined ? (interval as RecordKind) : 'bars';
  const { manifest } = await writeDataset(
    ...([kind, interval, into, keeping()] as const),
    async (writer) => {
      for (const symbol of Object.keys(symbols).sort()) {
        const rows = symbols[symbol]!;
        const width = kind === 'bars' ? 6 : 1 + recordFields[kind].length;
        const pieces = async function* (): AsyncGenerator<Rows> {
          for (let at = 0; at < rows.length; at += 16_384) {
            const part = rows.slice(at, at + 16_384);
            yield {
              columns: Array.from({ length: width }, (_, i) => Float64Array.from(part, (row) => row[i]!)),
              count: part.length,
            };
          }
        };
        await writer.symbol(symbol, pieces());
      }
    },
    (written) => ({ manifest: { ...written, name, audits: [] } }),
  );
  return manifest;
}

/** What a symbol has, row by row. */
export async function stored(from: BarStore, manifest: Manifest, symbol: string): Promise<Row[]> {
  const place = manifest.symbols.findIndex(({ name }) => name === symbol);
  const rows: Row[] = [];
  for await (const { columns, count } of storedRows(from, manifest, place))
    for (let row = 0; row < count; row++) rows.push(columns.map((column) => column[row]!));
  return rows;
}

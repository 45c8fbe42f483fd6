import { barColumns } from '../bars/columns.ts';
import type { RecordKind } from '../bars/records.ts';
import { openChunk } from './chunk.ts';
import type { Manifest } from './manifest.ts';
import { openRecordChunk } from './record-chunk.ts';
import type { Rows } from './rows.ts';
import type { BarStore } from './store.ts';

/** What is read of a store here. */
export type ChunkReader = Pick<BarStore, 'chunk'>;

/**
 * The stored bars or records of the symbol at that place in the manifest with times in `[from, to)`, a chunk at a time. Rejects, naming
 * the symbol, when a chunk cannot be read.
 */
export async function* storedRows(
  store: ChunkReader,
  manifest: Manifest,
  symbol: number,
  from = -Infinity,
  to = Infinity,
): AsyncGenerator<Rows> {
  const { name, chunks } = manifest.symbols[symbol]!;
  const kind = manifest.kind ?? 'bars';
  for (const [i, entry] of chunks.entries()) {
    if (entry.to < from) continue;
    if (entry.from >= to) return;
    let rows: Rows;
    try {
      const bytes = await store.chunk(manifest.id, symbol, i);
      rows = kind === 'bars' ? barRows(bytes) : recordRows(bytes, kind);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The stored ${kind} of ${name} in "${manifest.name}" cannot be read: ${reason}`, {
        cause: error,
      });
    }
    yield within(rows, from, to);
  }
}

/** The bars of a chunk. */
export function barRows(bytes: Uint8Array): Rows {
  const chunk = openChunk(bytes);
  const bars = barColumns(chunk.count.reduce((sum, count) => sum + count, 0));
  for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, bars, bars.count);
  return { columns: [bars.start, bars.open, bars.high, bars.low, bars.close, bars.volume], count: bars.count };
}

/** The quotes or ticks of a chunk. */
export function recordRows(bytes: Uint8Array, kind: RecordKind): Rows {
  const { time, values, count } = openRecordChunk(bytes, kind);
  return { columns: [time, ...values], count };
}

function within({ columns, count }: Rows, from: number, to: number): Rows {
  const time = columns[0]!;
  let first = 0;
  let end = count;
  while (first < end && time[first]! < from) first++;
  while (end > first && time[end - 1]! >= to) end--;
  if (first === 0 && end === count) return { columns, count };
  return { columns: columns.map((column) => column.subarray(first, end)), count: end - first };
}

/**
 * A dataset as a Parquet file: columns `time` (start of a bar, milliseconds in UTC), `symbol` and the values as doubles, symbol after
 * symbol and in time order within each. Its key `tapedeck` says what the rows are: `{"kind":"bars","interval":"1m"}`.
 */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { DataKind } from '../bars/records.ts';
import type { Manifest } from './manifest.ts';
import { GrowingRows } from './rows.ts';
import { storedRows, type ChunkReader } from './stored-rows.ts';

/** Rows of a group; they are in memory until it is written. */
const groupRows = 65_536;

const valueNames: Record<DataKind, readonly string[]> = {
  bars: ['open', 'high', 'low', 'close', 'volume'],
  quotes: ['bid', 'ask', 'bid_size', 'ask_size'],
  ticks: ['price', 'size'],
};

/** The file in pieces. */
export async function* parquetOf(manifest: Manifest, store: ChunkReader): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const kind = manifest.kind ?? 'bars';
  const values = valueNames[kind];
  const bytes = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 2 + values.length },
    {
      ...{ name: 'time', type: 'INT64', repetition_type: 'REQUIRED', converted_type: 'TIMESTAMP_MILLIS' },
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    },
    { name: 'symbol', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
    ...values.map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' })),
  ];
  const facts = kind === 'bars' ? { kind, interval: manifest.interval } : { kind };
  const writer = new ParquetWriter({
    ...{ writer: bytes, schema, createdBy: 'tapedeck' },
    kvMetadata: [{ key: 'tapedeck', value: JSON.stringify(facts) }],
  });
  const take = (): Uint8Array<ArrayBuffer> => {
    const taken = new Uint8Array(bytes.getBuffer());
    bytes.index = 0;
    return taken;
  };
  const held = new GrowingRows(1 + values.length, groupRows);
  let symbols: string[] = [];
  const writeGroup = (): void => {
    const [time, ...columns] = held.columns.map((column) => column.subarray(0, held.count));
    void writer.write({
      columnData: [
        { name: 'time', data: BigInt64Array.from(time!, BigInt) },
        { name: 'symbol', data: symbols },
        ...values.map((name, i) => ({ name, data: columns[i]! })),
      ],
      rowGroupSize: held.count,
    });
    held.drop(held.count);
    symbols = [];
  };
  for (const [i, { name }] of manifest.symbols.entries())
    for await (const rows of storedRows(store, manifest, i)) {
      held.add(rows);
      for (let row = 0; row < rows.count; row++) symbols.push(name);
      if (held.count < groupRows) continue;
      writeGroup();
      yield take();
    }
  if (held.count > 0) writeGroup();
  void writer.finish();
  yield take();
}

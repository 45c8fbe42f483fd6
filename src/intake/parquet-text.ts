import { decompress as decompressZstd } from 'fzstd';
import type { AsyncBuffer, ColumnData, FileMetaData } from 'hyparquet';
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js';
import { gunzip } from 'hyparquet-compressors/src/gzip.js';
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js';
import type { Decision } from './audit.ts';
import type { ByteSlices } from './byte-slices.ts';
import { whole } from './byte-slices.ts';
import { FileFault } from './file-fault.ts';
import type { CellWriter } from './parquet-cells.ts';
import { cellWriter } from './parquet-cells.ts';
import { utf8Of } from './platform.ts';
import type { ByteSource } from './source.ts';

/** A Parquet file as a text: a line with the names of its columns, then one a row, with tabs between fields. */
export interface ParquetText {
  readonly decisions: readonly Decision[];
  readonly slices: ByteSlices;
}

interface Column {
  readonly name: string;
  readonly write: CellWriter;
}

/** A file that can only be read from its beginning, as those in archives, is held whole, up to this size. */
const mostHeldBytes = 268_435_456;
/** Rows that become text at a time. */
const rowsAtOnce = 4_096;
/** A row group is held as columns; one with more values than this is not of a size that programs write. */
const mostValues = 100_000_000;

// Snappy comes with the reader. Those of the platform do not work in steps, and it has no zstd.
const compressors = {
  GZIP: (input: Uint8Array, length: number) => gunzip(input, new Uint8Array(length)),
  BROTLI: decompressBrotli,
  ZSTD: (input: Uint8Array) => decompressZstd(input),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};
/** Values of time stay numbers in their unit. */
const parsers = {
  timestampFromMilliseconds: (value: bigint) => value,
  timestampFromMicroseconds: (value: bigint) => value,
  timestampFromNanoseconds: (value: bigint) => value,
  dateFromDays: (days: number) =>
    days === null || days === undefined ? null : new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/**
 * Reads a Parquet file, one row group after the other; the columns of a group are held, never the file. `onBytes` hears of bytes that were
 * read. Throws a FileFault when the file is damaged, or has something that cannot be read.
 */
export async function parquetText(source: ByteSource, onBytes: (bytes: number) => void): Promise<ParquetText> {
  const file = await buffered(source, onBytes);
  const metadata = await asFault(() => parquetMetadataAsync(file, { geoparquet: false }));
  const columns = columnsOf(metadata);
  const groups = metadata.row_groups.length;
  const written = metadata.created_by === undefined ? '' : `, written by ${metadata.created_by}`;
  const reason = `the first bytes say so; ${Number(metadata.num_rows).toLocaleString('en-US')} rows in ${groups} row group${groups === 1 ? '' : 's'}${written}`;
  return {
    decisions: [{ name: 'container', value: 'Parquet', reason, guess: false }],
    slices: textOf(file, metadata, columns),
  };
}

/**
 * The names of the columns. The first one of a file that Tapedeck wrote (`src/library/export-parquet.ts`) says what its rows are, as in
 * `Tapedeck Parquet 1m bar start`; its key has that as `{"kind":"bars","interval":"1m"}`.
 */
function namesOf(metadata: FileMetaData, columns: readonly Column[]): string[] {
  // The index of a table that pandas wrote has no name of its own.
  const names = columns.map(({ name }) => (name === '__index_level_0__' ? '' : name.replace(/[\t\r\n"]/g, ' ')));
  const facts = metadata.key_value_metadata?.find(({ key }) => key === 'tapedeck')?.value;
  const [, kind, interval] = /^\{"kind":"(bars|quotes|ticks)"(?:,"interval":"(\d+[smhd])")?\}$/.exec(facts ?? '') ?? [];
  if (kind === undefined || names[0] !== 'time') return names;
  const what = kind === 'bars' ? `${interval} bar start` : `${kind.slice(0, -1)} time`;
  return [`Tapedeck Parquet ${what}`, ...names.slice(1)];
}

async function buffered(
  { size, name, isPacked, open }: ByteSource,
  onBytes: (bytes: number) => void,
): Promise<AsyncBuffer> {
  if (isPacked && size > mostHeldBytes)
    throw new FileFault(
      'is a Parquet file in an archive, and too large to be read there; unpack it, and import it by itself',
    );
  const read = async (from: number, to: number): Promise<ArrayBuffer> => {
    const bytes = await whole(open(from, to));
    onBytes(bytes.length);
    return bytes.buffer as ArrayBuffer;
  };
  const held = isPacked ? await read(0, size) : null;
  return {
    byteLength: size,
    slice: (from, to = size) => {
      if (from < 0) throw new FileFault(`is a Parquet file that is cut short or damaged. Fetch ${name} again`);
      return held === null ? read(from, to) : held.slice(from, to);
    },
  };
}

/** The columns that hold one value a row. */
function columnsOf(metadata: FileMetaData): Column[] {
  const leaves = parquetSchema(metadata).children.filter(
    ({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED',
  );
  if (leaves.length === 0) throw new FileFault('is a Parquet file without a column of single values');
  return leaves.map(({ element }) => ({ name: element.name, write: cellWriter(element) }));
}

async function* textOf(file: AsyncBuffer, metadata: FileMetaData, columns: readonly Column[]): ByteSlices {
  yield utf8Of(`${namesOf(metadata, columns).join('\t')}\n`);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (rows * columns.length > mostValues)
      throw new FileFault(
        `has a row group of ${rows.toLocaleString('en-US')} rows, which do not fit into memory; write it with smaller ones`,
      );
    const values = await asFault(() => groupOf(file, metadata, columns, rowStart, rows));
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const lines: string[] = [];
      for (let row = from; row < Math.min(rows, from + rowsAtOnce); row++)
        lines.push(columns.map(({ write }, i) => write(values[i]![row])).join('\t'));
      yield utf8Of(`${lines.join('\n')}\n`);
    }
    rowStart += rows;
  }
}

/** The values of a row group by column. */
async function groupOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly Column[],
  rowStart: number,
  rows: number,
): Promise<unknown[][]> {
  const values = columns.map(() => new Array<unknown>(rows));
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  const onChunk = ({ columnName, columnData, rowStart: first }: ColumnData): void => {
    const column = values[places.get(columnName)!]!;
    for (let i = 0; i < columnData.length; i++) {
      const row = first - rowStart + i;
      if (row >= 0 && row < rows) column[row] = columnData[i];
    }
  };
  const names = columns.map(({ name }) => name);
  await parquetRead({
    ...{ file, metadata, compressors, parsers, onChunk, columns: names },
    ...{ rowStart, rowEnd: rowStart + rows, geoparquet: false },
  });
  return values;
}

/** What goes wrong in the reader is a fault of the file. */
async function asFault<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileFault(`is a Parquet file that cannot be read: ${reason}`, { cause: error });
  }
}

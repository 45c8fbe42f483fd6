import { blobOf } from './blob-of.ts';
import { csvOf } from './export-csv.ts';
import type { KeepOptions } from './keep.ts';
import type { Manifest } from './manifest.ts';
import type { ChunkReader } from './stored-rows.ts';

/** What a dataset can be exported as. An import of each has the dataset's sha256. */
export type ExportFormat = 'csv' | 'csv.gz' | 'parquet';

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  'csv.gz': 'application/gzip',
  parquet: 'application/vnd.apache.parquet',
};

/** The bytes of the export, in pieces. Rejects, naming the symbol, when a chunk cannot be read. */
export function exportOf(
  manifest: Manifest,
  format: ExportFormat,
  store: ChunkReader,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (format === 'parquet') return parquet(manifest, store);
  const csv = csvOf(manifest, store);
  return format === 'csv' ? csv : gzipped(csv);
}

/** The export as a file; `onBars` hears of the bars that were read. */
export function exportBlob(
  manifest: Manifest,
  format: ExportFormat,
  store: ChunkReader,
  options: KeepOptions,
): Promise<Blob> {
  let bars = 0;
  const counting: ChunkReader = {
    async chunk(dataset, symbol, chunk) {
      const bytes = await store.chunk(dataset, symbol, chunk);
      options.onBars?.((bars += manifest.symbols[symbol]!.chunks[chunk]!.bars));
      return bytes;
    },
  };
  return blobOf(exportOf(manifest, format, counting), exportTypes[format], options);
}

async function* parquet(manifest: Manifest, store: ChunkReader): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { parquetOf } = await import('./export-parquet.ts');
  yield* parquetOf(manifest, store);
}

async function* gzipped(bytes: AsyncGenerator<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
  const reader = source.pipeThrough(new CompressionStream('gzip')).getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read())
      yield read.value as Uint8Array<ArrayBuffer>;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

import type { Adjustments } from '../bars/adjustment.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import { recordFields } from '../bars/records.ts';
import { blockRows } from '../intake/dataset-hash.ts';
import type { FlagCounts } from '../intake/flag.ts';
import type { Breathe, CancelSignal, IntakeResult, RecordResult } from '../intake/result.ts';
import { throwIfCancelled } from '../intake/result.ts';
import { PresenceBuilder } from '../quality/presence.ts';
import { instant } from '../time/instant.ts';
import type { SymbolBars, SymbolRecords } from '../intake/series.ts';
import { turnMs } from './breathe.ts';
import { ChunkStream } from './chunk-stream.ts';
import type { EncodedChunk } from './encode.ts';
import type { ChunkEntry, Manifest, SymbolEntry } from './manifest.ts';
import { settleName } from './names.ts';
import type { Rows } from './rows.ts';
import { addChunk, presenceList, presenceMsOf } from './presence-pages.ts';
import { importFailure } from './storage-error.ts';
import { StoreQueue } from './store-queue.ts';
import type { BarStore } from './store.ts';

export interface KeepOptions {
  /** Epoch milliseconds by the clock of the machine. */
  now(): number;
  newId(): string;
  breathe: Breathe;
  signal?: CancelSignal | undefined;
  /** What was chosen for the import, to be kept with the dataset. */
  choices?: IntakeChoices | undefined;
  /** Lists that were kept under the id already, with the numbers of their pages; and what is suspicious about the bars. */
  pages?: Readonly<Record<string, number>> | undefined;
  flags?: FlagCounts | undefined;
  /** Splits and dividends of the symbols. */
  adjustments?: Adjustments | undefined;
  /** Free bytes as the browser reports them, for the message when storage is full. */
  freeBytes?: (() => Promise<number | undefined>) | undefined;
  /** Bars whose chunks are encoded so far. */
  onBars?: ((bars: number) => void) | undefined;
  /** Runs the storing while others can see that the import `id` lives. */
  holding?: (<T>(id: string, work: () => Promise<T>) => Promise<T>) | undefined;
}

/**
 * Stores what intake read as a dataset and returns its manifest, or that of the dataset which has the same bars under the
 * same name. Throws the signal's reason or advice; then nothing of it is stored.
 */
export async function keepDataset(
  result: IntakeResult | RecordResult,
  sha256: string,
  wantedName: string,
  store: BarStore,
  options: KeepOptions,
): Promise<Manifest> {
  const id = options.newId();
  const holding = options.holding ?? ((_, work) => work());
  return holding(id, () => keepUnder(id, result, sha256, wantedName, store, options));
}

/** The same under an id that the caller holds, and may have staged rows under. */
export async function keepUnder(
  id: string,
  result: IntakeResult | RecordResult,
  sha256: string,
  wantedName: string,
  store: BarStore,
  options: KeepOptions,
): Promise<Manifest> {
  const progress = { bars: 0, bytes: 0 };
  try {
    const settled = settleName(wantedName, sha256, await store.list());
    if ('existing' in settled) {
      await store.discard(id);
      return settled.existing;
    }
    const symbols = await storeChunks(id, result, store, options, progress);
    throwIfCancelled(options.signal);
    return await store.commit({
      version: 1,
      id,
      name: wantedName,
      sha256,
      kind: result.kind,
      interval: result.kind === 'bars' ? result.interval : result.kind,
      symbols,
      bars: symbols.reduce((sum, { bars }) => sum + bars, 0),
      from: instant(symbols.reduce((least, { from }) => Math.min(least, from), Infinity)),
      to: instant(symbols.reduce((most, { to }) => Math.max(most, to), -Infinity)),
      bytes: progress.bytes,
      audits: result.audits,
      skipped: result.skipped,
      ...(options.choices && { choices: options.choices }),
      pages: { ...options.pages, [presenceList]: symbols.length },
      ...(options.flags && { flags: options.flags }),
      ...(options.adjustments && { adjustments: options.adjustments }),
      importedAt: options.now(),
    });
  } catch (error) {
    // A store that cannot even delete leaves chunks without a manifest: taken away at the next start.
    await store.discard(id).catch(() => undefined);
    throwIfCancelled(options.signal);
    const perBar = progress.bars === 0 ? 48 : progress.bytes / progress.bars;
    const bars = result.kind === 'bars' ? result.bars : result.records;
    throw importFailure(error, bars * perBar, await options.freeBytes?.().catch(() => undefined));
  }
}

/** What is to be stored, by symbol, encoded as it is asked for; all of one symbol before the next. */
function seriesOf(
  result: IntakeResult | RecordResult,
): { readonly name: string; readonly count: number; readonly encoded: AsyncIterable<EncodedChunk> }[] {
  // One for all: the room that it holds would be made anew for each of thousands of symbols.
  if (result.kind === 'bars') {
    const stream = new ChunkStream('bars', result.intervalMs, 6);
    return result.symbols.map((bars) => ({ name: bars.name, count: bars.count, encoded: barChunks(bars, stream) }));
  }
  const stream = new ChunkStream(result.kind, NaN, 1 + recordFields[result.kind].length);
  return result.symbols.map((records) => ({
    name: records.name,
    count: records.count,
    encoded: recordChunks(records, stream),
  }));
}

async function* barChunks({ pieces }: SymbolBars, stream: ChunkStream): AsyncGenerator<EncodedChunk, void, undefined> {
  for await (const { count, start, open, high, low, close, volume } of pieces())
    for (const rows of parts({ columns: [start, open, high, low, close, volume], count })) yield* stream.add(rows);
  yield* stream.end();
}

async function* recordChunks(
  { pieces }: SymbolRecords,
  stream: ChunkStream,
): AsyncGenerator<EncodedChunk, void, undefined> {
  for await (const { count, time, values } of pieces())
    for (const rows of parts({ columns: [time, ...values], count })) yield* stream.add(rows);
  yield* stream.end();
}

/** Rows a few at a time, as a stream keeps a copy of those that it is given. */
function* parts({ columns, count }: Rows): Generator<Rows> {
  for (let from = 0; from < count; from += blockRows) {
    const end = Math.min(from + blockRows, count);
    yield { columns: columns.map((column) => column.subarray(from, end)), count: end - from };
  }
}

/** Encodes and stores every symbol's chunks. */
async function storeChunks(
  id: string,
  result: IntakeResult | RecordResult,
  store: BarStore,
  options: KeepOptions,
  progress: { bars: number; bytes: number },
): Promise<SymbolEntry[]> {
  const entries: SymbolEntry[] = [];
  const queue = new StoreQueue(store, id);
  let turn = options.now();
  try {
    for (const [symbol, { name, count, encoded }] of seriesOf(result).entries()) {
      const chunks: ChunkEntry[] = [];
      const presence = new PresenceBuilder(presenceMsOf(result));
      for await (const { bytes, from, to, bars } of encoded) {
        const placed = { symbol, chunk: chunks.length, bytes };
        addChunk(presence, bytes, result.kind);
        chunks.push({ from, to, bars, bytes: bytes.byteLength });
        progress.bars += bars;
        progress.bytes += bytes.byteLength;
        await queue.addChunk(placed);
        if (options.now() - turn >= turnMs) {
          options.onBars?.(progress.bars);
          await options.breathe();
          throwIfCancelled(options.signal);
          turn = options.now();
        }
      }
      const [first, last] = [chunks[0]!, chunks[chunks.length - 1]!];
      entries.push({ name, bars: count, from: first.from, to: last.to, chunks });
      queue.addPage({ list: presenceList, page: symbol, bytes: presence.finish() });
    }
    await queue.flush();
  } finally {
    // Also on the way out of a failure: a batch on its way must not arrive behind the discard.
    await queue.settled();
  }
  return entries;
}

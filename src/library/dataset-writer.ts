import { intervalMs } from '../bars/interval.ts';
import { recordFields, type DataKind } from '../bars/records.ts';
import { BlockHashes, sha256Of, type HashedSymbol } from '../intake/dataset-hash.ts';
import { Flagger } from '../intake/flags/flagger.ts';
import { throwIfCancelled } from '../intake/result.ts';
import { PresenceBuilder } from '../quality/presence.ts';
import { instant } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { ChunkStream } from './chunk-stream.ts';
import { turnMs } from './breathe.ts';
import type { KeepOptions } from './keep.ts';
import { flagList } from './lists.ts';
import type { ChunkEntry, Manifest, SymbolEntry } from './manifest.ts';
import { OriginNotes, originsList } from './origins.ts';
import { PageWriter } from './page-writer.ts';
import { addChunk, presenceList, presenceMsOf } from './presence-pages.ts';
import { barsOf, recordsOf, type Rows } from './rows.ts';
import { importFailure } from './storage-error.ts';
import { StoreQueue } from './store-queue.ts';
import type { BarStore } from './store.ts';

/** Rows, and where they have several sources the number of each row's. */
export interface WrittenRows extends Rows {
  readonly sources?: Uint32Array | undefined;
}

export interface WriteOptions extends KeepOptions {
  /** By whose sessions bars are looked at for what is suspicious; without one what is known of sessions is not looked for. */
  readonly market?: Calendar | undefined;
}

/** What a manifest has that only the writing tells. */
export type Written = Pick<
  Manifest,
  'sha256' | 'kind' | 'interval' | 'symbols' | 'bars' | 'from' | 'to' | 'bytes' | 'pages' | 'flags'
>;

/**
 * Writes a dataset that is made of stored ones, symbol after symbol in the order of their names, in pieces: packed, hashed and stored
 * while they come, so that no more than a symbol's open chunk is in memory. `writing` runs it.
 */
export class DatasetWriter {
  readonly kind: DataKind;
  readonly interval: string;
  /** Lists that are kept with the dataset. */
  readonly lists: PageWriter;
  private readonly queue: StoreQueue;
  private readonly options: WriteOptions;
  /** Null where these are no bars. */
  private readonly flagger: Flagger | null;
  private readonly chunks: ChunkStream;
  private readonly notes = new OriginNotes();
  private readonly hashed: HashedSymbol[] = [];
  private readonly entries: SymbolEntry[] = [];
  private hasOrigins = false;
  private turn: number;
  bars = 0;
  bytes = 0;

  constructor(id: string, kind: DataKind, interval: string, store: BarStore, options: WriteOptions) {
    this.kind = kind;
    this.interval = interval;
    this.queue = new StoreQueue(store, id);
    this.options = options;
    this.lists = new PageWriter(store, id);
    this.flagger = kind === 'bars' ? new Flagger(intervalMs(interval)!, options.market ?? null) : null;
    const values = kind === 'bars' ? 5 : recordFields[kind].length;
    this.chunks = new ChunkStream(kind, kind === 'bars' ? intervalMs(interval)! : 0, 1 + values);
    this.turn = options.now();
  }

  /** Writes the rows of a symbol; all pieces but the last are of whole blocks of the hash. One without rows is left out. */
  async symbol(name: string, pieces: AsyncIterable<WrittenRows>): Promise<void> {
    const blocks = new BlockHashes();
    const entries: ChunkEntry[] = [];
    const presence = new PresenceBuilder(presenceMsOf(this));
    const flags = this.flagger?.symbol(name);
    for await (const piece of pieces) {
      const { count, columns, sources } = piece;
      if (count === 0) continue;
      if (this.kind === 'bars') await blocks.addBars(barsOf(piece), () => this.pause());
      else await blocks.addRecords(recordsOf(piece), () => this.pause());
      flags?.add(barsOf(piece));
      if (sources) {
        this.hasOrigins = true;
        for (let row = 0; row < count; row++) this.notes.add(columns[0]![row]!, sources[row]!);
      }
      for (const chunk of this.chunks.add(piece)) await this.keep(chunk, entries, presence);
      this.bars += count;
      this.options.onBars?.(this.bars);
    }
    for (const chunk of this.chunks.end()) await this.keep(chunk, entries, presence);
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return;
    flags?.end();
    await this.keepFlags(false);
    this.queue.addPage({ list: presenceList, page: this.entries.length, bytes: presence.finish() });
    if (this.hasOrigins) this.queue.addPage({ list: originsList, page: this.entries.length, bytes: this.notes.page() });
    this.entries.push({ name, bars: blocks.count, from: first.from, to: last.to, chunks: entries });
    this.hashed.push({ name, what: this.interval, blocks });
  }

  /** What was written, once all of it is stored. Rejects when there is none. */
  async finish(): Promise<Written> {
    await this.keepFlags(true);
    await this.queue.flush();
    const { entries: symbols, kind, interval, bars, bytes } = this;
    if (symbols.length === 0) throw new Error(`there would be no ${kind} in it; choose more symbols or a longer range`);
    return {
      ...{ sha256: sha256Of(this.hashed), kind, interval, symbols, bars, bytes },
      from: instant(symbols.reduce((least, { from }) => Math.min(least, from), Infinity)),
      to: instant(symbols.reduce((most, { to }) => Math.max(most, to), -Infinity)),
      pages: {
        ...this.lists.counts,
        ...{ [presenceList]: symbols.length, ...(this.hasOrigins && { [originsList]: symbols.length }) },
      },
      ...(this.flagger && { flags: this.flagger.counts }),
    };
  }

  /** Resolves when nothing is on its way to the store any more, stored or not. */
  settled(): Promise<void> {
    return this.queue.settled();
  }

  private async keep(
    chunk: { bytes: Uint8Array } & Omit<ChunkEntry, 'bytes'>,
    entries: ChunkEntry[],
    presence: PresenceBuilder,
  ): Promise<void> {
    const { bytes, from, to, bars } = chunk;
    addChunk(presence, bytes, this.kind);
    const placed = { symbol: this.entries.length, chunk: entries.length, bytes };
    entries.push({ from, to, bars, bytes: bytes.byteLength });
    this.bytes += bytes.byteLength;
    await this.queue.addChunk(placed);
    await this.pause();
  }

  private async keepFlags(isLast: boolean): Promise<void> {
    if (this.flagger) await this.lists.keep(flagList, this.flagger.pages.take(isLast));
  }

  private async pause(): Promise<void> {
    if (this.options.now() - this.turn < turnMs) return;
    await this.options.breathe();
    throwIfCancelled(this.options.signal);
    this.turn = this.options.now();
  }
}

/**
 * Writes a dataset and makes it exist: `write` fills it, `manifestOf` says the rest of the manifest and, where it takes the place of
 * another, whose. Throws the signal's reason or advice; then nothing of it is stored. Returns the dataset of the same bars where there
 * is one under the same name.
 */
export async function writeDataset(
  kind: DataKind,
  interval: string,
  store: BarStore,
  options: WriteOptions,
  write: (writer: DatasetWriter) => Promise<void>,
  manifestOf: (written: Written) => {
    readonly manifest: Omit<Manifest, 'version' | 'id' | 'importedAt'>;
    readonly instead?: string;
  },
): Promise<{ readonly manifest: Manifest; readonly existing: boolean }> {
  const id = options.newId();
  const holding = options.holding ?? ((_, work) => work());
  return holding(id, async () => {
    const writer = new DatasetWriter(id, kind, interval, store, options);
    try {
      await write(writer);
      const written = await writer.finish();
      throwIfCancelled(options.signal);
      const { manifest, instead } = manifestOf(written);
      const stored = await store.commit({ version: 1, id, importedAt: options.now(), ...manifest }, instead);
      return { manifest: stored, existing: stored.id !== id };
    } catch (error) {
      // A batch on its way must not arrive behind the discard.
      await writer.settled();
      await store.discard(id).catch(() => undefined);
      throwIfCancelled(options.signal);
      throw importFailure(error, writer.bytes, await options.freeBytes?.().catch(() => undefined));
    }
  });
}

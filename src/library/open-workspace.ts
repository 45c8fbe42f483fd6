import * as v from 'valibot';
import { intervalMs } from '../bars/interval.ts';
import { whole } from '../intake/byte-slices.ts';
import { BlockHashes, blockRows, sha256Of, type HashedSymbol } from '../intake/dataset-hash.ts';
import { throwIfCancelled } from '../intake/result.ts';
import type { ByteSource } from '../intake/source.ts';
import { zipFiles } from '../intake/zip.ts';
import { openChunk } from './chunk.ts';
import { turnMs } from './breathe.ts';
import type { KeepOptions } from './keep.ts';
import { readManifest } from './kept-manifest.ts';
import type { Manifest } from './manifest.ts';
import { barsOf, GrowingRows, recordsOf } from './rows.ts';
import { importFailure } from './storage-error.ts';
import type { BarStore, PlacedChunk } from './store.ts';
import { barRows, recordRows } from './stored-rows.ts';
import { byteOrder, textSha256, runPath, workspaceIndex, workspaceVersion, type PageKeeps } from './workspace.ts';

/** Chunks of about this many bytes go into one transaction. */
const batchBytes = 1_000_000;
const mostIndexBytes = 16_777_216;
const mostManifestBytes = 268_435_456;
const mostRunBytes = 67_108_864;
const mostRuns = 10_000;

const index = v.object({
  format: v.literal('tapedeck workspace'),
  version: v.literal(workspaceVersion),
  byteOrder: v.picklist(['little', 'big']),
  datasets: v.array(
    v.object({
      folder: v.pipe(v.string(), v.regex(/^\d{1,6}$/)),
      name: v.string(),
      sha256: v.string(),
      manifestSha256: v.string(),
    }),
  ),
  settings: v.record(v.pipe(v.string(), v.maxLength(100)), v.pipe(v.string(), v.maxLength(2_000_000))),
  runs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostRuns)), 0),
});

/** What became of a dataset of a workspace. */
export interface OpenedDataset {
  /** As it is called in the workspace. */
  readonly name: string;
  /** The dataset here: that of the workspace, or one with the same bars that was here before. */
  readonly manifest: Manifest;
  readonly existing: boolean;
}

export interface OpenedWorkspace extends PageKeeps {
  readonly datasets: readonly OpenedDataset[];
}

type Files = Awaited<ReturnType<typeof zipFiles>>;

/**
 * Stores the datasets of a workspace that are not here yet, all of them or, when anything about the file is wrong, none. Throws an
 * error that says what is wrong, or the signal's reason.
 */
export async function openWorkspace(file: ByteSource, store: BarStore, options: KeepOptions): Promise<OpenedWorkspace> {
  const files = await zipFiles(file);
  const { datasets, settings, runs: runCount } = await indexOf(file.name, files);
  const runs = await runsIn(files, runCount);
  const listed = await store.list();
  const opened: OpenedDataset[] = [];
  const committed: string[] = [];
  let bars = 0;
  /** Each is held until all are committed. */
  const storeFrom = async (at: number): Promise<void> => {
    const entry = datasets[at];
    if (!entry) return;
    const existing = listed.find(({ sha256 }) => sha256 === entry.sha256);
    if (existing) {
      opened.push({ name: entry.name, manifest: existing, existing: true });
      return storeFrom(at + 1);
    }
    const id = options.newId();
    const holding = options.holding ?? ((_, work) => work());
    return holding(id, async () => {
      try {
        const manifest = await named(`dataset "${entry.name}"`, () =>
          storeDataset(id, entry, files, store, options, (read) => options.onBars?.((bars += read))),
        );
        await storeFrom(at + 1);
        throwIfCancelled(options.signal);
        const stored = await store.commit(manifest);
        if (stored.id === id) committed.push(id);
        opened.push({ name: entry.name, manifest: stored, existing: stored.id !== id });
      } catch (error) {
        await store.discard(id).catch(() => undefined);
        throw error;
      }
    });
  };
  try {
    await storeFrom(0);
  } catch (error) {
    for (const id of committed) await store.remove(id).catch(() => undefined);
    throwIfCancelled(options.signal);
    throw importFailure(error, file.size, await options.freeBytes?.().catch(() => undefined));
  }
  return { datasets: opened.sort((a, b) => (a.name < b.name ? -1 : 1)), settings, runs };
}

async function indexOf(name: string, files: Files): Promise<v.InferOutput<typeof index>> {
  const none = `${name} is not a workspace of Tapedeck`;
  const bytes = files.has(workspaceIndex) ? await read(files, workspaceIndex, mostIndexBytes) : undefined;
  if (!bytes) throw new Error(`${none}: it has no ${workspaceIndex}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`${none}: its ${workspaceIndex} cannot be read`, { cause: error });
  }
  const version = (parsed as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > workspaceVersion)
    throw new Error(
      `${name} was written by a newer Tapedeck (version ${version} of the file); reload this page to update it`,
    );
  const checked = v.safeParse(index, parsed);
  if (!checked.success)
    throw new Error(`${none}: ${v.getDotPath(checked.issues[0]) ?? ''} ${checked.issues[0].message}`);
  if (checked.output.byteOrder !== byteOrder())
    throw new Error(`${name} was written on a machine of another byte order; export its datasets as CSV there`);
  return checked.output;
}

/** The saved runs, whole or not at all; what is in them, the page checks. */
async function runsIn(files: Files, count: number): Promise<Blob[]> {
  const runs: Blob[] = [];
  for (let place = 0; place < count; place++) {
    const bytes = await named(`saved run ${place + 1}`, () => read(files, runPath(place), mostRunBytes));
    runs.push(new Blob([new Uint8Array(bytes)], { type: 'application/json' }));
  }
  return runs;
}

/** Stores chunks and pages of a dataset; returns the manifest that makes it exist. Throws when it is not what was written. */
async function storeDataset(
  id: string,
  entry: { readonly folder: string; readonly sha256: string; readonly manifestSha256: string },
  files: Files,
  store: BarStore,
  { now, breathe, signal }: KeepOptions,
  onBars: (bars: number) => void,
): Promise<Manifest> {
  const bytes = await read(files, `${entry.folder}/manifest.json`, mostManifestBytes);
  if (textSha256(bytes) !== entry.manifestSha256) throw new Error('its manifest has another hash than was written');
  const manifest = readManifest(bytes);
  const kind = manifest.kind ?? 'bars';
  const hashed: HashedSymbol[] = [];
  let turn = now();
  const pause = async (): Promise<void> => {
    if (now() - turn < turnMs) return;
    await breathe();
    throwIfCancelled(signal);
    turn = now();
  };
  let batch: PlacedChunk[] = [];
  let pending = 0;
  const put = async (): Promise<void> => {
    await store.putChunks(id, batch);
    batch = [];
    pending = 0;
  };
  for (const [symbol, { name, chunks }] of manifest.symbols.entries()) {
    const blocks = new BlockHashes();
    let held: GrowingRows | undefined;
    const hash = async (rows: number): Promise<void> => {
      if (!held || rows === 0) return;
      const part = { columns: held.columns, count: rows };
      if (kind === 'bars') await blocks.addBars(barsOf(part), pause);
      else await blocks.addRecords(recordsOf(part), pause);
      held.drop(rows);
    };
    const stream = chunkBytes(files, `${entry.folder}/${symbol}.chunks`, chunks);
    let place = 0;
    for await (const chunk of stream) {
      const rows = kind === 'bars' ? barRows(chunk) : recordRows(chunk, kind);
      const told = chunks[place]!;
      const [from, to] = [rows.columns[0]![0], rows.columns[0]![rows.count - 1]];
      const isTold = rows.count === told.bars && from === told.from && to === told.to;
      if (!isTold || (kind === 'bars' && openChunk(chunk).intervalMs !== intervalMs(manifest.interval)))
        throw new Error(`chunk ${place} of ${name} is not the one that its manifest tells of`);
      batch.push({ symbol, chunk: place, bytes: chunk });
      pending += chunk.length;
      if (pending >= batchBytes) await put();
      held ??= new GrowingRows(rows.columns.length, 2 * blockRows);
      held.add(rows);
      await hash(held.count - (held.count % blockRows));
      onBars(rows.count);
      place++;
      await pause();
    }
    await hash(held?.count ?? 0);
    hashed.push({ name, what: manifest.interval, blocks });
  }
  await put();
  if (sha256Of(hashed) !== entry.sha256 || entry.sha256 !== manifest.sha256)
    throw new Error(`its bars have another hash than ${entry.sha256}`);
  for (const [list, count] of Object.entries(manifest.pages ?? {}))
    for (let page = 0; page < count; page++) {
      const path = `${entry.folder}/${list}.${page}.page`;
      await store.putPages(id, [{ list, page, bytes: await read(files, path, mostManifestBytes) }]);
    }
  return { ...manifest, id };
}

/** The chunks of a symbol one by one. Throws when there are fewer bytes, or more, than the manifest tells. */
async function* chunkBytes(
  files: Files,
  path: string,
  chunks: readonly { readonly bytes: number }[],
): AsyncGenerator<Uint8Array> {
  const file = files.get(path);
  const expected = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  if (!file || file.size !== expected)
    throw new Error(`${path} has ${file?.size ?? 0} bytes; it must have ${expected}`);
  let place = 0;
  let chunk = new Uint8Array(chunks[0]!.bytes);
  let filled = 0;
  for await (let slice of file.open()) {
    while (slice.length > 0) {
      const taken = Math.min(slice.length, chunk.length - filled);
      chunk.set(slice.subarray(0, taken), filled);
      filled += taken;
      slice = slice.subarray(taken);
      if (filled < chunk.length) continue;
      yield chunk;
      place++;
      chunk = new Uint8Array(chunks[place]?.bytes ?? 0);
      filled = 0;
    }
  }
}

async function read(files: Files, path: string, mostBytes: number): Promise<Uint8Array> {
  const file = files.get(path);
  if (!file) throw new Error(`${path} is missing`);
  if (file.size > mostBytes) throw new Error(`${path} has ${file.size} bytes; it may have ${mostBytes}`);
  return whole(file.open());
}

/** Does work on a part of the workspace; what fails says that the part is damaged. */
async function named<T>(part: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'Error') throw error;
    throw new Error(`the ${part} of the workspace is damaged: ${error.message}`, { cause: error });
  }
}

import { barColumns } from '../../src/bars/columns.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { datasetSha256 } from '../../src/intake/dataset-hash.ts';
import type { ByteSource } from '../../src/intake/source.ts';
import { openChunk } from '../../src/library/chunk.ts';
import { importFiles, type ImportSummary } from '../../src/library/import.ts';
import { IndexedDbStore, databaseName } from '../../src/library/indexeddb-store.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { FaultyIndexedDb, type Fault } from './faulty-indexeddb.ts';

const minute = 60_000;
const breathe = () => Promise.resolve();
/** After so many faults an import that was absent is done again, without one. */
const again = 5;

/** What came of imports with a fault at the n-th call of storage, for every n. */
export interface FaultyImports {
  /** Imports until one met no fault any more. */
  readonly imports: number;
  /** Those after which the dataset was there. */
  readonly whole: number;
  /** All that was not as it should be, in words. */
  readonly wrong: readonly string[];
}

/**
 * Imports a small folder beside a dataset that is there, into the IndexedDB of the platform, the n-th call of storage failing, for every
 * n; and looks after each whether the import is whole or absent, the other dataset untouched, and nothing left over.
 */
export async function faultyImports(fault: Fault): Promise<FaultyImports> {
  const wrong: string[] = [];
  let whole = 0;
  const first = new IndexedDbStore();
  const { manifest: before } = await imported(first, 'before', 1);
  await first.close();
  for (let n = 1; ; n++) {
    const store = new IndexedDbStore();
    await store.opened();
    const faulty = new FaultyIndexedDb(n, fault);
    const outcome = await imported(store, 'A', 2).then(
      ({ manifest }) => manifest,
      (error: unknown) => error as Error,
    );
    faulty.restore();
    await store.close();
    const found = await lookAt(before, outcome, fault);
    if (found.manifest) whole++;
    wrong.push(...found.wrong.map((what) => `${fault} at call ${n}: ${what}`));
    if (!faulty.happened) return { imports: n, whole, wrong };
    await clean(found.manifest, n % again === 0);
  }
}

/** The next start of a browser's library, and what it finds. */
async function lookAt(
  before: Manifest,
  outcome: Manifest | Error,
  fault: Fault,
): Promise<{ manifest: Manifest | undefined; wrong: string[] }> {
  const wrong: string[] = [];
  const store = new IndexedDbStore();
  for (const id of await store.unfinished()) await store.discard(id);
  const listed = await store.list();
  const manifest = listed.find(({ name }) => name === 'A');
  if (!(outcome instanceof Error)) {
    if (JSON.stringify(manifest) !== JSON.stringify(outcome))
      wrong.push('an import that succeeded is not listed as it was told');
  } else if (fault === 'is over quota' && !outcome.message.startsWith('storage is full'))
    wrong.push(`the error is "${outcome.message}"`);
  if (listed.length !== (manifest ? 2 : 1)) wrong.push(`there are ${listed.map(({ name }) => name).join(', ')}`);
  const other = listed.find(({ name }) => name === 'before');
  if (JSON.stringify(other) !== JSON.stringify(before)) wrong.push('the other dataset has changed');
  for (const each of listed)
    if ((await storedSha256(store, each)) !== each.sha256) wrong.push(`${each.name} has other bars than its hash`);
  const records = listed.reduce((sum, each) => sum + recordsOf(each), 0);
  const stored = await countRecords();
  if (stored !== records) wrong.push(`${stored} chunks and pages are stored, ${records} belong to datasets`);
  await store.close();
  return { manifest, wrong };
}

/** Takes the dataset away; where it is absent, and that is asked for, it is imported before. */
async function clean(found: Manifest | undefined, isImported: boolean): Promise<void> {
  if (!found && !isImported) return;
  const store = new IndexedDbStore();
  const manifest = found ?? (await imported(store, 'A', 2)).manifest;
  await store.remove(manifest.id);
  await store.close();
}

/** Files of bars of many months, each of which has some of every month, so that their runs are to be merged. */
function files(name: string, seed: number): ByteSource[] {
  return [0, 1, 2].map((part) => {
    const lines = Array.from({ length: 24 }, (_, i) => {
      const at = Date.UTC(2020, 0, 1) + (i * 3 + part) * 997 * minute;
      return `${new Date(at).toISOString()},${i % 2 ? 'A' : 'B'},${[5, 9, 1, 5].map((price) => price + seed / 10).join()},${i % 9}`;
    });
    const text = ['timestamp,symbol,open,high,low,close,volume', ...lines, ''].join('\n');
    const bytes = new TextEncoder().encode(text);
    return {
      ...{ name: `${name}/${part}.csv`, size: bytes.length },
      async *open(from = 0, to = bytes.length) {
        yield bytes.subarray(from, to);
      },
    };
  });
}

let ids = 0;
function imported(store: IndexedDbStore, name: string, seed: number): Promise<ImportSummary> {
  return importFiles(files(name, seed), defaultChoices, store, {
    now: () => 0,
    newId: () => `id ${ids++}`,
    breathe,
    onProgress: () => undefined,
    heldRows: 1,
  });
}

/** The hash of what is stored, read chunk by chunk. */
export async function storedSha256(store: IndexedDbStore, { id, symbols, interval }: Manifest): Promise<string> {
  const all = [];
  for (const [s, { name, bars, chunks }] of symbols.entries()) {
    const columns = barColumns(bars);
    for (let c = 0; c < chunks.length; c++) {
      const chunk = openChunk(await store.chunk(id, s, c));
      for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, columns, columns.count);
    }
    all.push({ name, interval, columns });
  }
  return datasetSha256(all, breathe);
}

/** Chunks and pages that belong to a dataset. */
export function recordsOf({ symbols, pages }: Manifest): number {
  const lengths = [...symbols.map(({ chunks }) => chunks.length), ...Object.values(pages ?? {})];
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** All chunks and pages that the database has. */
async function countRecords(): Promise<number> {
  const open = indexedDB.open(databaseName);
  const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
  const request = db.transaction('chunks').objectStore('chunks').count();
  const count = await new Promise<number>((resolve) => (request.onsuccess = () => resolve(request.result)));
  db.close();
  return count;
}

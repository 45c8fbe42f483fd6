/**
 * Datasets in IndexedDB. Two stores: `datasets` (key: id) holds manifests, `chunks` (key: dataset, symbol, chunk) bytes; the pages
 * of what else belongs to a dataset lie behind its chunks (key: dataset, list, page), as names sort after numbers, and rows that
 * an import has staged in front of them, under the symbol -1.
 *
 * Invariant: a dataset exists when its manifest does, and the transaction that writes the manifest is the last of an
 * import. Chunks without a manifest belong to an import that runs (it holds the lock `tapedeck-import-<id>`) or has died; those
 * whose manifest says that it was replaced are there for runs that read them (each holds the lock `tapedeck-reads-<id>`).
 * Invariant: a call resolves on the completion of its transaction, never on a request's success: Chromium reports
 * success for puts over quota and aborts afterwards.
 */
import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';
import { openDB } from 'idb';
import { described, isListed, type Manifest, type Told } from './manifest.ts';
import { missingChunk, missingDataset, missingPage } from './memory-store.ts';
import { byName, checkedName, placeOf } from './names.ts';
import type { BarStore, PlacedChunk, PlacedPage } from './store.ts';

interface Schema extends DBSchema {
  datasets: { key: string; value: Manifest };
  chunks: { key: [dataset: string, symbolOrList: number | string, place: number]; value: Uint8Array };
}

export const databaseName = 'tapedeck';
const databaseVersion = 1;
/** Safari has been seen never to answer `open`; another tab can block it. */
const openTimeoutMs = 10_000;

export class IndexedDbStore implements BarStore {
  private database: Promise<IDBPDatabase<Schema>> | undefined;
  private supplanted = false;
  private reading: { readonly db: unknown; readonly store: IDBPObjectStore<Schema, ['chunks'], 'chunks'> } | undefined;

  /** Resolves when the browser has opened its storage; rejects when it does not. */
  async opened(): Promise<void> {
    await this.connection();
  }

  async list(): Promise<Manifest[]> {
    return (await this.all()).filter(isListed).sort(byName);
  }

  all(): Promise<Manifest[]> {
    return this.use((db) => wholly(db.transaction('datasets'), (tx) => tx.store.getAll()));
  }

  putChunks(dataset: string, chunks: readonly PlacedChunk[]): Promise<void> {
    return this.put(chunks.map(({ symbol, chunk, bytes }) => ({ key: [dataset, symbol, chunk], bytes })));
  }

  putPages(dataset: string, pages: readonly PlacedPage[]): Promise<void> {
    return this.put(pages.map(({ list, page, bytes }) => ({ key: [dataset, list, page], bytes })));
  }

  async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    const bytes = await this.use((db) => this.reads(db).get([dataset, symbol, chunk]));
    if (!bytes) throw missingChunk(dataset, symbol, chunk);
    return bytes;
  }

  addPages(dataset: string, list: string, pages: readonly Uint8Array[]): Promise<Manifest> {
    return this.use((db) =>
      wholly(db.transaction(['datasets', 'chunks'], 'readwrite'), async (tx) => {
        const [datasets, chunks] = [tx.objectStore('datasets'), tx.objectStore('chunks')];
        const manifest = await datasets.get(dataset);
        if (!manifest) throw missingDataset(dataset);
        const known = { ...manifest, pages: { ...manifest.pages, [list]: pages.length } };
        await settled(tx.done, [
          ...pages.map((bytes, page) => () => chunks.put(bytes, [dataset, list, page])),
          () => datasets.put(known, dataset),
        ]);
        return known;
      }),
    );
  }

  async page(dataset: string, list: string, page: number): Promise<Uint8Array> {
    const bytes = await this.use((db) => this.reads(db).get([dataset, list, page]));
    if (!bytes) throw missingPage(dataset, list, page);
    return bytes;
  }

  commit(manifest: Manifest, instead?: string): Promise<Manifest> {
    return this.use((db) =>
      // Strict: the disk has the dataset when the page says so; once an import costs nothing.
      wholly(db.transaction(['datasets', 'chunks'], 'readwrite', { durability: 'strict' }), async (tx) => {
        const datasets = tx.objectStore('datasets');
        const chunks = tx.objectStore('chunks');
        const others = (await datasets.getAll()).filter(isListed);
        const stored = await chunks.count(committedOf(manifest.id));
        const replaced = others.find(({ id }) => id === instead);
        if (instead !== undefined && !replaced) throw missingDataset(instead);
        const answer = placeOf(manifest, others, replaced);
        if ('existing' in answer) {
          await settled(tx.done, [() => chunks.delete(allOf(manifest.id))]);
          return answer.existing;
        }
        const pages = Object.values(manifest.pages ?? {}).reduce((sum, count) => sum + count, 0);
        const expected = manifest.symbols.reduce((sum, symbol) => sum + symbol.chunks.length, pages);
        if (stored !== expected)
          throw new Error(
            `${stored} of ${expected} chunks and pages of "${manifest.name}" are in the library; import it again`,
          );
        const puts = [answer.placed, ...(replaced ? [{ ...replaced, replacedBy: manifest.id }] : [])];
        await settled(tx.done, [
          ...puts.map((each) => () => datasets.put(each, each.id)),
          () => chunks.delete(stagedOf(manifest.id)),
        ]);
        return answer.placed;
      }),
    );
  }

  rename(dataset: string, name: string): Promise<Manifest> {
    return this.change(dataset, (manifest, listed) => ({ ...manifest, name: checkedName(dataset, name, listed) }));
  }

  describe(dataset: string, told: Told): Promise<Manifest> {
    return this.change(dataset, (manifest) => described(manifest, told));
  }

  remove(dataset: string): Promise<void> {
    return this.use((db) =>
      wholly(db.transaction(['datasets', 'chunks'], 'readwrite'), (tx) =>
        settled(tx.done, [
          () => tx.objectStore('datasets').delete(dataset),
          () => tx.objectStore('chunks').delete(allOf(dataset)),
        ]),
      ),
    );
  }

  discard(dataset: string): Promise<void> {
    return this.use((db) =>
      wholly(db.transaction(['datasets', 'chunks'], 'readwrite'), async (tx) => {
        const manifest = await tx.objectStore('datasets').get(dataset);
        const isKept = manifest !== undefined && isListed(manifest);
        await settled(
          tx.done,
          isKept
            ? []
            : [() => tx.objectStore('datasets').delete(dataset), () => tx.objectStore('chunks').delete(allOf(dataset))],
        );
      }),
    );
  }

  /** Ids under which chunks are stored without a dataset that is listed: imports that run, or died, and what was replaced. */
  unfinished(): Promise<string[]> {
    return this.use((db) =>
      wholly(db.transaction(['datasets', 'chunks']), async (tx) => {
        const ids: string[] = [];
        // One step a dataset: an array sorts after numbers and texts.
        const beyond = (id: string) => IDBKeyRange.lowerBound([id, []]);
        let key = await tx.objectStore('chunks').getKey(IDBKeyRange.lowerBound([]));
        while (key) {
          const [id] = key;
          const manifest = await tx.objectStore('datasets').get(id);
          if (!manifest || !isListed(manifest)) ids.push(id);
          key = await tx.objectStore('chunks').getKey(beyond(id));
        }
        return ids;
      }),
    );
  }

  /** Closes the connection; the next call opens it again. */
  async close(): Promise<void> {
    const database = this.database;
    this.database = undefined;
    (await database)?.close();
  }

  /** Writes the manifest of a listed dataset anew, in one step. */
  private change(
    dataset: string,
    changed: (manifest: Manifest, listed: readonly Manifest[]) => Manifest,
  ): Promise<Manifest> {
    return this.use((db) =>
      wholly(db.transaction('datasets', 'readwrite'), async (tx) => {
        const listed = (await tx.store.getAll()).filter(isListed);
        const manifest = listed.find(({ id }) => id === dataset);
        if (!manifest) throw missingDataset(dataset);
        const written = changed(manifest, listed);
        await settled(tx.done, [() => tx.store.put(written, dataset)]);
        return written;
      }),
    );
  }

  private put(values: readonly { readonly key: Schema['chunks']['key']; readonly bytes: Uint8Array }[]): Promise<void> {
    return this.use((db) =>
      wholly(db.transaction('chunks', 'readwrite'), (tx) =>
        settled(
          tx.done,
          values.map(
            ({ key, bytes }) =>
              () =>
                tx.store.put(bytes, key),
          ),
        ),
      ),
    );
  }

  /** Runs `work`; once more on a new connection when the browser has dropped the old one. */
  private async use<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const db = await this.connection();
    try {
      return await work(db);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError') || this.supplanted) throw error;
      this.database = undefined;
      return await work(await this.connection());
    }
  }

  /**
   * The store of chunks in a transaction that the reads of one task share: a transaction for each of a hundred symbols' chunks
   * costs more than reading them. A transaction takes requests until the microtasks it was made among are done; it is forgotten
   * before that.
   */
  private reads(db: IDBPDatabase<Schema>): IDBPObjectStore<Schema, ['chunks'], 'chunks'> {
    if (this.reading?.db === db) return this.reading.store;
    const tx = db.transaction('chunks');
    tx.done.catch(heard);
    const { store } = tx;
    this.reading = { db, store };
    queueMicrotask(() => (this.reading = undefined));
    return store;
  }

  private connection(): Promise<IDBPDatabase<Schema>> {
    if (this.supplanted) throw new Error('Tapedeck was updated in another tab; reload this one');
    return (this.database ??= this.open().catch((error: unknown) => {
      this.database = undefined;
      throw error;
    }));
  }

  private async open(): Promise<IDBPDatabase<Schema>> {
    const opening = openDB<Schema>(databaseName, databaseVersion, {
      upgrade(db) {
        db.createObjectStore('datasets');
        db.createObjectStore('chunks');
      },
      blocking: () => {
        this.supplanted = true;
        void opening.then((db) => db.close());
      },
      terminated: () => (this.database = undefined),
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        void opening.then(
          (db) => db.close(),
          () => undefined,
        );
        reject(new Error('the browser did not open its storage in 10 s; close other tabs of Tapedeck and reload'));
      }, openTimeoutMs);
    });
    try {
      return await Promise.race([opening, late]);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new Error(
        `the browser cannot open its storage (${error.name}: ${error.message}); allow site data for this page, or reload`,
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A failure is heard elsewhere too; here it must not be an unhandled one. */
function heard(): void {
  // Nothing is left to do.
}

/** Runs `work` in a transaction, and aborts that when it fails, so that nothing of it is stored. */
async function wholly<Transaction extends { abort(): void; readonly done: Promise<void> }, T>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  tx.done.catch(heard);
  try {
    return await work(tx);
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
}

/**
 * Makes requests and waits for their transaction's completion. The first failure of a request is the reason when there is one: the
 * transaction's own is then only "aborted" (Firefox).
 */
async function settled(done: Promise<void>, asks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const requests = asks.map((ask) => {
    const request = ask();
    request.catch(heard);
    return request;
  });
  await Promise.all([...requests, done]);
}

/** The chunks and pages of a dataset: an array sorts after numbers and texts. */
function allOf(dataset: string): IDBKeyRange {
  return IDBKeyRange.bound([dataset], [dataset, []]);
}

/** The same without what is staged. */
function committedOf(dataset: string): IDBKeyRange {
  return IDBKeyRange.bound([dataset, 0], [dataset, []]);
}

function stagedOf(dataset: string): IDBKeyRange {
  return IDBKeyRange.bound([dataset], [dataset, 0], false, true);
}

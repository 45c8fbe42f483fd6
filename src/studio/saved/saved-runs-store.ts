import type { DBSchema } from 'idb';
import { PageDatabase } from '../page-database.ts';
import { longestName, readSavedRun, type SavedRun } from './saved-run.ts';

interface Schema extends DBSchema {
  /** What is listed, by a number that the browser gives. */
  runs: { key: number; value: unknown };
  /** The text of a run's report, under the number of the run. */
  reports: { key: number; value: unknown };
}

/** A record of the storage: a run, or one that cannot be read, and why. */
export type StoredRun = { readonly key: number } & (
  { readonly ok: true; readonly run: SavedRun } | { readonly ok: false; readonly message: string }
);

/** The runs that were kept under a name, in a database of their own. Every call rejects where the browser keeps nothing. */
export class SavedRunsStore {
  readonly #database = new PageDatabase<Schema>('tapedeck-saved-runs', (database) => {
    database.createObjectStore('runs', { autoIncrement: true });
    database.createObjectStore('reports');
  });

  /** In the order in which they were kept. */
  async list(): Promise<readonly StoredRun[]> {
    const transaction = (await this.#database.open()).transaction('runs');
    const [keys, records] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
    return keys.map((key, i) => ({ key, ...readSavedRun(records[i]) }));
  }

  /** Keeps a run with its report, both or neither. Rejects with advice where its name is taken. */
  async add(run: SavedRun, report: string): Promise<void> {
    const transaction = (await this.#database.open()).transaction(['runs', 'reports'], 'readwrite');
    const runs = transaction.objectStore('runs');
    refuseTaken(run.name, await runs.getAll());
    const key = await runs.add(run);
    await transaction.objectStore('reports').put(report, key);
    await transaction.done;
  }

  /** Rejects with advice where the name is taken, or the run is gone. */
  async rename(key: number, name: string): Promise<void> {
    const { store, done } = (await this.#database.open()).transaction('runs', 'readwrite');
    const read = readSavedRun(await store.get(key));
    if (!read.ok) throw new Error('The run is not there any more: it was deleted in another tab');
    if (read.run.name !== name) refuseTaken(name, await store.getAll());
    await store.put({ ...read.run, name } satisfies SavedRun, key);
    await done;
  }

  async remove(key: number): Promise<void> {
    const transaction = (await this.#database.open()).transaction(['runs', 'reports'], 'readwrite');
    await Promise.all([
      transaction.objectStore('runs').delete(key),
      transaction.objectStore('reports').delete(key),
      transaction.done,
    ]);
  }

  /** All that is kept, also what cannot be read, one run after the other in the order in which they were kept. */
  async *whole(): AsyncGenerator<{ readonly run: unknown; readonly report: unknown }> {
    const database = await this.#database.open();
    for (const key of await database.getAllKeys('runs')) {
      const transaction = database.transaction(['runs', 'reports']);
      const [run, report] = await Promise.all([
        transaction.objectStore('runs').get(key),
        transaction.objectStore('reports').get(key),
      ]);
      // Another tab may have deleted it meanwhile.
      if (run !== undefined) yield { run, report };
    }
  }

  /** Keeps a run that was kept elsewhere, under a name like its own that is free. Returns that name; undefined where it is here already. */
  async take(run: SavedRun, report: string): Promise<string | undefined> {
    const transaction = (await this.#database.open()).transaction(['runs', 'reports'], 'readwrite');
    const runs = transaction.objectStore('runs');
    const here = (await runs.getAll()).map(readSavedRun).flatMap((read) => (read.ok ? [read.run] : []));
    if (here.some(({ savedAt, fingerprint }) => savedAt === run.savedAt && fingerprint === run.fingerprint))
      return undefined;
    const names = new Set(here.map(({ name }) => name));
    let name = run.name;
    for (let n = 2; names.has(name); n++) name = `${run.name.slice(0, longestName - 1 - String(n).length)} ${n}`;
    const key = await runs.add({ ...run, name } satisfies SavedRun);
    await transaction.objectStore('reports').put(report, key);
    await transaction.done;
    return name;
  }

  /** The text of a run's report; rejects where there is none. */
  async report(key: number): Promise<string> {
    const text = await (await this.#database.open()).get('reports', key);
    if (typeof text !== 'string') throw new Error('its report is missing');
    return text;
  }
}

function refuseTaken(name: string, records: readonly unknown[]): void {
  const isTaken = records.some((record) => {
    const read = readSavedRun(record);
    return read.ok && read.run.name === name;
  });
  if (isTaken) throw new Error(`A run is kept as “${name}” already: choose another name, or rename that one`);
}

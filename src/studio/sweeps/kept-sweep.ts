import type { DBSchema } from 'idb';
import type { SweepRow } from '../../sweep/row.ts';
import type { Sweep } from '../../sweep/sweep.ts';
import { PageDatabase } from '../page-database.ts';

interface Schema extends DBSchema {
  sweeps: { key: string; value: Sweep };
  /** By the id of the sweep and the number of the cell. */
  rows: { key: [string, number]; value: SweepRow };
}

/** Its only key: one sweep is kept, the latest. */
const latest = 'latest';

/** The latest sweep and the cells of it that are done, kept over reloads. Every call rejects where the browser keeps nothing. */
export class KeptSweep {
  readonly #database = new PageDatabase<Schema>('tapedeck-sweeps', (database) => {
    database.createObjectStore('sweeps');
    database.createObjectStore('rows');
  });

  /** Keeps a sweep in place of the one before. */
  async begin(sweep: Sweep): Promise<void> {
    const transaction = (await this.#database.open()).transaction(['sweeps', 'rows'], 'readwrite');
    await Promise.all([
      transaction.objectStore('rows').clear(),
      transaction.objectStore('sweeps').put(sweep, latest),
      transaction.done,
    ]);
  }

  async add({ id }: Sweep, rows: readonly SweepRow[]): Promise<void> {
    const transaction = (await this.#database.open()).transaction('rows', 'readwrite');
    await Promise.all([...rows.map((row) => transaction.store.put(row, [id, row.cell])), transaction.done]);
  }

  /** The sweep that is kept, and its rows in the order of their cells. */
  async read(): Promise<{ readonly sweep: Sweep; readonly rows: readonly SweepRow[] } | undefined> {
    const database = await this.#database.open();
    const sweep = await database.get('sweeps', latest);
    if (!sweep) return undefined;
    const rows = await database.getAll('rows', IDBKeyRange.bound([sweep.id, 0], [sweep.id, Infinity]));
    return { sweep, rows };
  }
}

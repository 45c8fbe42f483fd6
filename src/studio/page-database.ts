import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

const version = 1;

/** A database of the page, opened when it is first wanted, and again where it was taken away: another tab has a newer page, or the site's data is cleared. */
export class PageDatabase<Schema extends DBSchema> {
  readonly #name: string;
  readonly #make: (database: IDBPDatabase<Schema>) => void;
  #opened: Promise<IDBPDatabase<Schema>> | undefined;

  /** `make` makes the stores of a new one. */
  constructor(name: string, make: (database: IDBPDatabase<Schema>) => void) {
    this.#name = name;
    this.#make = make;
  }

  /** Rejects where the browser keeps nothing, and with advice where another tab has a newer page. */
  open(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= openDB<Schema>(this.#name, version, {
      upgrade: this.#make,
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
        this.#opened = undefined;
      },
      terminated: () => (this.#opened = undefined),
    }).catch((thrown: unknown) => {
      this.#opened = undefined;
      if (thrown instanceof DOMException && thrown.name === 'VersionError')
        throw new Error('Tapedeck was updated in another tab; reload this one', { cause: thrown });
      throw thrown;
    });
    return this.#opened;
  }
}

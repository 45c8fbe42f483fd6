/** What becomes of a call. */
export const faults = ['throws', 'is invalid', 'aborts', 'is over quota', 'hangs, then aborts'] as const;
export type Fault = (typeof faults)[number];

const hangMs = 5;

/** The calls by which the store reads and writes. */
const calls = ['put', 'get', 'getAll', 'getKey', 'count', 'delete'] as const;

/** Counts the calls of IndexedDB, and has the n-th of them fail. */
export class FaultyIndexedDb {
  /** Calls so far. */
  made = 0;
  /** The fault has happened. */
  happened = false;
  private readonly originals = calls.map((name) => IDBObjectStore.prototype[name]);

  constructor(n: number, fault: Fault) {
    calls.forEach((name, i) => {
      const original = this.originals[i] as (this: IDBObjectStore, ...values: unknown[]) => IDBRequest;
      const within = (): boolean => {
        this.made++;
        this.happened ||= this.made === n;
        return this.made === n;
      };
      IDBObjectStore.prototype[name] = function (this: IDBObjectStore, ...values: unknown[]) {
        if (!within()) return original.apply(this, values);
        if (fault === 'throws') throw new DOMException('the disk does not answer', 'UnknownError');
        if (fault === 'is invalid') throw new DOMException('the connection is closing', 'InvalidStateError');
        if (fault === 'is over quota') throw new DOMException('no room', 'QuotaExceededError');
        const request = original.apply(this, values);
        const { transaction } = this;
        if (fault === 'aborts') transaction.abort();
        else hang(this);
        return request;
      } as never;
    });
  }

  restore(): void {
    calls.forEach((name, i) => (IDBObjectStore.prototype[name] = this.originals[i] as never));
  }
}

/** Keeps a transaction from completing, and aborts it some time later. */
function hang(store: IDBObjectStore): void {
  let isOver = false;
  store.transaction.addEventListener('abort', () => (isOver = true));
  const again = () => {
    if (!isOver) store.openKeyCursor().addEventListener('success', again);
  };
  again();
  setTimeout(() => {
    if (!isOver) store.transaction.abort();
  }, hangMs);
}

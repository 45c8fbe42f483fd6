import { isLegible, textOf } from './platform.ts';

interface Entry<Rows> {
  readonly bytes: Uint8Array;
  readonly rows: Rows | null;
}

/** Finds the rows of a symbol from the bytes of its name, without a string a record. */
export class SymbolTable<Rows> {
  private readonly byHash = new Map<number, Entry<Rows>[]>();
  private last: Entry<Rows> | null = null;
  private readonly rowsOf: (name: string) => Rows;

  /** `rowsOf` makes the rows of a symbol that is met for the first time. */
  constructor(rowsOf: (name: string) => Rows) {
    this.rowsOf = rowsOf;
  }

  /** The rows of the symbol whose name is `bytes[from, to)`, without spaces around it and not empty; null where that is not UTF-8. */
  find(bytes: Uint8Array, from: number, to: number): Rows | null {
    const last = this.last;
    if (last !== null && isAt(last.bytes, bytes, from, to)) return last.rows;
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    let entries = this.byHash.get(hash);
    if (!entries) this.byHash.set(hash, (entries = []));
    let entry = entries.find((each) => isAt(each.bytes, bytes, from, to));
    if (!entry) {
      const text = textOf(bytes.subarray(from, to));
      entry = { bytes: bytes.slice(from, to), rows: isLegible(text) ? this.rowsOf(text) : null };
      entries.push(entry);
    }
    this.last = entry;
    return entry.rows;
  }
}

function isAt(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}

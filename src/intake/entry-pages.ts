import { textOf, utf8Of } from './platform.ts';

/** Entries of a page, all but the last one of a list. */
export const pageEntries = 500;

/** A list that may be longer than memory, packed by the page. */
export class EntryPages<Entry> {
  /** Entries that were added, and those of them that are in the pages: at most `most`. */
  added = 0;
  kept = 0;
  private readonly most: number;
  private open: Entry[] = [];
  private full: Uint8Array[] = [];

  constructor(most: number) {
    this.most = most;
  }

  /** Pages that are full and were not taken yet. */
  get waiting(): number {
    return this.full.length;
  }

  add(entry: Entry): void {
    this.added++;
    if (this.kept === this.most) return;
    this.kept++;
    this.open.push(entry);
    if (this.open.length === pageEntries) this.close();
  }

  /** The pages that are full and were not taken yet, in their order; with the last one when no entry will follow. */
  take(isLast: boolean): Uint8Array[] {
    if (isLast && this.open.length > 0) this.close();
    const taken = this.full;
    this.full = [];
    return taken;
  }

  private close(): void {
    this.full.push(utf8Of(JSON.stringify(this.open)));
    this.open = [];
  }
}

/** The entries of a page, as they were added. */
export function entriesOf<Entry>(page: Uint8Array): Entry[] {
  return JSON.parse(textOf(page)) as Entry[];
}

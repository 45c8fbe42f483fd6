import type { LeftOut } from '../intake/audit.ts';
import { heldPages, mostLeftOut } from '../intake/collector.ts';
import { EntryPages, pageEntries } from '../intake/entry-pages.ts';
import type { Flag } from '../intake/flag.ts';
import { throwIfCancelled, type Breathe, type CancelSignal } from '../intake/result.ts';
import { csvLine } from '../bars/csv-line.ts';
import type { Manifest } from './manifest.ts';
import { missingDataset } from './memory-store.ts';
import { storedEntries } from './packed-page.ts';
import type { PageWriter } from './page-writer.ts';
import type { BarStore } from './store.ts';

/** The lists of a dataset, by the names of their pages. */
export const leftOutList = 'left out';
export const flagList = 'flags';

/** A part of a list. */
export interface ListQuery {
  readonly dataset: string;
  /** Only entries with this in them, capitals aside; all where it is empty. */
  readonly wanted: string;
  /** Only of this kind; all where it is empty. */
  readonly kind: string;
  /** The first to be given of those, and how many. */
  readonly from: number;
  readonly count: number;
}

export interface ListPart<Entry> {
  /** How many entries match. */
  readonly total: number;
  readonly entries: readonly Entry[];
}

/** A record that was left out, with the name of its file. */
export interface LeftOutRow extends Omit<LeftOut, 'file'> {
  /** Of a bar that was stored before: `dataset "SPY"`. */
  readonly file: string;
}

/** Records that were left out of a dataset, in the order of its files and of their finding. Rejects when it is gone. */
export async function leftOutPart(store: BarStore, query: ListQuery): Promise<ListPart<LeftOutRow>> {
  const manifest = await manifestOf(store, query.dataset);
  const named = rowOf(manifest);
  const matches = ({ kind, reason, text, file }: LeftOutRow): boolean =>
    (query.kind === '' || kind === query.kind) && hasText(query.wanted, reason, text, file);
  return part(entriesIn<LeftOut>(store, manifest, leftOutList), query, named, matches, isAll(query));
}

/** Flags of a dataset by symbol and time. Rejects when it is gone. */
export async function flagsPart(store: BarStore, query: ListQuery): Promise<ListPart<Flag>> {
  const manifest = await manifestOf(store, query.dataset);
  const matches = ({ kind, symbol, detail }: Flag): boolean =>
    (query.kind === '' || kind === query.kind) && hasText(query.wanted, kind, symbol, detail);
  return part(entriesIn<Flag>(store, manifest, flagList), query, (flag) => flag, matches, isAll(query));
}

/** The records that were left out as a CSV: file, line, kind, reason and the record. */
export async function leftOutCsv(store: BarStore, dataset: string): Promise<Blob> {
  const manifest = await manifestOf(store, dataset);
  const named = rowOf(manifest);
  const parts = [csvLine(['file', 'line', 'kind', 'reason', 'record'])];
  for (const read of entriesIn<LeftOut>(store, manifest, leftOutList)) {
    const rows = (await read()).map(named);
    parts.push(
      rows.map(({ file, line, kind, reason, text }) => csvLine([file, line ?? '', kind, reason, text])).join(''),
    );
  }
  return new Blob(parts, { type: 'text/csv' });
}

/** What is asked of a dataset for its lists. */
export type Listing = Pick<Manifest, 'id' | 'pages' | 'audits'>;

/** The list of the records that were left out of a dataset while it is made: kept a page at a time, and at most as many as an import lists. */
export class LeftOutWriter {
  private readonly list = new EntryPages<LeftOut>(mostLeftOut);
  private readonly into: PageWriter;

  constructor(into: PageWriter) {
    this.into = into;
  }

  add(record: LeftOut): void {
    this.list.add(record);
  }

  /** Adds those of the files of several datasets, the files of all in their order. Throws the signal's reason when it was cancelled. */
  async copy(
    datasets: readonly Listing[],
    store: BarStore,
    { breathe, signal }: { readonly breathe: Breathe; readonly signal?: CancelSignal | undefined },
  ): Promise<void> {
    let filesBefore = 0;
    for (const manifest of datasets) {
      for (const read of entriesIn<LeftOut>(store, manifest, leftOutList)) {
        for (const record of await read()) {
          const { file } = record;
          this.add({ ...record, file: typeof file === 'number' ? filesBefore + file : file });
        }
        await this.keep(false);
        await breathe();
        throwIfCancelled(signal);
      }
      filesBefore += manifest.audits.length;
    }
  }

  /** Keeps what is more than memory should hold. */
  async makeRoom(): Promise<void> {
    if (this.list.waiting >= heldPages) await this.keep(false);
  }

  /** Keeps the rest. */
  end(): Promise<void> {
    return this.keep(true);
  }

  private keep(isLast: boolean): Promise<void> {
    return this.into.keep(leftOutList, this.list.take(isLast));
  }
}

async function manifestOf(store: BarStore, dataset: string): Promise<Manifest> {
  const manifest = (await store.list()).find(({ id }) => id === dataset);
  if (!manifest) throw missingDataset(dataset);
  return manifest;
}

function rowOf({ audits }: Manifest): (record: LeftOut) => LeftOutRow {
  return (record) => {
    const { file } = record;
    return { ...record, file: typeof file === 'number' ? (audits[file]?.file ?? '') : `dataset "${file}"` };
  };
}

/** The pages of a list, each read when it is called for. */
function entriesIn<Entry>(
  store: BarStore,
  { id, pages }: Pick<Manifest, 'id' | 'pages'>,
  list: string,
): (() => Promise<Entry[]>)[] {
  return Array.from(
    { length: pages?.[list] ?? 0 },
    (_, page) => async () => storedEntries<Entry>(await store.page(id, list, page)),
  );
}

function isAll({ wanted, kind }: ListQuery): boolean {
  return wanted.trim() === '' && kind === '';
}

function hasText(wanted: string, ...texts: readonly string[]): boolean {
  const part = wanted.trim().toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(part));
}

/** Where all entries are wanted, pages that have none of the part are not read but for the last, which tells the total. */
async function part<Stored, Entry>(
  pages: readonly (() => Promise<Stored[]>)[],
  { from, count }: ListQuery,
  shown: (stored: Stored) => Entry,
  matches: (entry: Entry) => boolean,
  all: boolean,
): Promise<ListPart<Entry>> {
  const entries: Entry[] = [];
  let total = 0;
  for (const [page, read] of pages.entries()) {
    const isLast = page === pages.length - 1;
    const first = page * pageEntries;
    if (all && !isLast && (first + pageEntries <= from || first >= from + count)) {
      total += pageEntries;
      continue;
    }
    for (const stored of await read()) {
      const entry = shown(stored);
      if (!all && !matches(entry)) continue;
      if (total >= from && total < from + count) entries.push(entry);
      total++;
    }
  }
  return { total, entries };
}

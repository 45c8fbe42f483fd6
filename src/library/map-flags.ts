import { pageEntries } from '../intake/entry-pages.ts';
import type { Breathe } from '../intake/result.ts';
import type { Flag, FlagKind } from '../intake/flag.ts';
import type { GridWindow } from '../quality/counts.ts';
import type { MapRow } from '../quality/map-rows.ts';
import { dayNumber } from '../time/day.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { day, type Instant } from '../time/instant.ts';
import { flagList } from './lists.ts';
import type { Manifest } from './manifest.ts';
import { storedEntries } from './packed-page.ts';
import type { BarStore } from './store.ts';

/** Signs of all bars of a symbol, which no cell shows more than another. */
const ofAll: ReadonlySet<FlagKind> = new Set(['wrong zone', 'wrong unit']);

/** A flag as the map has it: the symbol's place, and the start of the first and of the last bar that it is about. */
interface Mark {
  readonly symbol: number;
  readonly start: number;
  readonly end: number;
  /** Its place in the dataset's list. */
  readonly place: number;
}

/** The flags of a dataset that are about some of its bars. What they say stays where it is stored until somebody asks. */
export class MapFlags {
  private readonly store: BarStore;
  private readonly id: string;
  /** As the map tells times: of bars of a day the midnights of their dates. */
  private marks: readonly Mark[];
  private readonly stored: readonly Mark[];

  private constructor(store: BarStore, id: string, marks: readonly Mark[]) {
    this.store = store;
    this.id = id;
    this.marks = this.stored = marks;
  }

  static async read(store: BarStore, { id, pages, symbols }: Manifest, breathe: Breathe): Promise<MapFlags> {
    const places = new Map(symbols.map(({ name }, i) => [name, i]));
    const marks: Mark[] = [];
    for (let page = 0; page < (pages?.[flagList] ?? 0); page++) {
      const flags = await storedEntries<Flag>(await store.page(id, flagList, page));
      for (const [i, { kind, symbol, start, end }] of flags.entries())
        if (!ofAll.has(kind)) marks.push({ symbol: places.get(symbol)!, start, end, place: page * pageEntries + i });
      await breathe();
    }
    return new MapFlags(store, id, marks);
  }

  /** Tells their times as a map does. */
  layOut(byDate: boolean, zone: string): void {
    const dated = (at: number): number => dayNumber(dateOfDay(at as Instant, zone)) * day;
    this.marks = byDate
      ? this.stored.map((mark) => ({ ...mark, start: dated(mark.start), end: dated(mark.end) }))
      : this.stored;
  }

  /** How many flags of a symbol (null: of all) there are by cell of a window on rows. */
  grid(symbol: number | null, rows: readonly MapRow[], window: GridWindow): Uint32Array<ArrayBuffer> {
    const { from, columnMs, columns, target, rows: targets } = window;
    const flagged = new Uint32Array(targets * columns);
    for (const mark of this.marks) {
      if (symbol !== null && mark.symbol !== symbol) continue;
      for (let row = firstUntil(rows, mark.start); row < rows.length && rows[row]!.from <= mark.end; row++) {
        const { from: begin, until, anchor } = rows[row]!;
        const column = (at: number): number => Math.floor((at - anchor - from) / columnMs);
        const last = Math.min(columns - 1, column(Math.min(mark.end, until - 1)));
        const first = target[row]! * columns;
        for (let at = Math.max(0, column(Math.max(mark.start, begin))); at <= last; at++) flagged[first + at]!++;
      }
    }
    return flagged;
  }

  /** What the flags of a symbol (null: of all) in `[from, until)` say, at most so many of them, and how many there are. */
  async words(symbol: number | null, from: number, until: number, most: number): Promise<FlagWords> {
    const found = this.marks.filter(
      (mark) => (symbol === null || mark.symbol === symbol) && mark.start < until && mark.end >= from,
    );
    const words: string[] = [];
    for (const { place } of found.slice(0, most)) {
      const page = await storedEntries<Flag>(await this.store.page(this.id, flagList, Math.floor(place / pageEntries)));
      const { kind, symbol: name, detail } = page[place % pageEntries]!;
      words.push(`${symbol === null ? `${name}: ` : ''}${kind}, ${detail}`);
    }
    return { total: found.length, words };
  }
}

export interface FlagWords {
  readonly total: number;
  readonly words: readonly string[];
}

/** The first row that ends after a time. */
function firstUntil(rows: readonly MapRow[], at: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.until <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

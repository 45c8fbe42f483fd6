import type { Breathe } from '../intake/result.ts';
import { layOut, type LaidOut } from '../quality/calendar-rows.ts';
import { countRows, gridOf, noCounts, type MapGrid, type RowCounts } from '../quality/counts.ts';
import { eachGap } from '../quality/gaps.ts';
import { gapsCsv } from '../quality/gaps-csv.ts';
import { latticeOf, type Lattice, type MapRows } from '../quality/map-rows.ts';
import type { Presence } from '../quality/presence.ts';
import { sessionCalendar, type SessionRules } from '../time/session-calendar.ts';
import { MapFlags, type FlagWords } from './map-flags.ts';
import { missingDataset } from './memory-store.ts';
import { presencesOf } from './presence-pages.ts';
import type { BarStore } from './store.ts';

/** What a map says of a symbol as a whole. */
export interface MapSymbol {
  readonly name: string;
  /** Start of the first and of the last bar; of bars of a day the midnight of its date in UTC. */
  readonly first: number;
  readonly last: number;
  readonly expected: number;
  readonly present: number;
  readonly outside: number;
  readonly gaps: number;
}

/** A dataset under a calendar. */
export interface MapOverview extends MapRows {
  readonly calendar: string;
  readonly zone: string;
  readonly symbols: readonly MapSymbol[];
  /** The stretch of the axis of time that has slots or bars, in milliseconds from the rows' anchors. */
  readonly span: { readonly from: number; readonly until: number };
}

/** What is there of a window, and how many flags are about bars of each cell. */
export interface FlaggedGrid extends MapGrid {
  readonly flagged: Uint32Array<ArrayBuffer>;
}

/** Flags that are told of a cell in words; of more the number. */
const mostWords = 2;

/** Gaps by column, in time order by symbol: places of symbol and row, `[from, to)` in epoch milliseconds, slots. */
export interface GapColumns {
  readonly symbol: Int32Array<ArrayBuffer>;
  readonly row: Int32Array<ArrayBuffer>;
  readonly from: Float64Array<ArrayBuffer>;
  readonly to: Float64Array<ArrayBuffer>;
  readonly slots: Int32Array<ArrayBuffer>;
}

/** What of the map is in sight: rows `[first, end)`, added up by `target`, which has one entry a row of them. */
export interface MapWindow {
  readonly first: number;
  readonly end: number;
  readonly target: Int32Array<ArrayBuffer>;
  readonly targets: number;
  readonly from: number;
  readonly columnMs: number;
  readonly columns: number;
}

/** Opens the map of a dataset. Rejects where its bars are gone. */
export async function openMap(store: BarStore, id: string, breathe: Breathe): Promise<QualityMap> {
  const manifest = (await store.list()).find((each) => each.id === id);
  if (!manifest) throw missingDataset(id);
  const names = manifest.symbols.map(({ name }) => name);
  const presences = await presencesOf(store, manifest, breathe);
  return new QualityMap(manifest.interval, names, presences, await MapFlags.read(store, manifest, breathe), breathe);
}

/** The map of a dataset, under one calendar at a time. A symbol is its place in the dataset; null is all of them. */
export class QualityMap {
  private readonly interval: string;
  private readonly names: readonly string[];
  private readonly stored: readonly Presence[];
  private readonly flags: MapFlags;
  private readonly breathe: Breathe;
  private laidOut!: LaidOut;
  private lattice!: Lattice;
  private zone = 'UTC';

  constructor(
    interval: string,
    names: readonly string[],
    stored: readonly Presence[],
    flags: MapFlags,
    breathe: Breathe,
  ) {
    this.interval = interval;
    this.names = names;
    this.stored = stored;
    this.flags = flags;
    this.breathe = breathe;
  }

  /** Lays a calendar over the dataset. Rejects where the rules make none, and for bars longer than a day. */
  async under(rules: SessionRules): Promise<MapOverview> {
    const calendar = sessionCalendar(rules);
    const laidOut = layOut(calendar, this.stored);
    if (!laidOut)
      throw new Error(
        `Bars of ${this.interval} have no slots in a session; a map is made of bars of a day and shorter`,
      );
    const lattice = latticeOf(laidOut.rows);
    const span = { from: Infinity, until: -Infinity };
    const widen = (from: number, until: number): void => {
      span.from = Math.min(span.from, from);
      span.until = Math.max(span.until, until);
    };
    for (const { anchor, stretches } of laidOut.rows.rows)
      for (const { start, end } of stretches) widen(start - anchor, end - anchor);
    const symbols: MapSymbol[] = [];
    for (const [i, presence] of laidOut.presences.entries()) {
      const counts = noCounts(laidOut.rows.rows.length);
      countRows(presence, lattice, counts);
      if (counts.outsideFrom < counts.outsideUntil) widen(counts.outsideFrom, counts.outsideUntil);
      let gaps = 0;
      eachGap(presence, lattice, () => gaps++);
      symbols.push({
        name: this.names[i]!,
        first: presence.first,
        last: presence.last,
        expected: totalOf(counts.expected),
        present: totalOf(counts.present),
        outside: totalOf(counts.outside),
        gaps,
      });
      await this.breathe();
    }
    this.laidOut = laidOut;
    this.lattice = lattice;
    this.zone = calendar.zone;
    this.flags.layOut(laidOut.rows.byDate, calendar.zone);
    return { ...laidOut.rows, calendar: calendar.name, zone: calendar.zone, symbols, span };
  }

  /** What is there by row. */
  counts(symbol: number | null): RowCounts {
    const counts = noCounts(this.laidOut.rows.rows.length);
    for (const presence of this.presencesOf(symbol)) countRows(presence, this.lattice, counts);
    return counts;
  }

  /** What is there in a window. */
  grid(symbol: number | null, { first, end, targets, ...rest }: MapWindow): FlaggedGrid {
    const { rows } = this.laidOut.rows;
    const window = { ...rest, rows: targets };
    const grid = gridOf(this.presencesOf(symbol), latticeOf(this.laidOut.rows, first, end), window);
    return { ...grid, flagged: this.flags.grid(symbol, rows.slice(first, end), window) };
  }

  /** What the flags of bars that start in `[from, until)` say: some of them, and how many there are. */
  flagWords(symbol: number | null, from: number, until: number): Promise<FlagWords> {
    return this.flags.words(symbol, from, until, mostWords);
  }

  gaps(symbol: number | null): GapColumns {
    const all: number[][] = [[], [], [], [], []];
    const [places, rows, starts, ends, lengths] = all as [number[], number[], number[], number[], number[]];
    for (const [i, presence] of this.laidOut.presences.entries()) {
      if (symbol !== null && symbol !== i) continue;
      eachGap(presence, this.lattice, (row, from, to, slots) => {
        places.push(i);
        rows.push(row);
        starts.push(from);
        ends.push(to);
        lengths.push(slots);
      });
    }
    return {
      symbol: Int32Array.from(places),
      row: Int32Array.from(rows),
      from: Float64Array.from(starts),
      to: Float64Array.from(ends),
      slots: Int32Array.from(lengths),
    };
  }

  /** The gaps as a CSV file. */
  gapsCsv(symbol: number | null): string {
    return gapsCsv(this.laidOut, this.names, this.zone, symbol);
  }

  /** Names of the symbols of which a bar is expected in the slots that start in `[from, until)` of a row and not there. */
  missing(row: number, from: number, until: number): string[] {
    const lattice = latticeOf(this.laidOut.rows, row, row + 1);
    const window = { from, columnMs: until - from, columns: 1, target: Int32Array.of(0), rows: 1 };
    return this.names.filter((_, i) => {
      const { expected, present } = gridOf([this.laidOut.presences[i]!], lattice, window);
      return present[0]! < expected[0]!;
    });
  }

  private presencesOf(symbol: number | null): readonly Presence[] {
    const { presences } = this.laidOut;
    return symbol === null ? presences : [presences[symbol]!];
  }
}

function totalOf(column: Float64Array): number {
  return column.reduce((sum, each) => sum + each, 0);
}

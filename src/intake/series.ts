import type { BarColumns } from '../bars/columns.ts';
import type { RecordColumns } from '../bars/records.ts';

/**
 * What one symbol has, in time order, in pieces, so that it need not be in memory. A piece has any multiple of `blockRows`
 * rows, the last one what is left. Between two pieces their reader may wait; a piece is its own until it asks for the next.
 */
export interface Series<Columns> {
  readonly name: string;
  /** Bars or records; at least one. */
  readonly count: number;
  /** Time of the first and of the last, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** From the first piece on, whenever it is asked for. */
  pieces(): AsyncIterable<Columns>;
}

/** Bars, and of those that were read where each came from (`src/intake/origin.ts`). */
export interface ReadBars extends BarColumns {
  readonly origins?: Float64Array;
}

/** The bars of one symbol: each time once. */
export type SymbolBars = Series<ReadBars>;

/** The quotes or ticks of one symbol: those of one millisecond in the order of files and records. */
export type SymbolRecords = Series<RecordColumns>;

/** Bars that are in memory. */
export interface WholeBars extends SymbolBars {
  readonly columns: BarColumns;
}

/** Bars in memory as a series of one piece; there must be one at least. */
export function wholeBars(name: string, columns: BarColumns): WholeBars {
  return { ...pagedBars(name, [columns]), columns };
}

/** The same of pages, which are its pieces. */
export function pagedBars(name: string, pages: readonly BarColumns[]): SymbolBars {
  const last = pages[pages.length - 1]!;
  return {
    ...{ name, count: pages.reduce((sum, { count }) => sum + count, 0) },
    ...{ from: pages[0]!.start[0]!, to: last.start[last.count - 1]! },
    async *pieces() {
      yield* pages;
    },
  };
}

/** Quotes or ticks in memory as a series of one piece; there must be one at least. */
export function wholeRecords(name: string, columns: RecordColumns): SymbolRecords {
  const { count, time } = columns;
  return {
    ...{ name, count, from: time[0]!, to: time[count - 1]! },
    async *pieces() {
      yield columns;
    },
  };
}

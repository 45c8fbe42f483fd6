import type { BarReader } from '../library/store.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import type { SweepRow } from '../sweep/row.ts';
import type { Sweep } from '../sweep/sweep.ts';
import { KeptBars } from './kept-bars.ts';
import { playCell } from './play-cell.ts';
import type { Thread } from './play-through.ts';

/** A worker that plays cells of a sweep: first the sweep, then one cell after the other. */
export interface CellService<Port> {
  begin(sweep: Sweep, datasets: readonly DatasetFacts[], bars: Port): void;
  play(cell: number): Promise<SweepRow>;
}

/** `open` gives a reader of bars at the other end of a port. */
export function cellService<Port>(thread: Thread, open: (bars: Port) => BarReader): CellService<Port> {
  let begun:
    { readonly sweep: Sweep; readonly datasets: readonly DatasetFacts[]; readonly store: BarReader } | undefined;
  return {
    begin(sweep, datasets, bars) {
      begun = { sweep, datasets, store: new KeptBars(open(bars)) };
    },
    play(cell) {
      if (!begun) throw new Error('a cell was asked for before its sweep');
      return playCell(begun.sweep, cell, begun.datasets, begun.store, thread);
    },
  };
}

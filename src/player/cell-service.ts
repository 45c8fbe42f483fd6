import type { BarReader } from '../library/store.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import type { Params } from '../strategy/definition.ts';
import type { SweepRow } from '../sweep/row.ts';
import type { Sweep } from '../sweep/sweep.ts';
import { KeptBars } from './kept-bars.ts';
import { playCell, type PlayedCell } from './play-cell.ts';
import type { Hearers, Thread } from './play-through.ts';
import { thinCurve, type ThinCurve } from './thin-curve.ts';

/** What came of other parameters; `curve` is null for a run that failed. */
export interface TriedOut {
  readonly row: SweepRow;
  readonly curve: ThinCurve | null;
}

/** Milliseconds between two words about how far it is. */
const tellEveryMs = 100;

/** A worker that plays cells of a sweep: first the sweep, then one cell after the other. */
export interface CellService<Port> {
  begin(sweep: Sweep, datasets: readonly DatasetFacts[], bars: Port): void;
  play(cell: number): Promise<SweepRow>;
  /** Plays the sweep's configuration with parameters that need be none of its cells. `onShare` hears how much is played, 0 to 1. */
  tryOut(params: Params, onShare: (share: number) => void): Promise<TriedOut>;
}

/** `open` gives a reader of bars at the other end of a port. */
export function cellService<Port>(thread: Thread, open: (bars: Port) => BarReader): CellService<Port> {
  let begun:
    { readonly sweep: Sweep; readonly datasets: readonly DatasetFacts[]; readonly store: BarReader } | undefined;
  const played = (cell: number, change: Partial<Sweep> = {}, hearers?: Hearers): Promise<PlayedCell> => {
    if (!begun) throw new Error('a cell was asked for before its sweep');
    return playCell({ ...begun.sweep, ...change }, cell, begun.datasets, begun.store, thread, hearers);
  };
  return {
    begin(sweep, datasets, bars) {
      begun = { sweep, datasets, store: new KeptBars(open(bars)) };
    },
    play: async (cell) => (await played(cell)).row,
    async tryOut(params, onShare) {
      let toldMs = thread.now();
      const tell = (share: number): void => {
        if (thread.now() - toldMs < tellEveryMs) return;
        toldMs = thread.now();
        onShare(share);
      };
      const { row, equity } = await played(1, { combinations: [params], windows: [] }, { onShare: tell });
      return { row, curve: equity && thinCurve(equity) };
    },
  };
}

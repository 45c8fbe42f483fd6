import type { BarReader } from '../library/store.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import type { Params } from '../strategy/definition.ts';
import type { PlannedStrategy } from '../strategy/plan-strategy.ts';
import type { SweepRow } from '../sweep/row.ts';
import type { Sweep } from '../sweep/sweep.ts';
import { KeptBars } from './kept-bars.ts';
import { playCell, type CellStage, type PlayedCell } from './play-cell.ts';
import type { Hearers } from './play-through.ts';
import { thinCurve, type ThinCurve } from './thin-curve.ts';

/** What came of other parameters; `curve` is null for a run that failed. */
export interface TriedOut {
  readonly row: SweepRow;
  readonly curve: ThinCurve | null;
}

/** Milliseconds between two words about how far it is. */
const tellEveryMs = 100;

/** A worker that plays cells of a sweep: first the sweep, then one cell after the other. What the strategy of each is, is told with it. */
export interface CellService<Port> {
  begin(sweep: Sweep, datasets: readonly DatasetFacts[], bars: Port): void;
  play(cell: number, strategy: PlannedStrategy): Promise<SweepRow>;
  /** Plays the sweep's configuration with parameters that need be none of its cells. `onShare` hears how much is played, 0 to 1. */
  tryOut(params: Params, strategy: PlannedStrategy, onShare: (share: number) => void): Promise<TriedOut>;
}

/** Where cells are played; `open` gives a reader of bars at the other end of a port. */
export interface CellHost<Port> extends Pick<CellStage, 'thread' | 'ownStrategy'>, Pick<Hearers, 'onPlayed'> {
  open(bars: Port): BarReader;
}

export function cellService<Port>({ thread, ownStrategy, onPlayed, open }: CellHost<Port>): CellService<Port> {
  let begun: { readonly sweep: Sweep; readonly stage: CellStage } | undefined;
  const played = (
    cell: number,
    strategy: PlannedStrategy,
    change: Partial<Sweep> = {},
    hearers: Hearers = {},
  ): Promise<PlayedCell> => {
    if (!begun) throw new Error('a cell was asked for before its sweep');
    return playCell({ ...begun.sweep, ...change }, cell, strategy, begun.stage, {
      ...hearers,
      ...(onPlayed && { onPlayed }),
    });
  };
  return {
    begin(sweep, datasets, bars) {
      begun = { sweep, stage: { datasets, store: new KeptBars(open(bars)), thread, ownStrategy } };
    },
    play: async (cell, strategy) => (await played(cell, strategy)).row,
    async tryOut(params, strategy, onShare) {
      let toldMs = thread.now();
      const tell = (share: number): void => {
        if (thread.now() - toldMs < tellEveryMs) return;
        toldMs = thread.now();
        onShare(share);
      };
      const change = { combinations: [params], windows: [] };
      const { row, equity } = await played(1, strategy, change, { onShare: tell });
      return { row, curve: equity && thinCurve(equity) };
    },
  };
}

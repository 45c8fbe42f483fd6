import { transfer } from 'comlink';
import type { TriedOut } from '../../player/cell-service.ts';
import type { CellPlayer } from '../../player/pool.ts';
import { datasetsOf } from '../../session/datasets-of.ts';
import type { DatasetFacts } from '../../session/dataset-facts.ts';
import { planRun } from '../../session/plan-run.ts';
import type { OwnDefinition, Params } from '../../strategy/definition.ts';
import { planStrategy } from '../../strategy/plan-strategy.ts';
import { strategyOfCell, withParams, type Sweep } from '../../sweep/sweep.ts';
import type { RunLibrary } from '../shared-engine.ts';
import { shelfCellWorker, type BeginCells } from './cell-worker.ts';
import { ownCellWorker } from './own-cell-worker.ts';

/** A worker that plays cells, and what is none of them. */
export interface SweepPlayer extends CellPlayer {
  tryOut(params: Params, onShare: (share: number) => void): Promise<TriedOut>;
}

export interface CellWorkers {
  readonly players: readonly SweepPlayer[];
  /** Ends the workers at once, whatever they do. */
  end(): void;
}

/** A sweep, and what it is played with. */
export interface SweepOver {
  readonly sweep: Sweep;
  readonly datasets: readonly DatasetFacts[];
  /** The code of one's own that is here; empty where the sweep is of the shelf. */
  readonly own: readonly OwnDefinition[];
}

/**
 * Starts so many workers that play cells; each reads the library's bars once and keeps them. It is told of the datasets that the sweep
 * reads (`reads`, of `readBy`) and of no others, for foreign code may be there.
 */
export async function cellWorkers(
  count: number,
  { sweep, datasets, own }: SweepOver,
  reads: ReadonlySet<string>,
  library: RunLibrary,
): Promise<CellWorkers> {
  const { code } = sweep.config.strategy!;
  const script = own.find((each) => each.own.sha256 === code)?.own;
  const read = datasets.filter(({ id }) => reads.has(id));
  const begin: BeginCells = (service) => {
    const { port1, port2 } = new MessageChannel();
    return Promise.all([
      library.lend(transfer(port1, [port1]), [...reads]),
      service.begin(sweep, read, transfer(port2, [port2])),
    ]);
  };
  const workers = Array.from({ length: count }, () =>
    script ? ownCellWorker(script, sweep, begin) : shelfCellWorker(begin),
  );
  const end = (): void => workers.forEach((worker) => worker.end());
  try {
    await Promise.all(workers.map((worker) => worker.ready()));
  } catch (error) {
    end();
    throw error;
  }
  const players = workers.map((worker) => ({
    play: (cell: number) => worker.play(cell, strategyOfCell(sweep, cell, own)),
    tryOut: (params: Params, onShare: (share: number) => void) =>
      worker.tryOut(params, planStrategy(withParams(sweep.config, params).strategy!, own), onShare),
  }));
  return { players, end };
}

/** Ids of the datasets that a sweep reads. */
export function readBy({ sweep, datasets, own }: SweepOver): ReadonlySet<string> {
  const config = withParams(sweep.config, sweep.combinations[0]!);
  const planned = planRun(config, sweep.given, datasets, planStrategy(config.strategy!, own));
  return planned.ok ? datasetsOf(planned.plan) : new Set();
}

import { proxy, wrap, type Remote } from 'comlink';
import type { CellService, TriedOut } from '../../player/cell-service.ts';
import type { Params } from '../../strategy/definition.ts';
import type { PlannedStrategy } from '../../strategy/plan-strategy.ts';
import type { SweepRow } from '../../sweep/row.ts';
import { sweepWorker, type RunWorker } from '../workers.ts';

/** A worker that plays cells of a sweep, one after the other. */
export interface CellWorker {
  /** It has the sweep and its bars; rejects where it could not be started. */
  ready(): Promise<void>;
  play(cell: number, strategy: PlannedStrategy): Promise<SweepRow>;
  tryOut(params: Params, strategy: PlannedStrategy, onShare: (share: number) => void): Promise<TriedOut>;
  /** Ends it at once, whatever it does. */
  end(): void;
}

/** Gives a worker the sweep and a way to its bars. */
export type BeginCells = (service: Remote<CellService<MessagePort>>) => Promise<unknown>;

/** Plays cells of a strategy of the shelf. */
export function shelfCellWorker(begin: BeginCells): CellWorker {
  const worker = sweepWorker();
  const service = wrap<CellService<MessagePort>>(worker);
  const death = deathOf(worker);
  const begun = Promise.race([begin(service), death]);
  return {
    ready: async () => void (await begun),
    play: (cell, strategy) => Promise.race([service.play(cell, strategy), death]),
    tryOut: (params, strategy, onShare) => Promise.race([service.tryOut(params, strategy, proxy(onShare)), death]),
    end: () => worker.terminate(),
  };
}

/** Rejects when a worker fails; whoever waits for a cell of it is told. */
export function deathOf(worker: Pick<RunWorker, 'onerror'>): Promise<never> {
  const death = new Promise<never>((_, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message || 'a worker of the sweep could not be started'));
  });
  death.catch(() => undefined);
  return death;
}

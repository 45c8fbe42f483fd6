import { proxy, transfer, wrap } from 'comlink';
import type { CellService, TriedOut } from '../../player/cell-service.ts';
import type { CellPlayer } from '../../player/pool.ts';
import type { DatasetFacts } from '../../session/dataset-facts.ts';
import type { Params } from '../../strategy/definition.ts';
import { planStrategy } from '../../strategy/plan-strategy.ts';
import { strategyOfCell, withParams, type Sweep } from '../../sweep/sweep.ts';
import type { RunLibrary } from '../shared-engine.ts';
import { sweepWorker } from '../workers.ts';

/** A worker that plays cells, and what is none of them. */
export interface CellWorker extends CellPlayer {
  tryOut(params: Params, onShare: (share: number) => void): Promise<TriedOut>;
}

export interface CellWorkers {
  readonly players: readonly CellWorker[];
  /** Ends the workers at once, whatever they do. */
  end(): void;
}

/** Starts so many workers that play cells; each reads the library's bars once and keeps them. */
export async function cellWorkers(
  count: number,
  sweep: Sweep,
  datasets: readonly DatasetFacts[],
  library: RunLibrary,
): Promise<CellWorkers> {
  const workers = Array.from({ length: count }, () => sweepWorker());
  const end = (): void => workers.forEach((worker) => worker.terminate());
  try {
    const players = await Promise.all(
      workers.map(async (worker) => {
        const service = wrap<CellService<MessagePort>>(worker);
        const { port1, port2 } = new MessageChannel();
        const death = new Promise<never>((_, reject) => {
          worker.onerror = ({ message }) => reject(new Error(message || 'a worker of the sweep could not be started'));
        });
        // Whoever waits for a cell of it is told.
        death.catch(() => undefined);
        const begun = Promise.all([
          library.lend(
            transfer(port1, [port1]),
            datasets.map(({ id }) => id),
          ),
          service.begin(sweep, datasets, transfer(port2, [port2])),
        ]);
        await Promise.race([begun, death]);
        return {
          play: (cell: number) => Promise.race([service.play(cell, strategyOfCell(sweep, cell, [])), death]),
          tryOut: (params: Params, onShare: (share: number) => void) => {
            const strategy = planStrategy(withParams(sweep.config, params).strategy!);
            return Promise.race([service.tryOut(params, strategy, proxy(onShare)), death]);
          },
        };
      }),
    );
    return { players, end };
  } catch (error) {
    end();
    throw error;
  }
}

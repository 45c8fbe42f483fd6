import { lendBars } from '../../../src/library/lend.ts';
import { playCells } from '../../../src/player/pool.ts';
import { cellWorkers, readBy } from '../../../src/studio/sweeps/cell-workers.ts';
import { sweepIn, sweepStore } from '../sweep-market.ts';

export interface SweepMeasurement {
  /** Cells a second of one worker, and of two, each when its code is warm. */
  readonly one: number;
  readonly two: number;
  readonly cells: number;
  readonly bars: number;
  /** By cell, of the two workers' sweep. */
  readonly fingerprints: Readonly<Record<number, string | null>>;
}

/** Cells before the clock starts, and cells of the worker that is alone. */
const warm = 20;
const alone = 100;

/** A sweep by one worker in part and by two as a whole, as the page plays it. */
export async function measureSweep(cells: number): Promise<SweepMeasurement> {
  const store = await sweepStore();
  const sweep = await sweepIn(store);
  const datasets = await store.list();
  const library = {
    attach: () => Promise.resolve(),
    detach: () => Promise.resolve(),
    lend: async (port: MessagePort, ids: readonly string[]) => lendBars(store, port, ids),
  };
  const fingerprints: Record<number, string | null> = {};
  const rate = async (players: number, from: number, to: number): Promise<number> => {
    const over = { sweep, datasets, own: [] };
    const workers = await cellWorkers(players, over, readBy(over), library);
    try {
      const numbers = (count: number, first: number) => Array.from({ length: count }, (_, i) => first + i);
      await playCells(workers.players, numbers(players * warm, 1), () => undefined);
      const began = performance.now();
      await playCells(workers.players, numbers(to - from + 1, from), ({ cell, fingerprint }) => {
        fingerprints[cell] = fingerprint;
      });
      return (1_000 * (to - from + 1)) / (performance.now() - began);
    } finally {
      workers.end();
    }
  };
  const one = await rate(1, 1, Math.min(alone, cells));
  const two = await rate(2, 1, cells);
  return { one, two, cells, bars: datasets[0]!.bars, fingerprints };
}

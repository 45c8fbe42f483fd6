import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { expose, transfer, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { BarReader } from '../library/store.ts';
import type { CellService } from '../player/cell-service.ts';
import type { CellPlayer } from '../player/pool.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import type { OwnDefinition } from '../strategy/definition.ts';
import { strategyOfCell, type Sweep } from '../sweep/sweep.ts';

export interface CellThreads {
  readonly players: readonly CellPlayer[];
  end(): Promise<void>;
}

/** Starts so many threads that play cells of a sweep over the bars of a store; `own` is the code that it may be of. */
export async function cellThreads(
  count: number,
  sweep: Sweep,
  datasets: readonly DatasetFacts[],
  store: BarReader,
  own: readonly OwnDefinition[],
): Promise<CellThreads> {
  const start = threadStart(import.meta.url);
  const reader: BarReader = { all: () => store.all(), chunk: (...place) => store.chunk(...place) };
  const threads = Array.from({ length: count }, () => new Worker(start, { eval: true }));
  const players = await Promise.all(
    threads.map(async (thread) => {
      const service = wrap<CellService<MessagePort>>(nodeEndpoint(thread));
      const { port1, port2 } = new MessageChannel();
      expose(reader, nodeEndpoint(port1));
      const death = new Promise<never>((_, reject) => thread.once('error', reject));
      // Whoever waits for a cell of it is told.
      death.catch(() => undefined);
      await Promise.race([service.begin(sweep, datasets, transfer(port2, [port2 as never])), death]);
      return {
        play: (cell: number) => Promise.race([service.play(cell, strategyOfCell(sweep, cell, own)), death]),
      };
    }),
  );
  return { players, end: async () => void (await Promise.all(threads.map((thread) => thread.terminate()))) };
}

/** What a thread begins with: packed, the script beside this one; else its source, once Node can read TypeScript. */
function threadStart(here: string): string {
  if (here.endsWith('.js')) return `import(${JSON.stringify(new URL('./cell-thread.js', here).href)})`;
  // Node 20 takes the loader of TypeScript from inside the thread only.
  const loader = import.meta.resolve('tsx/esm/api');
  const { href } = new URL('./cell-thread.ts', here);
  return `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(href)})))`;
}

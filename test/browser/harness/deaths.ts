import { wrap, type Remote } from 'comlink';
import type { FromLoop, ToLoop } from '../../../src/coordinator/messages.ts';
import { IndexedDbStore } from '../../../src/library/indexeddb-store.ts';
import { planRun } from '../../../src/session/plan-run.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { coordinatorWorker, libraryWorker, upkeepWorker } from '../../../src/studio/workers.ts';
import type { LibraryWorker } from '../../../workers/library.ts';
import { playWithDeaths, type Deaths, type World } from '../../support/deaths.ts';
import { configWith, randomWalk, seeded, storeDataset } from '../../support/synthetic.ts';

const settings = {
  data: { dataset: 'feed', fillFrom: ['source'], from: '2024-10-10' },
  feed: { delayRate: 0.1, dropRate: 0.05 },
  history: { trailingDays: 3 },
  replay: { speed: 'max' },
} as const;

/** The page's workers, with a library over IndexedDB. */
class Workers implements World {
  private library: { readonly worker: Worker; readonly remote: Remote<LibraryWorker> } | undefined;

  start(role: 'coordinator' | 'upkeep', start: Parameters<World['start']>[1]): ReturnType<World['start']> {
    const worker = role === 'coordinator' ? coordinatorWorker() : upkeepWorker();
    worker.postMessage({ kind: 'start', ...start } satisfies ToLoop);
    return {
      hear: (listener) => {
        worker.onmessage = ({ data }: MessageEvent<FromLoop>) => listener(data);
      },
      end: () => Promise.resolve(worker.terminate()),
    };
  }

  serve(plan: RunPlan, buffer: SharedArrayBuffer): void {
    if (!this.library) {
      const worker = libraryWorker();
      this.library = { worker, remote: wrap<LibraryWorker>(worker) };
    }
    void this.library.remote.attach(plan, buffer);
  }

  endLibrary(): Promise<void> {
    this.library?.worker.terminate();
    this.library = undefined;
    return Promise.resolve();
  }
}

/** Stores two symbols with gaps and a source that fills them; plans a run over them. */
async function prepare(): Promise<RunPlan> {
  const store = new IndexedDbStore();
  const days = ['2024-10-01', '2024-11-29'] as const;
  const random = seeded(3);
  await storeDataset(store, 'feed', {
    A: randomWalk(...days, 1, () => random() < 0.9),
    B: randomWalk(...days, 2, () => random() < 0.6),
  });
  await storeDataset(store, 'source', { A: randomWalk(...days, 3), B: randomWalk(...days, 4) });
  const planned = planRun(configWith(settings), new Set(), await store.list());
  await store.close();
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return planned.plan;
}

/** Plays a run until so many of its workers have died: how each run stood in the end, and the one in which nobody died. */
async function playUntil(kills: number, seed: number): Promise<{ whole: string; ends: string[]; deaths: Deaths }> {
  const plan = await prepare();
  const world = new Workers();
  const deaths: Deaths = { coordinator: 0, upkeep: 0, library: 0 };
  const play = async (random: () => number): Promise<string> => {
    const { state, fingerprint } = await playWithDeaths(plan, world, random, deaths);
    return `${state} ${fingerprint}`;
  };
  // A luck of one leads past the end of the run at once: nobody dies.
  const whole = await play(() => 8);
  const random = seeded(seed);
  const ends: string[] = [];
  while (deaths.coordinator + deaths.upkeep + deaths.library < kills) ends.push(await play(random));
  await world.endLibrary();
  return { whole, ends, deaths };
}

declare global {
  interface Window {
    playUntil: typeof playUntil;
  }
}
window.playUntil = playUntil;

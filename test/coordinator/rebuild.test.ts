import { Worker } from 'node:worker_threads';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import type { FromLoop } from '../../src/coordinator/messages.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { playWithDeaths, type Deaths, type World } from '../support/deaths.ts';
import type { LoopStart, ToLibrary } from '../support/loop-thread.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';

let code = '';

beforeAll(async () => {
  const [built] = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: new URL('../support/loop-thread.ts', import.meta.url).pathname, formats: ['cjs'] },
      rollupOptions: { external: [/^node:/] },
    },
  })) as Rollup.RollupOutput[];
  code = built!.output[0].code;
}, 60_000);

/** Threads of Node, with a library that holds the datasets. */
function threads(datasets: Extract<LoopStart, { role: 'library' }>['datasets']): World {
  const begin = (start: LoopStart): Worker => new Worker(code, { eval: true, workerData: start });
  let library: Worker | undefined;
  return {
    start(role, start) {
      const worker = begin({ role, ...start });
      return {
        hear: (listener) => void worker.on('message', (message: FromLoop) => listener(message)),
        end: () => worker.terminate(),
      };
    },
    serve(plan, buffer) {
      library ??= begin({ role: 'library', datasets });
      library.postMessage({ plan, buffer } satisfies ToLibrary);
    },
    async endLibrary() {
      await library?.terminate();
      library = undefined;
    },
  };
}

const kills = 60;
const seed = 11;

test(`a run of which some worker is killed, at ${kills} random points, and that is built anew has the fingerprint of the run that was not: seed ${seed}`, async () => {
  const random = seeded(seed);
  const store = new MemoryStore();
  const days = ['2024-10-01', '2024-11-29'] as const;
  const datasets = {
    feed: { A: randomWalk(...days, 1, () => random() < 0.9), B: randomWalk(...days, 2, () => random() < 0.6) },
    source: { A: randomWalk(...days, 3), B: randomWalk(...days, 4) },
  };
  for (const [name, symbols] of Object.entries(datasets)) await storeDataset(store, name, symbols);
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'], from: '2024-10-10' },
    feed: { delayRate: 0.1, dropRate: 0.05 },
    history: { trailingDays: 3 },
    replay: { speed: 'max' },
  });
  const { fingerprint } = await playToEnd(plan, store);
  const world = threads(datasets);
  const deaths: Deaths = { coordinator: 0, upkeep: 0, library: 0 };
  while (deaths.coordinator + deaths.upkeep + deaths.library < kills)
    expect(await playWithDeaths(plan, world, random, deaths), `after ${JSON.stringify(deaths)}`).toEqual({
      state: 'finished',
      fingerprint,
    });
  await world.endLibrary();
  expect(Math.min(...Object.values(deaths))).toBeGreaterThan(kills / 10);
}, 180_000);

import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { Attachment } from '../../src/library/attach.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Role, ring } from '../../src/memory/bell.ts';
import { createBlock, type Block } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import type { RunReport } from '../../src/session/report.ts';
import { runStart } from '../../src/session/origin.ts';
import { blockFor } from '../../src/session/run-block.ts';
import { shapeOf } from '../../src/session/shape.ts';
import type { RunAnswer, RunTask } from '../support/run-thread.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';
import { handCommand } from '../../src/strategy/hand-order.ts';
import { answer, thread } from '../support/threads.ts';
import { importText, randomTrades, tradesCsv } from '../support/tick-files.ts';

type Datasets = Record<string, Record<string, BarColumns>>;

const roles = ['coordinator', 'upkeep', 'library'] as const;
let workers: Worker[] = [];

beforeAll(async () => {
  workers = roles.map(() => thread('run-thread.ts'));
  await Promise.all(workers.map((worker) => answer(worker)));
}, 30_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
});

/** Plays a run in three threads. */
async function playInThreads(
  plan: RunPlan,
  datasets: Datasets,
  files: Readonly<Record<string, string>> = {},
  during: (block: Block, isOver: () => boolean) => Promise<void> = () => Promise.resolve(),
): Promise<Exclude<RunAnswer, 'done'>> {
  const block = blockFor(plan, true, runStart(plan));
  putCommand(block, Verb.play);
  const answers = workers.map((worker) => answer<RunAnswer>(worker));
  workers.forEach((worker, i) => {
    worker.postMessage({
      role: roles[i]!,
      plan,
      buffer: block.buffer as SharedArrayBuffer,
      datasets,
      files,
    } satisfies RunTask);
  });
  let isOver = false;
  const given = during(block, () => isOver);
  const [report] = await Promise.all(answers);
  isOver = true;
  await given;
  return report as Exclude<RunAnswer, 'done'>;
}

/** A random run: symbols, gaps, sources, settings. */
async function randomRun(seed: number): Promise<{ plan: RunPlan; store: MemoryStore; datasets: Datasets }> {
  const random = seeded(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  const names = Array.from({ length: 1 + pick(6) }, (_, s) => `S${s}`);
  const days = ['2024-11-22', '2024-12-03'] as const;
  const tapes = (has: number, shift: number): Record<string, BarColumns> =>
    Object.fromEntries(
      names.map((name, s) => [name, randomWalk(...days, seed * 100 + s + shift, () => random() < has)]),
    );
  const datasets: Datasets = { feed: tapes(0.4 + random() * 0.6, 0), first: tapes(random(), 50), second: tapes(1, 0) };
  const store = new MemoryStore();
  for (const [name, symbols] of Object.entries(datasets)) await storeDataset(store, name, symbols);
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['first', 'second'].slice(pick(3)), from: '2024-11-25' },
    feed: {
      seed,
      dropRate: random() * 0.3,
      ...(seed % 2 === 0 && {
        delayRate: random() * 0.3,
        delayMinutes: pick(12),
        reorderRate: random() * 0.3,
        duplicateRate: random() * 0.3,
        corruptRate: random() * 0.3,
        outages: [{ symbol: 'S0', from: '2024-11-26T15:00:00Z', to: '2024-11-26T16:00:00Z' }],
      }),
    },
    upkeep: {
      carryLastPrice: seed % 4 === 0,
      enabled: seed % 5 !== 0,
      checkIntervalSeconds: [60, 150, 600][pick(3)]!,
      maxRetries: pick(4),
    },
    prefetch: { enabled: random() < 0.7 },
    history: { trailingDays: pick(3) },
    session: { timeoutSeconds: 60 * pick(20) },
    replay: { speed: 'max' },
  });
  return { plan, store, datasets };
}

/** What of a report does not depend on clocks. */
function lasting({ fingerprint, sessions, totals }: RunReport): unknown {
  return {
    fingerprint,
    sessions: sessions.map((session) => ({ ...session, waitedMs: 0, prefetch: '' })),
    totals: { ...totals, waitedMs: 0, prefetchHitRate: 0 },
  };
}

describe('a run in three threads on shared memory', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'is the run of one thread: seed %i',
    async (seed) => {
      const { plan, store, datasets } = await randomRun(seed);
      const alone = await playToEnd(plan, store);
      const { report, error } = await playInThreads(plan, datasets);
      expect(error).toBeUndefined();
      expect(report.sessions).toHaveLength(6);
      expect(lasting(report), `seed ${seed}`).toEqual(lasting(alone));
    },
    30_000,
  );

  test.each([1, 2, 3])(
    'is the run of one thread with quotes and ticks too: seed %i',
    async (seed) => {
      const trades = randomTrades('2024-11-25', '2024-12-03', seed, ['A', 'B'], 12_000);
      const quotes = trades
        .filter((_, i) => i % 3 === 0)
        .map(({ symbol, time, price }) => `${time + 7},${symbol},${price},${price + 0.01}`);
      const files = { 'T.csv': tradesCsv(trades), 'Q.csv': ['time,symbol,bid,ask', ...quotes, ''].join('\n') };
      const store = new MemoryStore();
      for (const [name, text] of Object.entries(files)) await importText(store, name, text);
      const plan = await planOf(store, {
        data: {
          streams: ['A', 'B'].flatMap((symbol) => [
            { dataset: 'T', symbol, kind: 'ticks' as const, interval: '1m' },
            { dataset: 'Q', symbol, kind: 'quotes' as const, interval: null },
          ]),
          from: '2024-11-27',
        },
        upkeep: { enabled: seed !== 2 },
        history: { trailingDays: 2 },
        replay: { speed: 'max' },
      });
      const alone = await playToEnd(plan, store);
      expect(alone.sessions.every(({ records }) => records!.A!.ticks > 10_000 && records!.B!.quotes > 3_000)).toBe(
        true,
      );
      const { report, error } = await playInThreads(plan, {}, files);
      expect(error).toBeUndefined();
      expect(lasting(report)).toEqual(lasting(alone));
    },
    60_000,
  );

  test('fails, and ends in every thread, when the library cannot read its bars', async () => {
    const datasets = { gone: { A: randomWalk('2024-11-25', '2024-11-26', 1) } };
    const store = new MemoryStore();
    await storeDataset(store, 'gone', datasets.gone);
    const plan = await planOf(store, { replay: { speed: 'max' }, upkeep: { enabled: false } });
    const block = blockFor(plan, true, runStart(plan));
    putCommand(block, Verb.play);
    const [coordinator, , library] = workers as [Worker, Worker, Worker];
    const answers = [coordinator, library].map((worker) => answer<RunAnswer>(worker));
    const task = { plan, buffer: block.buffer as SharedArrayBuffer, datasets };
    coordinator.postMessage({ ...task, role: 'coordinator' } satisfies RunTask);
    library.postMessage({ ...task, role: 'library' } satisfies RunTask);
    expect((await Promise.all(answers))[0]).toMatchObject({ error: 'the library could not read on' });
  }, 30_000);
});

test('a library that serves a run lets go of it when the run is given up', async () => {
  const { plan, store } = await randomRun(1);
  const block = createBlock(shapeOf(plan), true);
  const attachment = new Attachment();
  const served = attachment.serve(plan, block.buffer as SharedArrayBuffer, store, async () => undefined);
  attachment.stop();
  await expect(served).resolves.toBeUndefined();
});

test('a library that serves a run waits until it is asked, and says when it cannot read', async () => {
  const { plan, store } = await randomRun(2);
  const block = createBlock(shapeOf(plan), true);
  const attachment = new Attachment();
  const served = attachment.serve(plan, block.buffer as SharedArrayBuffer, store, async () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(block.words[Word.staged]).toBe(0);
  Atomics.store(block.words, Word.wantedByCoordinator, 1);
  ring(block, Role.library);
  while (Atomics.load(block.words, Word.staged) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  attachment.stop();
  await served;

  await store.remove('feed');
  await expect(
    new Attachment().serve(plan, block.buffer as SharedArrayBuffer, store, async () => undefined),
  ).rejects.toThrow('The bars of S0 are not in the library any more; import them again');
  expect(Atomics.load(block.words, Word.failed)).toBe(1);
});

test('orders that come over shared memory while the threads play are a script that makes the same run', async () => {
  const datasets: Datasets = {
    feed: { A: randomWalk('2024-11-25', '2024-12-03', 1), B: randomWalk('2024-11-25', '2024-12-03', 2) },
  };
  const store = new MemoryStore();
  await storeDataset(store, 'feed', datasets['feed']!);
  // A session takes a tenth of a second, so that orders come anywhere.
  const plan = await planOf(store, {
    data: { dataset: 'feed' },
    replay: { speed: 234_000 },
    strategy: { name: 'scripted', params: {} },
  });
  const none = { size: null, limit: null, stop: null, sl: null, tp: null, order: null };
  const { report, error } = await playInThreads(plan, datasets, {}, async (block, isOver) => {
    for (let n = 0; !isOver(); n++) {
      const op = (['buy', 'sell', 'close', 'flatten'] as const)[n % 4]!;
      putCommand(block, Verb.order, ...handCommand({ ...none, op, symbol: n % 2, ...(n % 4 < 2 && { size: 1 + n }) }));
      ring(block, Role.coordinator);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  expect(error).toBeUndefined();
  expect(report.trades.length).toBeGreaterThan(0);
  const again = await planOf(store, { ...report.config, replay: { speed: 'max' } });
  const { report: replayed } = await playInThreads(again, datasets);
  expect(replayed.fingerprint).toBe(report.fingerprint);
  expect(replayed.trades).toEqual(report.trades);
  expect((await playToEnd(again, store)).fingerprint).toBe(report.fingerprint);
}, 30_000);

import { Worker } from 'node:worker_threads';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import type { Place, Standstill } from '../../src/coordinator/coordinator.ts';
import type { FromLoop } from '../../src/coordinator/messages.ts';
import { toPlace } from '../../src/coordinator/rewind.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { ring, Role } from '../../src/memory/bell.ts';
import type { Block } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { runStart, type RunOrigin } from '../../src/session/origin.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { runReport, type RunReport } from '../../src/session/report.ts';
import { blockFor, timelineOf } from '../../src/session/shape.ts';
import { sessionStates } from '../../src/session/state.ts';
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

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

const roles = ['coordinator', 'upkeep', 'library'] as const;
type RoleName = (typeof roles)[number];

/** The library of the page: its worker outlives the runs, unless it is killed. */
class Library {
  private readonly datasets: Extract<LoopStart, { role: 'library' }>['datasets'];
  private worker: Worker | undefined;

  constructor(datasets: Extract<LoopStart, { role: 'library' }>['datasets']) {
    this.datasets = datasets;
  }

  attach(plan: RunPlan, buffer: SharedArrayBuffer): void {
    this.worker ??= loop({ role: 'library', datasets: this.datasets });
    this.worker.postMessage({ plan, buffer } satisfies ToLibrary);
  }

  async kill(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
  }
}

function loop(start: LoopStart): Worker {
  return new Worker(code, { eval: true, workerData: start });
}

/** A block with the workers that play on it, as the page has them. */
class Life {
  readonly block: Block;
  private readonly coordinator: Worker;
  private readonly upkeep: Worker;
  private heard: ((message: FromLoop) => void) | undefined;

  constructor(plan: RunPlan, library: Library, from: RunOrigin) {
    this.block = blockFor(plan, true, from);
    const buffer = this.block.buffer as SharedArrayBuffer;
    this.coordinator = loop({ role: 'coordinator', plan, buffer, from });
    this.coordinator.on('message', (message: FromLoop) => this.heard?.(message));
    this.upkeep = loop({ role: 'upkeep', plan, buffer, from });
    library.attach(plan, buffer);
  }

  command(verb: number, argument = 0): void {
    putCommand(this.block, verb, argument);
    ring(this.block, Role.coordinator);
  }

  next<K extends FromLoop['kind']>(kind: K): Promise<Extract<FromLoop, { kind: K }>> {
    return new Promise((resolve) => {
      this.heard = (message) => {
        if (message.kind === kind) resolve(message as Extract<FromLoop, { kind: K }>);
      };
    });
  }

  async kill(role: Exclude<RoleName, 'library'>): Promise<void> {
    await this[role].terminate();
  }

  /** Ends what is left of it. How far it came, as its block has it. */
  async end(): Promise<Place> {
    await Promise.all([this.coordinator.terminate(), this.upkeep.terminate()]);
    const { words } = this.block;
    const state = sessionStates[words[Word.sessionState]!]!;
    return { session: words[Word.session]!, slots: words[Word.slots]!, ended: state === 'ended' || state === 'error' };
  }
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
  const whole = await playToEnd(plan, store);
  const timeline = timelineOf(plan);
  const first = timeline.firstTick(plan.firstPlayed);
  const library = new Library(datasets);
  const deaths = { coordinator: 0, upkeep: 0, library: 0 };
  const done = (): number => roles.reduce((sum, role) => sum + deaths[role], 0);
  while (done() < kills) {
    let report: RunReport = runReport(plan, [], null);
    let life = new Life(plan, library, runStart(plan));
    let at = first;
    let last: Standstill | undefined;
    // Some ten deaths a run, each a random stretch further on.
    for (let n = 0; n < 10; n++) {
      at += 1 + Math.floor(random() * ((timeline.ticks - first) / 8));
      if (at >= timeline.ticks) break;
      const { words } = life.block;
      const tick = (): number =>
        timeline.firstTick(Atomics.load(words, Word.session)) + Atomics.load(words, Word.slots);
      life.command(Verb.play);
      while (tick() < at) await soon();
      if (random() < 0.5) {
        const answered = life.next('report');
        life.command(Verb.report);
        ({ report } = await answered);
      }
      const role = roles[Math.floor(random() * roles.length)]!;
      await (role === 'library' ? library : life).kill(role as 'upkeep');
      deaths[role]++;
      // The others go on for a while, until they miss it.
      for (let wait = Math.floor(random() * 5); wait > 0; wait--) await soon();
      const place = await life.end();
      const { from, verb, argument } = toPlace({ plan, timeline, report, place });
      life = new Life(plan, library, from);
      const stood = life.next('stand');
      life.command(verb, argument);
      last = (await stood).event;
      // It was killed when it had come to its end already.
      if (last.state === 'finished') break;
    }
    if (last?.state !== 'finished') {
      const stood = life.next('stand');
      life.command(Verb.play);
      last = (await stood).event;
    }
    expect(last, `after ${JSON.stringify(deaths)}`).toEqual({ state: 'finished', fingerprint: whole.fingerprint });
    await life.end();
  }
  await library.kill();
  expect(Math.min(...Object.values(deaths))).toBeGreaterThan(kills / 10);
}, 180_000);

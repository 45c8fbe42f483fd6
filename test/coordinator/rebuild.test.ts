import { Worker } from 'node:worker_threads';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import type { Place, Standstill } from '../../src/coordinator/coordinator.ts';
import type { FromLoop, RunStart } from '../../src/coordinator/messages.ts';
import { toPlace } from '../../src/coordinator/rewind.ts';
import { Attachment } from '../../src/library/attach.ts';
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
import { Upkeep } from '../../src/upkeep/upkeep.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';

let code = '';

beforeAll(async () => {
  const [built] = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: new URL('../support/coordinator-thread.ts', import.meta.url).pathname, formats: ['cjs'] },
      rollupOptions: { external: [/^node:/] },
    },
  })) as Rollup.RollupOutput[];
  code = built!.output[0].code;
}, 60_000);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A block with its coordinator in a thread of its own; upkeep and the library work for it here until it is killed. */
class Life {
  readonly block: Block;
  private readonly worker: Worker;
  private readonly attachment = new Attachment();
  private readonly served: Promise<void>;
  private isOver = false;
  private heard: ((message: FromLoop) => void) | undefined;

  constructor(plan: RunPlan, store: MemoryStore, from: RunOrigin) {
    this.block = blockFor(plan, true, from);
    const buffer = this.block.buffer as SharedArrayBuffer;
    this.worker = new Worker(code, { eval: true, workerData: { plan, buffer, from } satisfies RunStart });
    this.worker.on('message', (message: FromLoop) => this.heard?.(message));
    this.served = this.attachment.serve(plan, buffer, store, turn);
    void this.upkeep(new Upkeep(plan, this.block));
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

  /** How far the dead coordinator came, as its block has it. */
  async kill(): Promise<Place> {
    await this.worker.terminate();
    this.isOver = true;
    this.attachment.stop();
    await this.served;
    const { words } = this.block;
    const state = sessionStates[words[Word.sessionState]!]!;
    return { session: words[Word.session]!, slots: words[Word.slots]!, ended: state === 'ended' || state === 'error' };
  }

  private async upkeep(upkeep: Upkeep): Promise<void> {
    while (!this.isOver && upkeep.run() !== 'nothing') await turn();
  }
}

const kills = 100;

test(`a run whose coordinator is killed at ${kills} random points and built anew has the fingerprint of the run that was not`, async () => {
  const random = seeded(11);
  const store = new MemoryStore();
  const days = ['2024-10-01', '2024-11-29'] as const;
  await storeDataset(store, 'feed', {
    A: randomWalk(...days, 1, () => random() < 0.9),
    B: randomWalk(...days, 2, () => random() < 0.6),
  });
  await storeDataset(store, 'source', { A: randomWalk(...days, 3), B: randomWalk(...days, 4) });
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'], from: '2024-10-10' },
    feed: { delayRate: 0.1, dropRate: 0.05 },
    history: { trailingDays: 3 },
    replay: { speed: 'max' },
  });
  const whole = await playToEnd(plan, store);
  const timeline = timelineOf(plan);
  const first = timeline.firstTick(plan.firstPlayed);
  let done = 0;
  while (done < kills) {
    let report: RunReport = runReport(plan, [], null);
    let life = new Life(plan, store, runStart(plan));
    let at = first;
    let last: Standstill | undefined;
    // Some ten deaths a run, each a random stretch further on.
    for (let n = 0; n < 10; n++, done++) {
      at += 1 + Math.floor(random() * ((timeline.ticks - first) / 8));
      if (at >= timeline.ticks) break;
      life.command(Verb.play);
      const { words } = life.block;
      while (timeline.firstTick(Atomics.load(words, Word.session)) + Atomics.load(words, Word.slots) < at) await turn();
      if (random() < 0.5) {
        const answered = life.next('report');
        life.command(Verb.report);
        ({ report } = await answered);
      }
      const place = await life.kill();
      const { from, verb, argument } = toPlace({ plan, timeline, report, place });
      life = new Life(plan, store, from);
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
    expect(last, `after ${done} deaths`).toEqual({ state: 'finished', fingerprint: whole.fingerprint });
    await life.kill();
  }
}, 120_000);

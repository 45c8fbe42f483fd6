import { ring, Role } from '../../../src/memory/bell.ts';
import { putCommand, Verb } from '../../../src/memory/commands.ts';
import { Word } from '../../../src/memory/layout.ts';
import { runStart } from '../../../src/session/origin.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { blockFor } from '../../../src/session/run-block.ts';
import { startRun } from '../../../src/studio/run-client.ts';
import type { RunLibrary } from '../../../src/studio/shared-engine.ts';
import type { StandEvent } from '../../../src/studio/run-handle.ts';
import type { RunReport } from '../../../src/session/report.ts';
import type { FromStrategy, StrategyStand, StrategyStart } from './strategy-worker.ts';

export interface Replayed {
  readonly seconds: number;
  readonly fingerprint: string | null;
  readonly played: number;
  /** Sessions that the coordinator had to wait for, and for how long in all. */
  readonly misses: number;
  readonly waitedMs: number;
}

/** When the clock of a replay starts: with the run, or when its workers are up and the first sessions are laid out. */
export type ClockFrom = 'start' | 'staged';

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** Plays a plan to its end on shared memory, as the page does. */
export async function replay(plan: RunPlan, library: RunLibrary, from: ClockFrom): Promise<Replayed> {
  const started = performance.now();
  const run = startRun(plan, library);
  try {
    const over = new Promise<StandEvent>((resolve) => run.onStand(resolve));
    if (from === 'staged') {
      const look = () => run.picture({ symbol: 0, interval: 0, logAfter: 0 });
      while (!((look()?.clock ?? 0) > 0 && look()!.prefetch.ahead > 0)) await soon();
    }
    const began = from === 'staged' ? performance.now() : started;
    run.play();
    const { state, error } = await over;
    const seconds = (performance.now() - began) / 1_000;
    if (state !== 'finished') throw new Error(`the replay is ${state}: ${error?.message ?? ''}`);
    return { seconds, ...totalsOf(await run.report()) };
  } finally {
    run.dispose();
  }
}

/** Both loops: they serve one run after the other, as in the page. */
let loops: { readonly coordinator: Worker; readonly upkeep: Worker } | undefined;

/** The same with something that is called at each instant, in the coordinator's worker. `after` runs before the next run may begin. */
export async function replayWith(
  strategy: StrategyStart['strategy'],
  plan: RunPlan,
  library: RunLibrary,
  from: ClockFrom,
  after: () => Promise<void> = () => Promise.resolve(),
): Promise<Replayed & Pick<StrategyStand, 'crossings' | 'rollsMicros'>> {
  const started = performance.now();
  const block = blockFor(plan, true, runStart(plan));
  const buffer = block.buffer as SharedArrayBuffer;
  const { coordinator, upkeep } = (loops ??= {
    coordinator: new Worker(new URL('./strategy-worker.ts', import.meta.url), { type: 'module' }),
    upkeep: new Worker(new URL('../../../workers/upkeep.ts', import.meta.url), { type: 'module' }),
  });
  try {
    let told!: (report: RunReport) => void;
    const reported = new Promise<RunReport>((resolve) => (told = resolve));
    const over = new Promise<StrategyStand>((resolve, reject) => {
      coordinator.onmessage = ({ data }: MessageEvent<FromStrategy>) => {
        if ('stand' in data) resolve(data.stand);
        else told(data.report);
      };
      coordinator.onerror = upkeep.onerror = ({ message }) => reject(new Error(message));
      library.attach(plan, buffer).catch(reject);
    });
    coordinator.postMessage({ plan, buffer, strategy } satisfies StrategyStart);
    upkeep.postMessage({ kind: 'start', plan, buffer });
    if (from === 'staged') while (block.cells[0] === 0 || Atomics.load(block.words, Word.staged) < 2) await soon();
    const began = from === 'staged' ? performance.now() : started;
    putCommand(block, Verb.play);
    ring(block, Role.coordinator);
    const { event, crossings, rollsMicros } = await over;
    const seconds = (performance.now() - began) / 1_000;
    if (event.state !== 'finished') throw new Error(`the replay is ${event.state}: ${event.error?.message ?? ''}`);
    await after();
    return { seconds, crossings, rollsMicros, ...totalsOf(await reported) };
  } finally {
    void library.detach();
  }
}

function totalsOf({ fingerprint, sessions, totals }: RunReport): Omit<Replayed, 'seconds'> {
  return {
    fingerprint,
    played: totals.streamed + totals.filled,
    misses: sessions.filter(({ prefetch }) => prefetch === 'miss').length,
    waitedMs: totals.waitedMs,
  };
}

/** Milliseconds from starting a run to its first bar. */
export async function firstBarMs(plan: RunPlan, library: RunLibrary): Promise<number> {
  const began = performance.now();
  const run = startRun(plan, library);
  try {
    const stood = new Promise<StandEvent>((resolve) => run.onStand(resolve));
    run.stepBar();
    const { state, error } = await stood;
    const milliseconds = performance.now() - began;
    if (state !== 'paused') throw new Error(`the first bar did not come: the run is ${state}: ${error?.message ?? ''}`);
    const { slots, session } = run.picture({ symbol: 0, interval: 0, logAfter: 0 })!;
    if (slots !== 1 || session !== plan.firstPlayed)
      throw new Error(`the run stands at slot ${slots} of session ${session}; it must be 1 of ${plan.firstPlayed}`);
    return milliseconds;
  } finally {
    run.dispose();
  }
}

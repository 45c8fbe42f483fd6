import { runAlone } from '../coordinator/alone.ts';
import { Coordinator } from '../coordinator/coordinator.ts';
import { Stager } from '../library/stage.ts';
import type { BarStore } from '../library/store.ts';
import { CommandQueue, maxSpeed, Verb } from '../memory/commands.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunReport } from '../session/report.ts';
import { runStart } from '../session/origin.ts';
import { blockFor } from '../session/run-block.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { Upkeep } from '../upkeep/upkeep.ts';

/**
 * Plays a run to its end in this thread, as fast as it goes whatever `replay.speed` says, and gives its report. Where a setting makes the run wait for its user, it goes on at
 * once and `onWait` is told. Rejects when the run fails.
 */
export async function playToEnd(
  plan: RunPlan,
  store: BarStore,
  onWait: () => void = () => undefined,
  strategy?: Strategy | null,
): Promise<RunReport> {
  const block = blockFor(plan, false, runStart(plan));
  const stager = await Stager.open(plan, block, store);
  const commands = new CommandQueue(block);
  let failure: string | undefined;
  const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
  const coordinator = new Coordinator(
    plan,
    block,
    clocks,
    {
      onStand: ({ state, error }) => {
        failure = error?.message;
        if (state !== 'paused') return;
        onWait();
        commands.put(Verb.play);
      },
      onReport: () => undefined,
    },
    strategy,
  );
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const until = (milliseconds: number): Promise<void> =>
    milliseconds === Infinity ? turn() : new Promise((resolve) => setTimeout(resolve, milliseconds));
  commands.put(Verb.speed, maxSpeed);
  commands.put(Verb.play);
  await runAlone(coordinator, new Upkeep(plan, block), stager, { now: clocks.now, turn, until }, commands);
  if (failure !== undefined) throw new Error(failure);
  return coordinator.report();
}

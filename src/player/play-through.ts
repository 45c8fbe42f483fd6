import { runAlone, type Idle } from '../coordinator/alone.ts';
import { Coordinator } from '../coordinator/coordinator.ts';
import { Stager } from '../library/stage.ts';
import type { BarReader } from '../library/store.ts';
import { CommandQueue, maxSpeed, Verb } from '../memory/commands.ts';
import type { RunPlan } from '../session/plan.ts';
import { runStart } from '../session/origin.ts';
import type { SessionStory } from '../session/story.ts';
import { blockFor } from '../session/run-block.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { Upkeep } from '../upkeep/upkeep.ts';

/** What a run needs of the thread in which it is played. */
export interface Thread extends Idle {
  /** What to add to `now` to get epoch milliseconds. */
  readonly epochMs: number;
}

/**
 * Plays a run to its end in this thread, as fast as it goes whatever `replay.speed` says. Where a setting makes the run wait for its
 * user, it goes on at once and `onWait` is told. Rejects when the run fails.
 */
export async function playThrough(
  plan: RunPlan,
  store: BarReader,
  thread: Thread,
  onWait: () => void = () => undefined,
  strategy?: Strategy | null,
  onStory?: (story: SessionStory) => void,
): Promise<Coordinator> {
  const block = blockFor(plan, false, runStart(plan));
  const stager = await Stager.open(plan, block, store, () => thread.epochMs + thread.now());
  const commands = new CommandQueue(block);
  let failure: string | undefined;
  const listener = {
    onStand: ({ state, error }: { readonly state: string; readonly error?: { readonly message: string } }) => {
      failure = error?.message;
      if (state !== 'paused') return;
      onWait();
      commands.put(Verb.play);
    },
    onReport: () => undefined,
    ...(onStory && { onStory }),
  };
  const coordinator = new Coordinator(plan, block, thread, listener, strategy);
  commands.put(Verb.speed, maxSpeed);
  commands.put(Verb.play);
  await runAlone(coordinator, new Upkeep(plan, block), stager, thread, commands);
  if (failure !== undefined) throw new Error(failure);
  return coordinator;
}

import { runAlone, type Idle } from '../coordinator/alone.ts';
import { Coordinator } from '../coordinator/coordinator.ts';
import { Stager } from '../library/stage.ts';
import type { BarReader } from '../library/store.ts';
import { CommandQueue, maxSpeed, Verb } from '../memory/commands.ts';
import { Word } from '../memory/layout.ts';
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

/** Who is told of a run while it plays to its end. */
export interface Hearers {
  /** A setting makes the run wait for its user; it goes on at once. */
  onWait?(): void;
  onStory?(story: SessionStory): void;
  /** How much of the run is played, 0 to 1, whenever the thread is let go. */
  onShare?(share: number): void;
  /** It came to its end: its strategy is not called any more. */
  onPlayed?(): void;
}

/**
 * Plays a run to its end in this thread, as fast as it goes whatever `replay.speed` says. `strategy` is the one that trades where the
 * plan's is not on the shelf. Rejects when the run fails.
 */
export async function playThrough(
  plan: RunPlan,
  store: BarReader,
  thread: Thread,
  { onWait, onStory, onShare, onPlayed }: Hearers = {},
  strategy?: Strategy | null,
): Promise<Coordinator> {
  const block = blockFor(plan, false, runStart(plan), false);
  const stager = await Stager.open(plan, block, store, () => thread.epochMs + thread.now());
  const commands = new CommandQueue(block);
  let failure: string | undefined;
  const listener = {
    onStand: ({ state, error }: { readonly state: string; readonly error?: { readonly message: string } }) => {
      failure = error?.message;
      if (state !== 'paused') return;
      onWait?.();
      commands.put(Verb.play);
    },
    onReport: () => undefined,
    ...(onStory && { onStory }),
  };
  const coordinator = new Coordinator(plan, block, thread, listener, strategy);
  commands.put(Verb.speed, maxSpeed);
  commands.put(Verb.play);
  const idle: Idle = {
    now: thread.now,
    turn: () => {
      onShare?.(block.words[Word.session]! / plan.sessions.length);
      return thread.turn();
    },
    until: thread.until,
  };
  await runAlone(coordinator, new Upkeep(plan, block), stager, idle, commands);
  onPlayed?.();
  if (failure !== undefined) throw new Error(failure);
  return coordinator;
}

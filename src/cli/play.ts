import type { BarStore } from '../library/store.ts';
import { playThrough, type Thread } from '../player/play-through.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunReport } from '../session/report.ts';
import type { SessionStory } from '../session/story.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { ownStrategy } from './own-code.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** This thread of Node, which lets others in while a run plays. */
export const nodeThread: Thread = {
  now: () => performance.now(),
  epochMs: performance.timeOrigin,
  turn,
  until: (milliseconds) =>
    milliseconds === Infinity ? turn() : new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Plays a run to its end and gives its report; see `playThrough`. */
export async function playToEnd(
  plan: RunPlan,
  store: BarStore,
  onWait?: () => void,
  strategy?: Strategy | null,
  onStory?: (story: SessionStory) => void,
): Promise<RunReport> {
  const own = strategy ?? (plan.strategy?.own && ownStrategy(plan));
  const hearers = { ...(onWait && { onWait }), ...(onStory && { onStory }) };
  return (await playThrough(plan, store, nodeThread, hearers, own)).report();
}

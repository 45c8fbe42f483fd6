import type { RunPlan } from '../session/plan.ts';
import type { SessionStory } from '../session/story.ts';
import { sessionLabel, several } from './labels.ts';
import type { Problem } from './notices.svelte.ts';

/** Reasons that are told apart; a strategy that fails in many ways has its first ones read. */
const mostReasons = 5;

/** What is told of sessions that failed in a run which went on: which, and why in full. `failed` is in time order, and not empty. */
export function failedSessions(
  failed: readonly Pick<SessionStory, 'session' | 'error'>[],
  { sessions, firstPlayed }: Pick<RunPlan, 'sessions' | 'firstPlayed'>,
): Problem {
  const byReason = new Map<string, number[]>();
  for (const { session, error } of failed) {
    const reason = error ?? '';
    byReason.set(reason, [...(byReason.get(reason) ?? []), session]);
  }
  const told = [...byReason].slice(0, mostReasons).map(([reason, [first, ...more]]) => {
    const and = more.length === 0 ? '' : ` and ${several(more.length, 'more session')}`;
    return `${sessionLabel(sessions[first!]!)}${and}: ${reason}`;
  });
  const untold = byReason.size - told.length;
  return {
    title: `${several(failed.length, 'session')} of ${sessions.length - firstPlayed} failed`,
    detail: [...told, ...(untold > 0 ? [`${several(untold, 'more reason')}, each in the table of sessions`] : [])].join(
      '; ',
    ),
    advice:
      'A session fails alone: the run went on after it, and its results are without what the session still had to come.',
  };
}

import { hour, instant, minute, type Instant } from '../time/instant.ts';
import type { RunPlan } from './plan.ts';
import type { StateCause } from './state.ts';

/** A change of a session's state that follows from its times. */
export interface DueChange {
  readonly at: Instant;
  readonly cause: StateCause;
}

const approachMs = hour / 2;

/**
 * When a session becomes pre-market: with its extended hours where they lie around it, else half an hour before its active hours,
 * and never before the session played before it has ended.
 */
export function approachOf(plan: RunPlan, session: number): DueChange {
  const { open, activeFrom } = plan.sessions[session]!;
  if (activeFrom > open) return { at: open, cause: 'extended hours begin' };
  const early = instant(activeFrom - approachMs);
  const previous = session > plan.firstPlayed ? endOf(plan, session - 1).at : early;
  return previous > early
    ? { at: previous, cause: 'at the end of the previous session' }
    : { at: early, cause: '30 minutes before the open' };
}

/** When a session ends: after the roll delay, which is session time and no longer than to the next open. */
export function endOf({ sessions, config }: Pick<RunPlan, 'sessions' | 'config'>, session: number): DueChange {
  const delayed = instant(sessions[session]!.close + config.session.rollDelayMinutes * minute);
  const next = sessions[session + 1]?.open ?? Infinity;
  return next < delayed
    ? { at: instant(next), cause: 'next session opens' }
    : { at: delayed, cause: 'roll delay over' };
}

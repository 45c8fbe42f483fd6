import { Verb } from '../memory/commands.ts';
import type { Timeline } from '../memory/timeline.ts';
import { countsAt } from '../session/intervention.ts';
import { boundaryFor, runStart, type RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunReport } from '../session/report.ts';
import type { Place } from './coordinator.ts';

/** How to get to a place of a run in a fresh block: where to begin, and the command that leads there. */
export interface Rewind {
  readonly from: RunOrigin;
  readonly verb: number;
  readonly argument: number;
}

/** What is known of a run that goes back. */
export interface Played {
  readonly plan: RunPlan;
  readonly timeline: Timeline;
  readonly report: Pick<RunReport, 'sessions' | 'interventions'>;
  readonly place: Place;
}

/** To the instant before the last one that was played; before the first one, to the start. */
export function backBar(played: Played): Rewind {
  const { plan, timeline, place } = played;
  const { session, slots, ended } = place;
  const tick = timeline.firstTick(session) + slots - 1;
  if (slots > 1) return toTick(played, tick - 1);
  const before = session - 1;
  if (before < plan.firstPlayed) return toStart(plan);
  if (endedInError(played, before)) return toEnd(played, before);
  // A session that waits to be started has no bar to take back, nor has one that failed at its open: the one before has.
  return toTick(played, slots === 0 && !ended ? tick - 1 : timeline.firstTick(session) - 1);
}

/** To the end of the session before the one that plays or has ended last; before the first one, to the start. */
export function backSession(played: Played): Rewind {
  const before = played.place.session - 1;
  return before < played.plan.firstPlayed ? toStart(played.plan) : toEnd(played, before);
}

/** To the instant at the end of the base slot of that run-wide number. */
export function toTick(played: Played, tick: number): Rewind {
  const { timeline } = played;
  const session = timeline.sessionOf(tick);
  return rewind(played, session, tick - timeline.firstTick(session), Verb.runTo, tick);
}

/** To the place itself: what a coordinator that died is built anew with. What the user did last counts from the instant after it on. */
export function toPlace(played: Played): Rewind {
  const way = wayToPlace(played);
  return { ...way, from: { ...way.from, interventions: played.report.interventions ?? [] } };
}

function wayToPlace(played: Played): Rewind {
  const { plan, timeline, place } = played;
  const { session, slots, ended } = place;
  if (ended) return toEnd(played, session);
  if (slots > 0) return toTick(played, timeline.firstTick(session) + slots - 1);
  return session > plan.firstPlayed ? toEnd(played, session - 1) : toStart(plan);
}

function toEnd(played: Played, session: number): Rewind {
  return rewind(played, session, Infinity, Verb.runToEnd, session);
}

function toStart(plan: RunPlan): Rewind {
  return { from: runStart(plan), verb: Verb.runTo, argument: -1 };
}

/** What the user did after the target is undone. */
function rewind({ plan, report }: Played, session: number, slot: number, verb: number, argument: number): Rewind {
  // A report that is older than the place reaches less far.
  const boundary = Math.min(boundaryFor(plan, session), plan.firstPlayed + report.sessions.length);
  const interventions = (report.interventions ?? []).filter((each) => countsAt(each, session, slot));
  return {
    from: { session: boundary, sessions: report.sessions, interventions },
    verb,
    argument,
  };
}

function endedInError({ plan, report }: Played, session: number): boolean {
  return report.sessions[session - plan.firstPlayed]?.states.at(-1)?.[0] === 'error';
}

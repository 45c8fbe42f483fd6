import type { Session } from '../time/session.ts';

/**
 * The units that roll where the bars are of a day: the sessions of a calendar year, those that only feed history apart from those
 * that are played. Years are long enough that rolling is rare, and short enough to be laid out one ahead of the other.
 */
export function unitsOf(
  days: readonly Session[],
  firstPlayed: number,
): { readonly sessions: readonly Session[]; readonly firstPlayed: number } {
  const trailing = byYear(days.slice(0, firstPlayed));
  return { sessions: [...trailing, ...byYear(days.slice(firstPlayed))], firstPlayed: trailing.length };
}

/** How many units back hold so many sessions, whichever of the played units is on; all there are where they do not. */
export function unitsHolding(sessions: number, units: readonly Session[], firstPlayed: number): number {
  let most = 0;
  for (let unit = firstPlayed; unit < units.length; unit++) {
    let held = 0;
    let back = 0;
    while (held < sessions && back < unit) held += units[unit - ++back]!.days!.length;
    most = Math.max(most, back);
  }
  return most;
}

function byYear(days: readonly Session[]): Session[] {
  const years = new Map<string, Session[]>();
  for (const session of days) {
    const year = session.date.slice(0, 4);
    const known = years.get(year);
    if (known) known.push(session);
    else years.set(year, [session]);
  }
  return [...years.values()].map(unitOf);
}

function unitOf(sessions: readonly Session[]): Session {
  const [first, last] = [sessions[0]!, sessions.at(-1)!];
  const { close, activeTo, early, dayEnd } = last;
  const days = sessions.map((session) => ({
    date: session.date,
    start: session.dayStart,
    until: session.dayEnd,
    open: session.open,
    close: session.close,
    openMs: session.breaks.reduce((sum, pause) => sum - (pause.end - pause.start), session.close - session.open),
  }));
  return { ...first, close, activeTo, early, dayEnd, breaks: [], days };
}

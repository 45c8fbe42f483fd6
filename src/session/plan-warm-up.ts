import { slotCount } from '../time/grid.ts';
import type { Session } from '../time/session.ts';
import type { BarStream } from './bar-stream.ts';

/** Bars that a symbol has in some sessions, where it has all: of the one whose bars are longest. */
export function barsOfSessions(sessions: readonly Session[], streams: readonly BarStream[]): number {
  const longest = Math.max(...streams.map(({ intervalMs }) => intervalMs));
  return sessions.reduce((bars, session) => bars + slotCount(session, longest), 0);
}

/** So many of some sessions, the latest ones, hold that many bars of every symbol; all where they do not. */
export function warmUpSessions(before: readonly Session[], streams: readonly BarStream[], bars: number): number {
  let held = 0;
  let count = 0;
  while (held < bars && count < before.length) held += barsOfSessions([before[before.length - ++count]!], streams);
  return count;
}

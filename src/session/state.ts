/** The states that a session goes through, in order; timed out and error are the ways off that road. */
export const sessionStates = [
  'not-started',
  'pre-market',
  'active',
  'post-market',
  'ended',
  'timed-out',
  'error',
] as const;

export type SessionState = (typeof sessionStates)[number];

/** What can happen to a session. */
export type SessionEvent = 'approach' | 'open' | 'close' | 'timeout' | 'end' | 'next' | 'fail';

/**
 * The table of allowed transitions. A session without data times out and ends with its roll; a failed one is left by the roll to
 * the next session.
 */
const table: Readonly<Record<SessionState, Readonly<Partial<Record<SessionEvent, SessionState>>>>> = {
  'not-started': { approach: 'pre-market', fail: 'error' },
  'pre-market': { open: 'active', fail: 'error' },
  active: { close: 'post-market', timeout: 'timed-out', fail: 'error' },
  'post-market': { end: 'ended', fail: 'error' },
  'timed-out': { end: 'ended', fail: 'error' },
  ended: { next: 'not-started' },
  error: { next: 'not-started' },
};

/** Whether the table allows an event in a state. */
export function allows(state: SessionState, event: SessionEvent): boolean {
  return table[state][event] !== undefined;
}

/** The state after an event. Throws when the table does not allow it. */
export function transition(state: SessionState, event: SessionEvent): SessionState {
  const next = table[state][event];
  if (next === undefined) throw new Error(`a session that is ${state} cannot ${event}`);
  return next;
}

/** Why a session changed its state; the log carries the place in this list. */
export const stateCauses = [
  '30 minutes before the open',
  'at the end of the previous session',
  'open',
  'close',
  'early close',
  'roll delay over',
  'next session opens',
  'no data for session.timeoutSeconds and none left',
  'the run failed',
] as const;

export type StateCause = (typeof stateCauses)[number];

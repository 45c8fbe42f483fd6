/**
 * The life of a session: one pure machine of states and events. What is to be done at a change is part of the answer, as data;
 * the coordinator carries it out and has no other source of changes.
 */

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
export const sessionEvents = ['approach', 'open', 'close', 'timeout', 'end', 'roll', 'fail'] as const;

export type SessionEvent = (typeof sessionEvents)[number];

/** What a change brings with it, in the order in which it is done. */
export type Effect =
  /** The change goes into the run log, with its time and cause. */
  | 'record'
  /** What is left of the session passes without pacing. */
  | 'hurry'
  /** What is left of the session is not played; upkeep's journal for it is passed over. */
  | 'abandon'
  /** The account of the session is closed: what was not delivered is missing. */
  | 'settle'
  /** The run may stand here: after its last session, after a step, and where it does not roll by itself. */
  | 'rest'
  /** The next session is taken up. */
  | 'leave';

export interface Change {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

const enter = (state: SessionState, ...more: readonly Effect[]): Change => ({ state, effects: ['record', ...more] });
const failed = enter('error', 'abandon', 'settle', 'rest');
const ended = enter('ended', 'settle', 'rest');
const left: Change = { state: 'not-started', effects: ['leave'] };

/**
 * The table of allowed changes. A session without data times out and ends with its roll; one that failed is over at once, and is
 * left by the roll to the next session.
 */
const table: Readonly<Record<SessionState, Readonly<Partial<Record<SessionEvent, Change>>>>> = {
  'not-started': { approach: enter('pre-market'), fail: failed },
  'pre-market': { open: enter('active'), fail: failed },
  active: { close: enter('post-market'), timeout: enter('timed-out', 'hurry'), fail: failed },
  'post-market': { end: ended, fail: failed },
  'timed-out': { end: ended, fail: failed },
  ended: { roll: left },
  error: { roll: left },
};

/** Whether the table allows an event in a state. */
export function allows(state: SessionState, event: SessionEvent): boolean {
  return table[state][event] !== undefined;
}

/** What an event does in a state. Throws when the table does not allow it. */
export function transition(state: SessionState, event: SessionEvent): Change {
  const change = table[state][event];
  if (change === undefined) throw new Error(`a session that is ${state} cannot ${event}`);
  return change;
}

/**
 * Why a session changed its state; the log carries the place in this list. The texts enter the fingerprint, so the words of an
 * error are not among them.
 */
export const stateCauses = [
  '30 minutes before the open',
  'at the end of the previous session',
  'open',
  'close',
  'early close',
  'roll delay over',
  'next session opens',
  'no data for session.timeoutSeconds and none left',
  'extended hours begin',
  'error in the feed',
  'error in a fill',
  'error in the strategy',
  'error in the session',
] as const;

export type StateCause = (typeof stateCauses)[number];

/** The cause of an error. */
export type FaultCause = Extract<StateCause, `error in ${string}`>;

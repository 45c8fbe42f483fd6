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

import { expect, test } from 'vitest';
import { sessionStates, transition, type SessionEvent, type SessionState } from '../../src/session/state.ts';

const events: readonly SessionEvent[] = ['approach', 'open', 'close', 'timeout', 'end', 'next', 'fail'];

/** Every transition that there is; whatever is not here must be refused. */
const allowed: Readonly<Record<string, SessionState>> = {
  'not-started approach': 'pre-market',
  'not-started fail': 'error',
  'pre-market open': 'active',
  'pre-market fail': 'error',
  'active close': 'post-market',
  'active timeout': 'timed-out',
  'active fail': 'error',
  'post-market end': 'ended',
  'post-market fail': 'error',
  'timed-out end': 'ended',
  'timed-out fail': 'error',
  'ended next': 'not-started',
  'error next': 'not-started',
};

const pairs = sessionStates.flatMap((state) => events.map((event) => [state, event] as const));

test.each(pairs)('a session that is %s: %s', (state, event) => {
  const next = allowed[`${state} ${event}`];
  if (next) expect(transition(state, event)).toBe(next);
  else expect(() => transition(state, event)).toThrow(new Error(`a session that is ${state} cannot ${event}`));
});

test('there are seven states and each can be reached', () => {
  const reached = new Set<SessionState>(['not-started']);
  for (const next of Object.values(allowed)) reached.add(next);
  expect([...reached].sort()).toEqual([...sessionStates].sort());
  expect(sessionStates).toHaveLength(7);
});

import { describe, expect, test } from 'vitest';
import {
  allows,
  sessionEvents,
  sessionStates,
  transition,
  type Effect,
  type SessionEvent,
  type SessionState,
} from '../../src/session/state.ts';
import { seeded } from '../support/synthetic.ts';

/** Every change that there is, with what it brings; whatever is not here must be refused. */
const allowed: Readonly<Record<string, readonly [SessionState, ...Effect[]]>> = {
  'not-started approach': ['pre-market', 'record'],
  'not-started fail': ['error', 'record', 'abandon', 'settle', 'rest'],
  'pre-market open': ['active', 'record'],
  'pre-market fail': ['error', 'record', 'abandon', 'settle', 'rest'],
  'active close': ['post-market', 'record'],
  'active timeout': ['timed-out', 'record', 'hurry'],
  'active fail': ['error', 'record', 'abandon', 'settle', 'rest'],
  'post-market end': ['ended', 'record', 'settle', 'rest'],
  'post-market fail': ['error', 'record', 'abandon', 'settle', 'rest'],
  'timed-out end': ['ended', 'record', 'settle', 'rest'],
  'timed-out fail': ['error', 'record', 'abandon', 'settle', 'rest'],
  'ended roll': ['not-started', 'leave'],
  'error roll': ['not-started', 'leave'],
};

const pairs = sessionStates.flatMap((state) => sessionEvents.map((event) => [state, event] as const));

test.each(pairs)('a session that is %s: %s', (state, event) => {
  const expected = allowed[`${state} ${event}`];
  expect(allows(state, event)).toBe(expected !== undefined);
  if (expected) {
    const { state: next, effects } = transition(state, event);
    expect([next, ...effects]).toEqual(expected);
  } else expect(() => transition(state, event)).toThrow(new Error(`a session that is ${state} cannot ${event}`));
});

test('there are seven states and each can be reached', () => {
  const reached = new Set<SessionState>(['not-started']);
  for (const [next] of Object.values(allowed)) reached.add(next);
  expect([...reached].sort()).toEqual([...sessionStates].sort());
  expect(sessionStates).toHaveLength(7);
});

/** What the rules say of a session, told without states: what has happened to it since it was taken up. */
class Rules {
  approached = false;
  opened = false;
  closed = false;
  silent = false;
  ended = false;
  failed = false;

  get isOver(): boolean {
    return this.ended || this.failed;
  }

  may(event: SessionEvent): boolean {
    const running = this.opened && !this.closed && !this.silent && !this.isOver;
    switch (event) {
      case 'approach':
        return !this.approached && !this.isOver;
      case 'open':
        return this.approached && !this.opened && !this.isOver;
      case 'close':
      case 'timeout':
        return running;
      case 'end':
        return (this.closed || this.silent) && !this.isOver;
      case 'fail':
        return !this.isOver;
      case 'roll':
        return this.isOver;
    }
  }

  does(event: SessionEvent): void {
    if (event === 'roll') return void Object.assign(this, new Rules());
    const fact = { approach: 'approached', open: 'opened', close: 'closed', timeout: 'silent', end: 'ended' } as const;
    this[event === 'fail' ? 'failed' : fact[event]] = true;
  }

  get state(): SessionState {
    if (this.failed) return 'error';
    if (this.ended) return 'ended';
    if (this.silent) return 'timed-out';
    if (this.closed) return 'post-market';
    if (this.opened) return 'active';
    return this.approached ? 'pre-market' : 'not-started';
  }
}

describe('a random walk of events', () => {
  const runs = 10_000;
  test(`goes as the rules say, ${runs} times`, () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= runs; seed++) {
      const random = seeded(seed);
      const rules = new Rules();
      let state: SessionState = 'not-started';
      let settled = 0;
      for (let n = 0; n < 40; n++) {
        const event = sessionEvents[Math.floor(random() * sessionEvents.length)]!;
        const where = `seed ${seed}, step ${n}: ${state} ${event}`;
        if (!rules.may(event)) {
          if (allows(state, event)) throw new Error(`${where} is allowed`);
          continue;
        }
        const wasOver = rules.isOver;
        rules.does(event);
        const change = transition(state, event);
        state = change.state;
        if (state !== rules.state) throw new Error(`${where} leads to ${state}, not ${rules.state}`);
        const { effects } = change;
        if (effects.includes('record') !== (event !== 'roll')) throw new Error(`${where} is not recorded rightly`);
        if (effects.includes('leave') !== wasOver) throw new Error(`${where} is left wrongly`);
        // The account of a session is closed once, when it is over; what failed is not played on.
        if (event === 'roll') settled = 0;
        if (effects.includes('settle')) settled++;
        if (rules.isOver !== (settled === 1)) throw new Error(`${where}: settled ${settled} times`);
        if (effects.includes('rest') !== effects.includes('settle')) throw new Error(`${where} rests wrongly`);
        if (effects.includes('abandon') !== (event === 'fail')) throw new Error(`${where} is abandoned wrongly`);
        if (effects.includes('hurry') !== (event === 'timeout')) throw new Error(`${where} hurries wrongly`);
        seen.add(`${event} ${state}`);
      }
    }
    expect(seen.size).toBe(
      new Set(Object.entries(allowed).map(([key, [next]]) => `${key.split(' ')[1]} ${next}`)).size,
    );
  });
});

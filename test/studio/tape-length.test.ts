import { expect, test } from 'vitest';
import { unitsOf } from '../../src/session/plan-units.ts';
import { playedSessions } from '../../src/studio/tape-length.ts';
import { calendar } from '../../src/time/calendar.ts';

const sessions = calendar('XNYS').sessions('2012-12-20', '2013-01-10');

test('a run of minutes plays the sessions that roll', () => {
  expect(playedSessions({ sessions, firstPlayed: 3 })).toBe(sessions.length - 3);
});

test('a run of days plays the sessions of its years', () => {
  expect(playedSessions(unitsOf(sessions, 3))).toBe(sessions.length - 3);
});

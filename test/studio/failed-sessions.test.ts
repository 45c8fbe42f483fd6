import { expect, test } from 'vitest';
import { failedSessions } from '../../src/studio/failed-sessions.ts';
import { calendar } from '../../src/time/calendar.ts';

const sessions = calendar('XNYS').sessions('2024-11-04', '2024-11-08');
const reason = 'line 1, column 81: TypeError: Cannot read properties of undefined';

test('sessions that failed are named with their reason in full, those of one reason together', () => {
  const one = failedSessions([{ session: 2, error: reason }], { sessions, firstPlayed: 2 });
  expect([one.title, one.detail]).toEqual(['1 session of 3 failed', `Wed 6 Nov 2024: ${reason}`]);
  const all = [0, 1, 2].map((session) => ({ session, error: session === 1 ? 'another' : reason }));
  const more = failedSessions(all, { sessions, firstPlayed: 0 });
  expect([more.title, more.detail]).toEqual([
    '3 sessions of 5 failed',
    `Mon 4 Nov 2024 and 1 more session: ${reason}; Tue 5 Nov 2024: another`,
  ]);
});

test('of more reasons than can be read, the rest is counted', () => {
  const each = sessions.map((_, session) => ({ session, error: `reason ${session}` }));
  expect(failedSessions([...each, { session: 0, error: 'sixth' }], { sessions, firstPlayed: 0 }).detail).toMatch(
    /reason 4; 1 more reason, each in the table of sessions$/,
  );
});

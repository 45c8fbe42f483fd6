import { expect, test } from 'vitest';
import type { RunPlan } from '../../src/session/plan.ts';
import { readTarget, zoneOf } from '../../src/studio/go-to.ts';
import { calendar } from '../../src/time/calendar.ts';
import { isoText } from '../../src/time/instant.ts';

/** 26, 27 and 29 Nov (closes early), 2 Dec; the first one only feeds history. */
const plan = {
  sessions: calendar('XNYS').sessions('2024-11-26', '2024-12-02'),
  firstPlayed: 1,
  zone: 'America/New_York',
} as unknown as RunPlan;

const told = (date: string, time: string): string => {
  const target = readTarget(plan, date, time);
  return target.ok ? isoText(target.at) : `${target.field}: ${target.message}`;
};

test('a date and a time on the wall of the market are an instant of the run', () => {
  expect(told('2024-11-27', '09:30')).toBe('2024-11-27T14:30:00Z');
  expect(told('2024-11-29', '13:00')).toBe('2024-11-29T18:00:00Z');
  expect(told('2024-12-02', '9:45')).toBe('2024-12-02T14:45:00Z');
});

test('what is not in the run is told with the field and with what would be', () => {
  expect(told('', '09:30')).toMatch(/^date: Choose a date/);
  expect(told('2024-11-27', '25:00')).toMatch(/^time: The time was “25:00”/);
  expect(told('2024-11-29', '14:00')).toBe(
    'time: 14:00 is outside the session: Fri 29 Nov 2024 is open from 09:30 to 13:00.',
  );
  expect(told('2024-11-28', '10:00')).toMatch(/^date: There is no session then. The next one: Fri 29 Nov 2024/);
  expect(told('2024-11-26', '10:00')).toMatch(/^date: The run begins later: Wed 27 Nov 2024/);
  expect(told('2024-12-03', '10:00')).toMatch(/^date: The run ends before: Mon 2 Dec 2024/);
});

test('a time that the clocks skipped does not exist', () => {
  const always = {
    sessions: calendar('24/7').sessions('2024-03-09', '2024-03-11'),
    firstPlayed: 0,
    zone: 'America/New_York',
  } as unknown as RunPlan;
  const target = readTarget(always, '2024-03-10', '02:30');
  expect(target).toMatchObject({ ok: false, field: 'time' });
});

test('the zone is that of the date, beyond a change of clocks too', () => {
  const now = Date.parse('2024-11-01T15:00:00Z');
  expect(zoneOf(plan, '2024-11-01', now)).toBe('New York, EDT');
  expect(zoneOf(plan, '2024-11-27', now)).toBe('New York, EST');
  expect(zoneOf(plan, '', now)).toBe('New York, EDT');
});

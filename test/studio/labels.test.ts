import { expect, test } from 'vitest';
import { chartBarLabel, durationLabel, placeZoneLabel, zoneLabel } from '../../src/studio/labels.ts';
import { calendar } from '../../src/time/calendar.ts';
import { day, minute } from '../../src/time/instant.ts';

test('a zone has its letters, whatever was asked before and whatever the language of the system is', () => {
  const winter = Date.UTC(2024, 0, 9);
  expect(zoneLabel(-1, 'America/New_York')).toMatch(/^(EST|UTC-5)$/);
  expect(zoneLabel(0, 'America/New_York')).toBe('EST');
  expect(zoneLabel(winter, 'America/New_York')).toBe('EST');
  expect(zoneLabel(Date.UTC(2024, 6, 9), 'America/New_York')).toBe('EDT');
  expect(zoneLabel(winter, 'Asia/Tokyo')).toBe('UTC+9');
  expect(placeZoneLabel(winter, 'UTC')).toBe('UTC');
});

test('a time that is left is told in the unit that suits it, rounded up', () => {
  const told = [0.2, 89, 91, 3_600, 86_400, 259_200].map(durationLabel);
  expect(told).toEqual(['1 s', '89 s', '2 min', '60 min', '24 h', '3 days']);
});

test('a bar of a session that opens on the evening before has the date of the session', () => {
  const sessions = calendar('CME FX').sessions('2024-01-03', '2024-01-04');
  const told = (at: number, ms: number): string => chartBarLabel(at, ms, sessions, 'America/Chicago');
  expect(sessions.map(({ open }) => told(open, day))).toEqual(['3 Jan 2024', '4 Jan 2024']);
  expect(told(sessions[0]!.open, minute)).toBe('17:00');
  // A bar of the data's own day, which no session opens with.
  expect(told(Date.UTC(2024, 0, 3, 6), day)).toBe('3 Jan 2024');
});

import { expect, test } from 'vitest';
import { durationLabel, placeZoneLabel, zoneLabel } from '../../src/studio/labels.ts';

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

import { expect, test } from 'vitest';
import { placeZoneLabel, zoneLabel } from '../../src/studio/labels.ts';

test('a zone has its letters, whatever was asked before and whatever the language of the system is', () => {
  const winter = Date.UTC(2024, 0, 9);
  expect(zoneLabel(-1, 'America/New_York')).toMatch(/^(EST|UTC-5)$/);
  expect(zoneLabel(0, 'America/New_York')).toBe('EST');
  expect(zoneLabel(winter, 'America/New_York')).toBe('EST');
  expect(zoneLabel(Date.UTC(2024, 6, 9), 'America/New_York')).toBe('EDT');
  expect(zoneLabel(winter, 'Asia/Tokyo')).toBe('UTC+9');
  expect(placeZoneLabel(winter, 'UTC')).toBe('UTC');
});

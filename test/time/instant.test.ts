import { expect, test } from 'vitest';
import { instant, isoText } from '../../src/time/instant.ts';

test('instants are written in UTC, with a fraction only where there is one', () => {
  expect(isoText(instant(Date.UTC(2013, 9, 7, 13)))).toBe('2013-10-07T13:00:00Z');
  expect(isoText(instant(Date.UTC(2013, 9, 7, 13, 0, 0, 250)))).toBe('2013-10-07T13:00:00.250Z');
});

import { expect, test } from 'vitest';
import { dayNumber, dayText, weekday } from '../../src/time/day.ts';

test('days are numbered from the epoch', () => {
  expect(dayNumber('1970-01-01')).toBe(0);
  expect(dayNumber('2000-03-01')).toBe(11_017);
  expect(dayNumber('1969-12-31')).toBe(-1);
  expect(dayText(11_017)).toBe('2000-03-01');
});

test.each(['2023-02-29', '2023-13-01', '2023-1-5', '20230105', '2023-01-05T00:00', 'today', ''])(
  '%s is no day',
  (text) => {
    expect(dayNumber(text)).toBeNaN();
  },
);

test('weeks go on across the epoch', () => {
  expect(weekday(dayNumber('1970-01-01'))).toBe(4);
  expect(weekday(dayNumber('1969-12-28'))).toBe(0);
  expect(weekday(dayNumber('2013-10-07'))).toBe(1);
});

import { expect, test } from 'vitest';
import type { Calendar } from '../../src/time/calendar.ts';
import { calendar } from '../../src/time/calendar.ts';
import { withHours } from '../../src/time/hours.ts';
import { hour } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';
import { sessionOfMinutes } from '../support/market-session.ts';

const xnys = calendar('XNYS');

/** `HH:MM-HH:MM` on the market's wall clock, with `early` where it is. */
function hoursOn(date: string, start: string | null, end: string | null, base: Calendar = xnys): string[] {
  const wallTime = (at: Parameters<ReturnType<typeof zone>['wallText']>[0]): string =>
    zone(base.zone).wallText(at).slice(11, 16);
  return withHours(base, { start, end })
    .sessions(date, date)
    .map(({ open, close, early }) => `${wallTime(open)}-${wallTime(close)}${early ? ' early' : ''}`);
}

test('no other hours leave the calendar as it is', () => {
  expect(withHours(xnys, { start: null, end: null })).toBe(xnys);
});

test.each([
  ['a later start', '10:00', null, '10:00-16:00'],
  ['an earlier start', '04:00', null, '04:00-16:00'],
  ['an earlier end', null, '12:00', '09:30-12:00'],
  ['a later end', null, '20:00', '09:30-20:00'],
  ['both', '04:00', '20:00', '04:00-20:00'],
])('%s on a regular day, whatever the clocks', (_, start, end, expected) => {
  for (const date of ['2015-12-23', '2008-03-07', '2008-03-10']) expect(hoursOn(date, start, end)).toEqual([expected]);
});

test.each([
  ['a later end stays at the early close', null, '20:00', ['09:30-13:00 early']],
  ['the regular end stays at the early close', null, '16:00', ['09:30-13:00 early']],
  ['an end before the early close is not early any more', null, '12:00', ['09:30-12:00']],
  ['an end at the early close is not early any more', null, '13:00', ['09:30-13:00']],
  ['an earlier start', '04:00', null, ['04:00-13:00 early']],
  ['a start after the early close leaves nothing', '14:00', null, []],
])('on an early close, %s', (_, start, end, expected) => {
  expect(hoursOn('2015-12-24', start, end)).toEqual(expected);
});

test('around the clock, hours are those of UTC, and an end of 24:00 is midnight', () => {
  expect(hoursOn('2023-03-12', '09:30', '16:00', calendar('24/7'))).toEqual(['09:30-16:00']);
  expect(hoursOn('2023-03-12', '12:00', '24:00', calendar('24/7'))).toEqual(['12:00-00:00']);
});

test('breaks are cut to the hours', () => {
  const market: Calendar = {
    ...calendar('24/7'),
    sessions: () => [sessionOfMinutes(600, [60, 90], [120, 180], [240, 300])],
  };
  const [session] = withHours(market, { start: '02:30', end: '04:30' }).sessions('1970-01-01', '1970-01-01');
  expect(session!.breaks).toEqual([
    { start: 2.5 * hour, end: 3 * hour },
    { start: 4 * hour, end: 4.5 * hour },
  ]);
});

test.each(['24:01', '9:30', '25:00', '09:60', '0930', ''])('advises about the time of day "%s"', (text) => {
  const advice = `was "${text}"; it must be a time of day as HH:MM`;
  expect(() => withHours(xnys, { start: text, end: null })).toThrow(`The session start ${advice}`);
  expect(() => withHours(xnys, { start: null, end: text })).toThrow(`The session end ${advice}`);
});

test('a start cannot be midnight of the next day', () => {
  expect(() => withHours(xnys, { start: '24:00', end: null })).toThrow('The session start was "24:00"');
});

test('a start is before the end', () => {
  expect(() => withHours(xnys, { start: '16:00', end: '09:30' })).toThrow(
    'The session start was 16:00 and its end 09:30; the start must be before the end',
  );
});

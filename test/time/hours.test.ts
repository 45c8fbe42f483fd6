import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../src/time/market-calendar.ts';
import { calendar, calendarNames } from '../../src/time/calendar.ts';
import { dayNumber, dayText } from '../../src/time/day.ts';
import type { SessionHours } from '../../src/time/hours.ts';
import { withHours } from '../../src/time/hours.ts';
import { hour, isoText } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { zone } from '../../src/time/zone.ts';
import { sessionOfMinutes } from '../support/market-session.ts';

const xnys = calendar('XNYS');
const own: SessionHours = { hours: 'regular', start: null, end: null, timeZone: null };

/** `HH:MM-HH:MM` on the market's wall clock, with `early` where it is. */
function hoursOn(date: string, start: string | null, end: string | null, base: Calendar = xnys): string[] {
  const wallTime = (at: Parameters<ReturnType<typeof zone>['wallText']>[0]): string =>
    zone(base.zone).wallText(at).slice(11, 16);
  return withHours(base, { ...own, start, end })
    .sessions(date, date)
    .map(({ open, close, early }) => `${wallTime(open)}-${wallTime(close)}${early ? ' early' : ''}`);
}

test('no other hours leave the calendar as it is', () => {
  expect(withHours(xnys, own)).toBe(xnys);
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
  const [session] = withHours(market, { ...own, start: '02:30', end: '04:30' }).sessions('1970-01-01', '1970-01-01');
  expect(session!.breaks).toEqual([
    { start: 2.5 * hour, end: 3 * hour },
    { start: 4 * hour, end: 4.5 * hour },
  ]);
});

test.each(['24:01', '9:30', '25:00', '09:60', '0930', ''])('advises about the time of day "%s"', (text) => {
  const advice = `was "${text}"; it must be a time of day as HH:MM`;
  expect(() => withHours(xnys, { ...own, start: text })).toThrow(`The session start ${advice}`);
  expect(() => withHours(xnys, { ...own, end: text })).toThrow(`The session end ${advice}`);
});

test('a start cannot be midnight of the next day', () => {
  expect(() => withHours(xnys, { ...own, start: '24:00' })).toThrow('The session start was "24:00"');
});

test('a start is before the end', () => {
  expect(() => withHours(xnys, { ...own, start: '16:00', end: '09:30' })).toThrow(
    'The session start was 16:00 and its end 09:30; the start must be before the end',
  );
});

/** The sessions of a date with those hours. */
function on(date: string, name: string, changes: Partial<SessionHours>): Session[] {
  return withHours(calendar(name), { ...own, ...changes }).sessions(date, date);
}

/** `open close` in UTC, without the date where it is the session's own. */
function spans(sessions: readonly Session[]): string[] {
  return sessions.map(({ date, open, close }) =>
    [open, close].map((at) => isoText(at).replace(`${date}T`, '')).join(' '),
  );
}

describe('extended hours', () => {
  test('are part of the session', () => {
    const [regular] = on('2024-11-27', 'XNYS', { hours: 'extended' });
    expect(regular).toMatchObject({
      open: Date.parse('2024-11-27T09:00:00Z'),
      close: Date.parse('2024-11-28T01:00:00Z'),
      activeFrom: Date.parse('2024-11-27T09:00:00Z'),
      activeTo: Date.parse('2024-11-28T01:00:00Z'),
      early: false,
    });
    const [half] = on('2024-11-29', 'XNAS', { hours: 'extended' });
    expect(half).toMatchObject({
      open: Date.parse('2024-11-29T09:00:00Z'),
      close: Date.parse('2024-11-29T22:00:00Z'),
      activeTo: Date.parse('2024-11-29T22:00:00Z'),
      early: true,
    });
  });

  test('lie around the active session', () => {
    const [half] = on('2024-11-29', 'XNYS', { hours: 'around' });
    expect(half).toMatchObject({
      open: Date.parse('2024-11-29T09:00:00Z'),
      activeFrom: Date.parse('2024-11-29T14:30:00Z'),
      activeTo: Date.parse('2024-11-29T18:00:00Z'),
      close: Date.parse('2024-11-29T22:00:00Z'),
      early: true,
    });
  });

  test('are cut by start and end, which do not move the active hours', () => {
    const [regular] = on('2024-11-27', 'XNYS', { hours: 'around', start: '08:00', end: '16:30' });
    expect(regular).toMatchObject({
      open: Date.parse('2024-11-27T13:00:00Z'),
      activeFrom: Date.parse('2024-11-27T14:30:00Z'),
      activeTo: Date.parse('2024-11-27T21:00:00Z'),
      close: Date.parse('2024-11-27T21:30:00Z'),
    });
    const [half] = on('2024-11-29', 'XNYS', { hours: 'around', end: '15:00' });
    expect(half).toMatchObject({
      activeTo: Date.parse('2024-11-29T18:00:00Z'),
      close: Date.parse('2024-11-29T20:00:00Z'),
      early: true,
    });
    expect(on('2024-11-27', 'XNYS', { hours: 'around', start: '16:00' })).toEqual([]);
  });

  test('are refused where there are none', () => {
    for (const hours of ['extended', 'around'] as const)
      expect(() => withHours(calendar('XTKS'), { ...own, hours })).toThrow('XTKS has no hours before and after');
  });
});

describe('wall times of sessions that open on the day before', () => {
  test.each([
    ['a start in the evening', { start: '18:00' }, '2024-06-10T23:00:00Z 22:00:00Z'],
    ['a start in the morning', { start: '08:30' }, '13:30:00Z 22:00:00Z'],
    ['an end in the afternoon', { end: '15:00' }, '2024-06-10T22:00:00Z 20:00:00Z'],
    ['an end in the evening', { end: '20:00' }, '2024-06-10T22:00:00Z 2024-06-11T01:00:00Z'],
    ['hours over midnight', { start: '18:00', end: '16:00' }, '2024-06-10T23:00:00Z 21:00:00Z'],
    ['hours of the day', { start: '08:30', end: '15:00' }, '13:30:00Z 20:00:00Z'],
  ])('%s', (_, changes, expected) => {
    expect(spans(on('2024-06-11', 'CMES', changes))).toEqual([expected.replace('2024-06-11T', '')]);
  });

  test('an early close stays, and a start after it leaves nothing', () => {
    expect(on('2024-07-04', 'CMES', { end: '15:00' })).toMatchObject([
      { close: Date.parse('2024-07-04T17:00:00Z'), early: true },
    ]);
    expect(on('2024-07-04', 'CMES', { start: '13:00' })).toEqual([]);
  });

  test('the hour around the changes of the clock', () => {
    const march = withHours(calendar('CMES'), { ...own, start: '01:30' }).sessions('2024-03-08', '2024-03-11');
    expect(spans(march)).toEqual(['07:30:00Z 23:00:00Z', '06:30:00Z 22:00:00Z']);
    const sunday = withHours(calendar('24/7'), { ...own, start: '02:30', end: '03:30', timeZone: 'America/Chicago' });
    // 02:30 does not exist on the 10th and is read as 03:30, which leaves nothing of that session.
    expect(sunday.sessions('2024-03-09', '2024-03-11').map(({ date }) => date)).toEqual(['2024-03-09', '2024-03-11']);
  });
});

describe('wall times of another zone', () => {
  test.each([
    ['XTKS', '2024-06-11', 'America/New_York', '20:00', null, '00:00:00Z 06:00:00Z'],
    ['XTKS', '2024-06-11', 'America/New_York', '21:00', '02:00', '01:00:00Z 06:00:00Z'],
    ['XNYS', '2024-06-11', 'Asia/Tokyo', '23:00', '04:00', '14:00:00Z 19:00:00Z'],
    ['XNYS', '2024-06-11', 'Europe/London', '14:30', '20:00', '13:30:00Z 19:00:00Z'],
    // New York is an hour nearer to London for two weeks.
    ['XNYS', '2024-03-12', 'Europe/London', '14:30', '20:00', '14:30:00Z 20:00:00Z'],
    ['XNYS', '2024-06-11', 'America/New_York', '10:00', '15:00', '14:00:00Z 19:00:00Z'],
  ])('%s %s in %s from %s to %s', (name, date, timeZone, start, end, expected) => {
    expect(spans(on(date, name, { timeZone, start, end }))).toEqual([expected]);
  });

  test('a session that leaves its day takes the day with it', () => {
    const [late] = on('2024-06-11', 'XNYS', { timeZone: 'Asia/Tokyo', start: '23:00', end: '14:00' });
    expect(late).toMatchObject({
      close: Date.parse('2024-06-12T05:00:00Z'),
      dayStart: Date.parse('2024-06-11T05:00:00Z'),
      dayEnd: Date.parse('2024-06-12T05:00:00Z'),
    });
  });

  test('of a market that never closes, the day on which clocks go back begins and ends where its neighbours do', () => {
    const spansOf = (changes: Partial<SessionHours>): string[] =>
      spans(
        withHours(calendar('24/7'), { ...own, timeZone: 'America/Chicago', ...changes }).sessions(
          '2023-11-04',
          '2023-11-06',
        ),
      );
    // 18:00 is 23:00 UTC until the 5th, 00:00 since: no 18:00 is within the 5th.
    expect(spansOf({ start: '18:00' })).toEqual([
      '23:00:00Z 2023-11-05T00:00:00Z',
      '00:00:00Z 2023-11-06T00:00:00Z',
      '00:00:00Z 2023-11-07T00:00:00Z',
    ]);
    // Nor is any 18:30: the next one is in the 6th.
    expect(spansOf({ end: '18:30' })).toEqual([
      '00:00:00Z 23:30:00Z',
      '00:00:00Z 2023-11-06T00:00:00Z',
      '00:00:00Z 00:30:00Z',
    ]);
  });

  test('an unknown zone is refused', () => {
    expect(() => on('2024-06-11', 'XNYS', { timeZone: 'New York', start: '10:00' })).toThrow('The time zone was');
  });
});

test('whatever the hours, sessions neither overlap nor last longer than a day', () => {
  const times = fc.option(
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '50'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`),
    { nil: null },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...calendarNames),
      fc.record({
        hours: fc.constantFrom('regular', 'extended', 'around'),
        start: times,
        end: times,
        timeZone: fc.constantFrom(null, 'America/Chicago', 'Asia/Tokyo'),
      }),
      fc.constantFrom('2019-03-04', '2023-10-25', '2024-06-28', '2024-12-20'),
      (name, rules: SessionHours, from) => {
        const market = calendar(name);
        if (rules.hours !== 'regular' && !market.extended) return;
        let changed: Calendar;
        try {
          changed = withHours(market, rules);
        } catch (thrown) {
          expect(String(thrown)).toContain('the start must be before the end');
          return;
        }
        const sessions = changed.sessions(from, dayText(dayNumber(from) + 30));
        for (const [i, each] of sessions.entries()) {
          const before = sessions[i - 1];
          // A bar counts in one session's account at most.
          if (before)
            expect(Math.max(before.close, before.dayEnd)).toBeLessThanOrEqual(Math.min(each.open, each.dayStart));
          expect(each.activeFrom).toBeLessThan(each.activeTo);
          expect(each.open).toBeLessThanOrEqual(each.activeFrom);
          expect(each.activeTo).toBeLessThanOrEqual(each.close);
          for (const { start, end } of each.breaks)
            expect(each.open <= start && start < end && end <= each.close).toBe(true);
        }
      },
    ),
    { numRuns: 400 },
  );
});

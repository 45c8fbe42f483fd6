import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendar, calendarNames } from '../../src/time/calendar.ts';
import { isoText } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { session } from '../support/market-session.ts';

const recorded = new URL('../../../shared/data/calendars/', import.meta.url);

/** Rows of `date,open,close` as an independent calendar library has them. */
function recordedSessions(file: string): string[] {
  const [, ...rows] = readFileSync(new URL(file, recorded), 'utf8').trim().split('\n');
  return rows.map((row) => row.split(',')).map(([date, open, close]) => `${date!.slice(0, 10)},${open},${close}`);
}

function row({ date, open, close }: Session): string {
  return `${date},${isoText(open)},${isoText(close)}`;
}

describe.skipIf(!existsSync(recorded))('recorded sessions (skipped where the shared data is absent)', () => {
  test.each([
    ['XNYS', 'xnys.csv', '1990-01-01', '2023-01-13', 8324, 69],
    ['24/7', '24-7.csv', '2016-01-01', '2016-12-31', 366, 0],
  ])('%s has every session of %s and no other', (name, file, from, to, count, earlyCount) => {
    const sessions = calendar(name).sessions(from, to);
    expect(sessions.map(row)).toEqual(recordedSessions(file));
    expect(sessions).toHaveLength(count);
    expect(sessions.filter(({ early }) => early)).toHaveLength(earlyCount);
  });
});

test('a regular session of New York', () => {
  expect(session('2013-10-07')).toEqual({
    date: '2013-10-07',
    open: Date.parse('2013-10-07T13:30:00Z'),
    close: Date.parse('2013-10-07T20:00:00Z'),
    activeFrom: Date.parse('2013-10-07T13:30:00Z'),
    activeTo: Date.parse('2013-10-07T20:00:00Z'),
    breaks: [],
    early: false,
    dayStart: Date.parse('2013-10-07T04:00:00Z'),
    dayEnd: Date.parse('2013-10-08T04:00:00Z'),
  });
});

test('the session opens an hour earlier in UTC after the clocks went forward', () => {
  expect(row(session('2008-03-07'))).toBe('2008-03-07,2008-03-07T14:30:00Z,2008-03-07T21:00:00Z');
  expect(row(session('2008-03-10'))).toBe('2008-03-10,2008-03-10T13:30:00Z,2008-03-10T20:00:00Z');
});

test.each([
  ['2015-12-24', '18:00'],
  ['2024-11-29', '18:00'],
  ['2024-07-03', '17:00'],
  ['2025-07-03', '17:00'],
  ['2002-07-05', '17:00'],
  ['1999-12-31', '18:00'],
  ['1990-12-24', '19:00'],
])('New York closes early on %s', (date, close) => {
  expect(session(date)).toMatchObject({ early: true, close: Date.parse(`${date}T${close}Z`) });
});

test.each(['2008-12-26', '2014-12-26', '2002-07-03', '1991-11-29', '1994-07-05', '2019-07-05', '1994-07-01'])(
  'New York does not close early on %s',
  (date) => {
    expect(session(date).early).toBe(false);
  },
);

test.each([
  ['2022-06-20', 'Juneteenth on a Sunday'],
  ['2027-06-18', 'Juneteenth on a Saturday'],
  ['2026-07-03', 'Independence Day on a Saturday'],
  ['2024-03-29', 'Good Friday'],
  ['2025-01-09', 'a day of mourning'],
  ['2012-10-29', 'a hurricane'],
  ['2023-01-02', 'New Year on a Sunday'],
  ['2024-11-30', 'a Saturday'],
])('New York is shut on %s: %s', (date) => {
  expect(calendar('XNYS').sessions(date, date)).toEqual([]);
});

test('New York trades on the Friday before a New Year on a Saturday, and on Juneteenth before 2022', () => {
  expect(session('2021-12-31').early).toBe(false);
  expect(session('2020-06-19').early).toBe(false);
});

test('around the clock, a session is a day of UTC', () => {
  const days = calendar('24/7').sessions('2023-03-11', '2023-03-13');
  expect(days.map(row)).toEqual([
    '2023-03-11,2023-03-11T00:00:00Z,2023-03-12T00:00:00Z',
    '2023-03-12,2023-03-12T00:00:00Z,2023-03-13T00:00:00Z',
    '2023-03-13,2023-03-13T00:00:00Z,2023-03-14T00:00:00Z',
  ]);
  expect(days[0]).toMatchObject({ early: false, dayStart: days[0]!.open, dayEnd: days[0]!.close });
});

test('there are no sessions outside the years that the rules are known for', () => {
  expect(
    calendar('XNYS')
      .sessions('1980-01-01', '1990-01-02')
      .map(({ date }) => date),
  ).toEqual(['1990-01-02']);
  expect(
    calendar('24/7')
      .sessions('2099-12-31', '2120-01-01')
      .map(({ date }) => date),
  ).toEqual(['2099-12-31']);
  expect(calendar('XNYS').sessions('2013-10-08', '2013-10-07')).toEqual([]);
});

test('calendars are found by name', () => {
  expect(calendarNames).toEqual(['XNYS', '24/7']);
  for (const name of calendarNames) expect(calendar(name).name).toBe(name);
  expect(() => calendar('NYSE')).toThrow('The calendar was "NYSE"; it must be one of XNYS, 24/7');
});

test('session dates must be days', () => {
  const { sessions } = calendar('XNYS');
  expect(() => sessions('2023-02-29', '2023-03-01')).toThrow('The first session date was "2023-02-29"');
  expect(() => sessions('2023-02-28', 'tomorrow')).toThrow('The last session date was "tomorrow"');
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendar, calendarNames } from '../../src/time/calendar.ts';
import { isoText } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { zone } from '../../src/time/zone.ts';
import { session } from '../support/market-session.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';

/** Rows of `date,open,close,breakStart,breakEnd` as an independent calendar library has them. */
function recordedSessions(file: string): string[] {
  const [, ...rows] = readFileSync(sharedData(`calendars/${file}`), 'utf8')
    .trim()
    .split('\n');
  return rows.map((row) => row.replace('T00:00:00Z', ''));
}

function row({ date, open, close, breaks }: Session): string {
  const times = [open, close, ...breaks.flatMap(({ start, end }) => [start, end])].map(isoText);
  return [date, ...times, ...Array<string>(4 - times.length).fill('')].join();
}

describe.skipIf(!hasSharedData)('recorded sessions (skipped where the shared data is absent)', () => {
  test.each([
    ['XNYS', 'xnys.csv', 8324, 69],
    ['XLON', 'xlon.csv', 8515, 65],
    ['XTKS', 'xtks.csv', 6613, 0],
    ['CMES', 'cmes.csv', 9682, 280],
    ['24/7', '24-7.csv', 366, 0],
    ['24/5', '24-5.csv', 261, 0],
  ])('%s has every session of %s and no other', (name, file, count, earlyCount) => {
    const expected = recordedSessions(file);
    const sessions = calendar(name).sessions(expected[0]!.slice(0, 10), expected.at(-1)!.slice(0, 10));
    expect(sessions.map(row)).toEqual(expected);
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
  expect(row(session('2008-03-07'))).toBe('2008-03-07,2008-03-07T14:30:00Z,2008-03-07T21:00:00Z,,');
  expect(row(session('2008-03-10'))).toBe('2008-03-10,2008-03-10T13:30:00Z,2008-03-10T20:00:00Z,,');
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
    '2023-03-11,2023-03-11T00:00:00Z,2023-03-12T00:00:00Z,,',
    '2023-03-12,2023-03-12T00:00:00Z,2023-03-13T00:00:00Z,,',
    '2023-03-13,2023-03-13T00:00:00Z,2023-03-14T00:00:00Z,,',
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
  expect(calendarNames).toEqual([
    ...['XNYS', 'XNAS', 'XLON', 'XTKS', 'CMES'],
    ...['CME equity', 'CME FX', 'CME rates', 'CME crypto', 'CME energy', 'CME metals', 'CME grains', 'CME livestock'],
    ...['FX', '24/7', '24/5'],
  ]);
  for (const name of calendarNames) expect(calendar(name).name).toBe(name);
  expect(() => calendar('NYSE')).toThrow('The calendar was "NYSE"; it must be one of XNYS, XNAS, XLON');
});

test('session dates must be days', () => {
  const { sessions } = calendar('XNYS');
  expect(() => sessions('2023-02-29', '2023-03-01')).toThrow('The first session date was "2023-02-29"');
  expect(() => sessions('2023-02-28', 'tomorrow')).toThrow('The last session date was "tomorrow"');
});

describe('the holidays of Tokyo', () => {
  /** Mondays to Fridays of a year without a session, `MM-DD`. */
  const shut = (year: number): string => {
    const { sessions } = calendar('XTKS');
    const open = new Set(sessions(`${year}-01-01`, `${year}-12-31`).map(({ date }) => date));
    return calendar('24/5')
      .sessions(`${year}-01-01`, `${year}-12-31`)
      .filter(({ date }) => !open.has(date))
      .map(({ date }) => date.slice(5))
      .join(' ');
  };

  // National holidays by the Cabinet Office's list (cao.go.jp/chosei/shukujitsu/syukujitsu.csv), Mondays to Fridays, with the
  // exchange's own 31 December to 3 January.
  test.each([
    [1990, '01-01 01-02 01-03 01-15 02-12 03-21 04-30 05-03 05-04 09-24 10-10 11-12 11-23 12-24 12-31'],
    [1992, '01-01 01-02 01-03 01-15 02-11 03-20 04-29 05-04 05-05 09-15 09-23 11-03 11-23 12-23 12-31'],
    [1993, '01-01 01-15 02-11 04-29 05-03 05-04 05-05 06-09 09-15 09-23 10-11 11-03 11-23 12-23 12-31'],
    [1998, '01-01 01-02 01-15 02-11 04-29 05-04 05-05 07-20 09-15 09-23 11-03 11-23 12-23 12-31'],
    [2027, '01-01 01-11 02-11 02-23 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23 12-31'],
  ])('%i', (year, expected) => {
    expect(shut(year)).toBe(expected);
  });

  test('a day between two holidays is one: silver week, not only in the years on record', () => {
    for (const date of ['2032-09-21', '2049-09-21']) expect(calendar('XTKS').sessions(date, date)).toEqual([]);
  });
});

test('the lunch break and the later close of Tokyo', () => {
  expect(row(session('1997-06-02', 'XTKS'))).toBe(
    '1997-06-02,1997-06-02T00:00:00Z,1997-06-02T06:00:00Z,1997-06-02T02:30:00Z,1997-06-02T03:30:00Z',
  );
  expect(session('2024-11-01', 'XTKS').close).toBe(Date.parse('2024-11-01T06:00:00Z'));
  expect(session('2024-11-05', 'XTKS')).toMatchObject({ close: Date.parse('2024-11-05T06:30:00Z'), early: false });
});

// Bank holidays by gov.uk/bank-holidays, and the rule for weekends.
test.each([
  ['2023-12-25', 'Christmas'],
  ['2024-05-06', 'early May'],
  ['2025-08-25', 'summer'],
  ['2026-12-28', 'Boxing Day on a Saturday'],
  ['2027-12-27', 'Christmas on a Saturday'],
  ['2027-12-28', 'Boxing Day on a Sunday'],
  ['2028-01-03', 'New Year on a Saturday'],
  ['2028-04-17', 'Easter Monday'],
])('London is shut on %s: %s', (date) => {
  expect(calendar('XLON').sessions(date, date)).toEqual([]);
});

test('London closes at half past twelve before Christmas and New Year, also after the recorded years', () => {
  const early = calendar('XLON')
    .sessions('2023-09-13', '2028-12-31')
    .filter((each) => each.early);
  expect(early.map(row).map((text) => text.replace(/,,$/, ''))).toEqual(
    [
      ...['2023-12-22', '2023-12-29', '2024-12-24', '2024-12-31', '2025-12-24', '2025-12-31'],
      ...['2026-12-24', '2026-12-31', '2027-12-24', '2027-12-31', '2028-12-22', '2028-12-29'],
    ].map((date) => `${date},${date}T08:00:00Z,${date}T12:30:00Z`),
  );
});

test('Nasdaq keeps the sessions of New York', () => {
  const days = ['1990-01-01', '2099-12-31'] as const;
  expect(calendar('XNAS').sessions(...days)).toEqual(calendar('XNYS').sessions(...days));
});

test('a session of Chicago opens on the day before, and its day is the wall clock’s 24 hours from there', () => {
  expect(session('2024-03-11', 'CMES')).toMatchObject({
    open: Date.parse('2024-03-10T22:00:00Z'),
    close: Date.parse('2024-03-11T22:00:00Z'),
    dayStart: Date.parse('2024-03-10T22:00:00Z'),
    dayEnd: Date.parse('2024-03-11T22:00:00Z'),
    early: false,
  });
  expect(session('2028-07-04', 'CMES')).toMatchObject({ close: Date.parse('2028-07-04T17:00:00Z'), early: true });
});

test('foreign exchange is open from Sunday 17:00 to Friday 17:00 New York', () => {
  // The clocks of New York went forward on Sunday the 10th.
  const week = calendar('FX').sessions('2024-03-08', '2024-03-15');
  expect(week.map(row)).toEqual([
    '2024-03-08,2024-03-07T22:00:00Z,2024-03-08T22:00:00Z,,',
    '2024-03-11,2024-03-10T21:00:00Z,2024-03-11T21:00:00Z,,',
    '2024-03-12,2024-03-11T21:00:00Z,2024-03-12T21:00:00Z,,',
    '2024-03-13,2024-03-12T21:00:00Z,2024-03-13T21:00:00Z,,',
    '2024-03-14,2024-03-13T21:00:00Z,2024-03-14T21:00:00Z,,',
    '2024-03-15,2024-03-14T21:00:00Z,2024-03-15T21:00:00Z,,',
  ]);
});

describe.each(calendarNames)('%s', (name) => {
  const market = calendar(name);
  const sessions = market.sessions('1990-01-01', '2099-12-31');

  test('its sessions ascend, overlap neither with each other nor in their days, and have their breaks inside', () => {
    const wrong = sessions.filter(({ open, close, activeFrom, activeTo, breaks, dayStart, dayEnd }, i) => {
      const edges = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
      const before = sessions[i - 1];
      return !(
        edges.every((edge, k) => k === 0 || edge > edges[k - 1]!) &&
        activeFrom === open &&
        activeTo === close &&
        dayStart <= open &&
        close <= dayEnd &&
        (!before || (before.date < sessions[i]!.date && before.close <= open && before.dayEnd <= dayStart))
      );
    });
    expect(sessions.length).toBeGreaterThan(2_000);
    expect(wrong).toEqual([]);
  });

  test('a session is early exactly when it ends before the regular close of its date', () => {
    const wrong = sessions.filter(({ date, open, close, early }) => {
      const regular = market.regular(date);
      return open < regular.open || early !== close < regular.close || close > regular.close;
    });
    expect(wrong).toEqual([]);
  });
});

// On the clock of each market, whatever it does in spring and autumn; half days and moved closes are in the lists.
test.each([
  ['XNYS', '09:30-13:00 09:30-14:00 09:30-16:00'],
  ['XLON', '08:00-12:30 08:00-16:30'],
  ['XTKS', '09:00-15:00 09:00-15:30'],
  ['CMES', '17:00-12:00 17:00-17:00'],
  ['CME FX', '17:00-10:15 17:00-12:00 17:00-12:15 17:00-16:00'],
  [
    'CME grains',
    '08:30-12:00 08:30-12:05 08:30-13:15 08:30-13:20 19:00-12:00 19:00-12:05 19:00-12:15 19:00-13:15 19:00-13:20',
  ],
  ['FX', '17:00-17:00'],
  ['24/5', '00:00-00:00'],
])('%s opens and closes at the same times of the wall clock from 1990 to 2099', (name, expected) => {
  const market = calendar(name);
  const { wallText } = zone(market.zone);
  const times = market
    .sessions('1990-01-01', '2099-12-31')
    .map(({ open, close }) => `${wallText(open).slice(11, 16)}-${wallText(close).slice(11, 16)}`);
  expect([...new Set(times)].sort().join(' ')).toBe(expected);
});

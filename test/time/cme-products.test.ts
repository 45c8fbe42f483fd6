import { describe, expect, test } from 'vitest';
import { calendar } from '../../src/time/calendar.ts';
import { zone } from '../../src/time/zone.ts';

const { wallText } = zone('America/Chicago');

/** `open-close` of a date on the clock of Chicago, with breaks in brackets; `shut` when there is no session. */
function hours(name: string, date: string): string {
  const [session] = calendar(name).sessions(date, date);
  if (!session) return 'shut';
  const { open, close, breaks } = session;
  const pauses = breaks.map(({ start, end }) => ` (${wallText(start).slice(11, 16)}-${wallText(end).slice(11, 16)})`);
  return `${wallText(open).slice(11, 16)}-${wallText(close).slice(11, 16)}${pauses.join('')}`;
}

describe('regular hours, with the daily halt between sessions', () => {
  test.each([
    ['CME equity', '2013-06-12', '17:00-16:15 (15:15-15:30)'],
    ['CME equity', '2015-09-18', '17:00-16:15 (15:15-15:30)'],
    ['CME equity', '2015-09-21', '17:00-16:00 (15:15-15:30)'],
    ['CME equity', '2021-06-25', '17:00-16:00 (15:15-15:30)'],
    ['CME equity', '2021-06-28', '17:00-16:00'],
    ['CME FX', '2024-06-12', '17:00-16:00'],
    ['CME rates', '2024-06-12', '17:00-16:00'],
    ['CME crypto', '2024-06-12', '17:00-16:00'],
    ['CME energy', '2015-06-12', '17:00-16:15'],
    ['CME energy', '2024-06-12', '17:00-16:00'],
    ['CME metals', '2024-06-12', '17:00-16:00'],
    ['CME grains', '2015-07-02', '19:00-12:00 (07:45-08:30)'],
    ['CME grains', '2015-07-01', '19:00-13:15 (07:45-08:30)'],
    ['CME grains', '2024-06-12', '19:00-13:20 (07:45-08:30)'],
    ['CME livestock', '2024-06-12', '08:30-13:05'],
  ])('%s on %s: %s', (name, date, expected) => {
    expect(hours(name, date)).toBe(expected);
  });

  test('the week begins on Sunday, also when the clocks change', () => {
    const [monday, tuesday] = calendar('CME equity').sessions('2024-03-11', '2024-03-12');
    expect(monday!.open).toBe(Date.parse('2024-03-10T22:00:00Z'));
    expect(monday!.close).toBe(Date.parse('2024-03-11T21:00:00Z'));
    expect(tuesday!.open - monday!.close).toBe(3_600_000);
  });
});

// iqhelp.dtn.com, fourth-of-july-service-hours-2024.
test.each([
  ['CME equity', '17:00-12:15', '17:00-12:00', '17:00-16:00'],
  ['CME rates', '17:00-16:00', '17:00-12:00', '17:00-16:00'],
  ['CME energy', '17:00-16:00', '17:00-13:30', '17:00-16:00'],
  ['CME metals', '17:00-16:00', '17:00-13:30', '17:00-16:00'],
  ['CME FX', '17:00-16:00', '17:00-16:00', '17:00-16:00'],
  ['CME crypto', '17:00-16:00', '17:00-16:00', '17:00-16:00'],
  ['CME grains', '19:00-13:20 (07:45-08:30)', 'shut', '08:30-13:20'],
  ['CME livestock', '08:30-13:05', 'shut', '08:30-13:05'],
])('%s around Independence Day 2024', (name, ...expected) => {
  expect(['2024-07-03', '2024-07-04', '2024-07-05'].map((date) => hours(name, date))).toEqual(expected);
});

// optionsthinktank.blogspot.com, 28 June 2013, from the exchange's schedule.
test.each([
  ['CME equity', '17:00-12:15', '17:00-10:30'],
  ['CME rates', '17:00-16:00', '17:00-12:00'],
  ['CME FX', '17:00-16:00', '17:00-12:00'],
  ['CME energy', '17:00-16:15', '17:00-12:15'],
  ['CME grains', '19:00-12:00 (07:45-08:30)', 'shut'],
])('%s around Independence Day 2013', (name, ...expected) => {
  expect(['2013-07-03', '2013-07-04'].map((date) => hours(name, date))).toEqual(expected);
});

// mondovisione.com, 30 December 2024, and prnewswire.com, 2 December 2018: CME Group on days of mourning.
test.each([
  ['CME equity', '17:00-08:30', '17:00-08:30'],
  ['CME rates', 'shut', '17:00-12:15'],
  ['CME metals', '17:00-16:00', '17:00-16:00'],
  ['CME FX', '17:00-16:00', '17:00-16:00'],
  ['CME livestock', '08:30-13:05', '08:30-12:15'],
])('%s on two days of mourning', (name, ...expected) => {
  expect(['2018-12-05', '2025-01-09'].map((date) => hours(name, date))).toEqual(expected);
});

// github.com/rsheftel/pandas_market_calendars, issues 132, 244 and 464; DTN on Presidents' Day 2023; kdhlradio.com on grains.
test.each([
  ['CME equity', '2021-04-02', '17:00-08:15', 'the employment report on Good Friday'],
  ['CME rates', '2021-04-02', '17:00-10:15', 'the employment report on Good Friday'],
  ['CME FX', '2021-04-02', '17:00-10:15', 'the employment report on Good Friday'],
  ['CME energy', '2021-04-02', 'shut', 'Good Friday'],
  ['CME equity', '2024-03-29', 'shut', 'Good Friday without a report'],
  ['CME metals', '2026-06-19', '17:00-12:00', 'Juneteenth at the end of a week'],
  ['CME metals', '2026-09-07', '17:00-13:30', 'Labor Day'],
  ['CME metals', '2026-11-27', '17:00-13:45', 'the day after Thanksgiving'],
  ['CME metals', '2026-12-24', '17:00-12:45', 'the eve of Christmas'],
  ['CME energy', '2023-02-20', '17:00-13:30', 'Presidents’ Day'],
  ['CME grains', '2023-02-20', 'shut', 'Presidents’ Day'],
  ['CME grains', '2023-02-21', '19:00-13:20 (07:45-08:30)', 'the evening of Presidents’ Day'],
  ['CME grains', '2020-12-24', '19:00-12:05 (07:45-08:30)', 'the eve of Christmas'],
  ['CME grains', '2017-12-26', '08:30-13:20', 'no evening on Christmas'],
  ['CME grains', '2019-01-02', '08:30-13:20', 'no evening on New Year'],
  ['CME grains', '2021-01-04', '19:00-13:20 (07:45-08:30)', 'the Sunday after New Year'],
  ['CME rates', '2012-10-29', '17:00-11:00', 'hurricane Sandy'],
])('%s on %s: %s, %s', (name, date, expected) => {
  expect(hours(name, date)).toBe(expected);
});

test('cryptocurrencies have no more sessions of their own once they trade around the clock', () => {
  const dates = calendar('CME crypto').sessions('2017-12-01', '2030-01-01');
  expect([dates[0]!.date, dates.at(-1)!.date]).toEqual(['2017-12-18', '2026-05-29']);
});

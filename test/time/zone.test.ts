import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day, hour, instant, isoText, minute, second } from '../../src/time/instant.ts';
import { transitionsReader } from '../../src/time/transitions.ts';
import { zone } from '../../src/time/zone.ts';

const newYork = zone('America/New_York');
const wall = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

const zoneNames = [
  ...['America/New_York', 'Europe/London', 'Asia/Tokyo', 'UTC', 'Asia/Kathmandu'],
  'Australia/Lord_Howe', // changes by half an hour
  'Africa/Casablanca', // an hour back for the month of Ramadan
  'America/Boa_Vista', // a summer time of one week, in 2000
  'Pacific/Apia', // left out 2011-12-30
  'Africa/Monrovia', // had an offset with seconds
  'America/Sao_Paulo', // changes at midnight
];

/** The wall time in the words of Intl, which knows nothing of our tables. */
function wallByIntl(name: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => format.format(at);
}

describe.each(zoneNames)('%s', (name) => {
  const market = zone(name);
  const read = transitionsReader(name);
  const { starts, offsets } = read(Date.UTC(2100, 0, 1), read(0));

  test('shows the wall time of Intl around every change', () => {
    const expected = wallByIntl(name);
    for (const start of starts.slice(1)) {
      for (const at of [-day, -second, 0, second, hour, day].map((delta) => instant(start + delta))) {
        expect(market.wallText(at)).toBe(expected(at));
      }
    }
  });

  test('shows the wall time of Intl at any instant', () => {
    const expected = wallByIntl(name);
    const instants = fc.integer({ min: 0, max: Date.UTC(2101, 0, 1) / second - 1 }).map((s) => instant(s * second));
    fc.assert(fc.property(instants, (at) => market.wallText(at) === expected(at)));
  });

  test('reads a repeated wall time as its first, and a skipped one with the offset before the gap', () => {
    const read = (wallMs: number): void => {
      const instants = [...new Set(offsets)].map((offset) => instant(wallMs - offset));
      const shown = instants.filter((at) => at + market.offsetAt(at) === wallMs).sort((a, b) => a - b);
      expect(market.wallKind(wallMs)).toBe(['skipped', 'plain', 'repeated'][shown.length]);
      expect(market.fromWall(wallMs)).toBe(shown[0] ?? wallMs - market.offsetAt(instant(wallMs - 2 * day)));
    };
    starts.slice(1).forEach((start, i) => {
      for (const offset of [offsets[i]!, offsets[i + 1]!]) {
        for (const delta of [-minute, -1, 0, 1, 17 * minute]) read(start + offset + delta);
      }
    });
    const walls = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(fc.property(walls, (wallMs) => read(wallMs)));
  });
});

test('New York, spring: 02:30 does not occur and moves to 03:30', () => {
  expect(newYork.wallKind(wall('2023-03-12 01:59:59'))).toBe('plain');
  expect(newYork.wallKind(wall('2023-03-12 02:30:00'))).toBe('skipped');
  expect(newYork.wallKind(wall('2023-03-12 03:00:00'))).toBe('plain');
  expect(isoText(newYork.fromWall(wall('2023-03-12 02:30:00')))).toBe('2023-03-12T07:30:00Z');
});

test('New York, autumn: 01:30 occurs twice and means the first', () => {
  expect(newYork.wallKind(wall('2023-11-05 00:59:59'))).toBe('plain');
  expect(newYork.wallKind(wall('2023-11-05 01:30:00'))).toBe('repeated');
  expect(newYork.wallKind(wall('2023-11-05 02:00:00'))).toBe('plain');
  expect(isoText(newYork.fromWall(wall('2023-11-05 01:30:00')))).toBe('2023-11-05T05:30:00Z');
});

test('a day and a time of day make an instant', () => {
  expect(isoText(newYork.atWall('2008-03-07', 9.5 * hour))).toBe('2008-03-07T14:30:00Z');
  expect(isoText(newYork.atWall('2008-03-10', 9.5 * hour))).toBe('2008-03-10T13:30:00Z');
});

test('the day of an instant is the local one', () => {
  expect(newYork.dayOf(instant(Date.UTC(2013, 9, 8, 3, 59)))).toBe('2013-10-07');
  expect(newYork.dayOf(instant(Date.UTC(2013, 9, 8, 4, 0)))).toBe('2013-10-08');
  expect(zone('Asia/Tokyo').dayOf(instant(Date.UTC(2013, 9, 7, 15, 0)))).toBe('2013-10-08');
});

test('wall texts show milliseconds only where there are some', () => {
  expect(newYork.wallText(instant(Date.UTC(2013, 9, 7, 13, 30)))).toBe('2013-10-07 09:30:00');
  expect(newYork.wallText(instant(Date.UTC(2013, 9, 7, 13, 30, 0, 5)))).toBe('2013-10-07 09:30:00.005');
});

test.each(zoneNames)('%s: its changes are the same in whatever order years are asked for', (name) => {
  const inOrder = (...years: number[]): unknown =>
    years.reduce<ReturnType<ReturnType<typeof transitionsReader>> | undefined>(
      (known, year) => transitionsReader(name)(Date.UTC(year, 5, 1), known),
      undefined,
    );
  const whole = inOrder(1960, 2150);
  expect(whole).toMatchObject({ from: -Infinity, until: Infinity });
  expect(inOrder(2015, 2150, 1975)).toEqual(whole);
  expect(inOrder(2100, 2030, 2000, 1999, 1970, 2015)).toEqual(whole);
  const years = fc.array(fc.integer({ min: 1960, max: 2110 }), { maxLength: 6 });
  fc.assert(
    fc.property(years, (some) => {
      expect(inOrder(...some, 1970, 2100)).toEqual(whole);
    }),
    { numRuns: 10 },
  );
});

test('a zone is built once', () => {
  expect(zone('Europe/London')).toBe(zone('Europe/London'));
});

test.each(['America/Nowhere', 'EasternTime', '', '+02:00'])('advises about the zone name "%s"', (name) => {
  expect(() => zone(name)).toThrow(`The time zone was "${name}"; it must be an IANA name such as America/New_York`);
});

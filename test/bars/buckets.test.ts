import { expect, test } from 'vitest';
import type { Buckets } from '../../src/bars/buckets.ts';
import { bucketTable } from '../../src/bars/buckets.ts';
import { sessionGrid, slotCount } from '../../src/time/grid.ts';
import { dayNumber } from '../../src/time/day.ts';
import { instant, isoText, minute } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { zone } from '../../src/time/zone.ts';
import { session, sessionOfMinutes } from '../support/market-session.ts';

function bucketsOf(of: Session, baseMinutes: number, minutes: number): Buckets {
  return bucketTable(sessionGrid(of, baseMinutes * minute), minutes * minute);
}

/** `first-end` base slots of every bucket. */
function ranges({ first, end }: Buckets): string[] {
  return Array.from(first, (slot, bucket) => `${slot}-${end[bucket]}`);
}

test('a regular session has 78 buckets of five minutes', () => {
  const buckets = bucketsOf(session('2013-10-07'), 1, 5);
  expect(buckets.grid.count).toBe(78);
  expect(ranges(buckets).slice(-2)).toEqual(['380-385', '385-390']);
  expect(Array.from(buckets.bucketOf.subarray(0, 6))).toEqual([0, 0, 0, 0, 0, 1]);
  expect(buckets.bucketOf[389]).toBe(77);
});

test('the last bucket is shorter where the close cuts it', () => {
  expect(ranges(bucketsOf(session('2013-10-07'), 1, 60)).slice(-2)).toEqual(['300-360', '360-390']);
  expect(ranges(bucketsOf(session('2015-12-24'), 1, 60)).slice(-2)).toEqual(['120-180', '180-210']);
  expect(ranges(bucketsOf(sessionOfMinutes(3), 1, 5))).toEqual(['0-3']);
});

test('a bucket does not reach over a break', () => {
  const buckets = bucketsOf(sessionOfMinutes(20, [7, 11]), 1, 5);
  expect(ranges(buckets)).toEqual(['0-5', '5-7', '7-12', '12-16']);
  expect(Array.from(buckets.grid.starts, (start) => start / minute)).toEqual([0, 5, 11, 16]);
  expect(Array.from(buckets.grid.ends, (end) => end / minute)).toEqual([5, 7, 16, 20]);
  expect(Array.from(buckets.bucketOf)).toEqual([0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3]);
});

test('base slots that a break cuts short stay in their bucket', () => {
  expect(ranges(bucketsOf(sessionOfMinutes(40, [13, 20]), 5, 10))).toEqual(['0-2', '2-3', '3-5', '5-7']);
});

test('seven minutes from an open at 18:00 begin at 18:00 and 18:07, whatever midnight does', () => {
  // 17:00 in Chicago is 18:00 in New York.
  const overnight = session('2024-01-17', 'CMES');
  const { grid } = bucketsOf(overnight, 1, 7);
  const wall = (bucket: number): string =>
    zone('America/New_York').wallText(instant(grid.starts[bucket]!)).slice(11, 16);
  expect([wall(0), wall(1), wall(51), wall(52)]).toEqual(['18:00', '18:07', '23:57', '00:04']);
  expect(grid.count).toBe(Math.ceil((24 * 60) / 7));
});

test('a half day ends its last bucket at 13:00', () => {
  const { grid } = bucketsOf(session('2015-12-24'), 1, 240);
  expect(Array.from(grid.ends, (end) => isoText(instant(end)))).toEqual(['2015-12-24T18:00:00Z']);
});

test('buckets in Tokyo begin anew after lunch', () => {
  const { grid, first, end } = bucketsOf(session('2024-06-03', 'XTKS'), 1, 7);
  const wall = (at: number): string => zone('Asia/Tokyo').wallText(instant(at)).slice(11, 16);
  const lunch = grid.ends.findIndex((at) => wall(at) === '11:30');
  expect([wall(grid.starts[lunch]!), wall(grid.starts[lunch + 1]!)]).toEqual(['11:27', '12:30']);
  expect(end[lunch]! - first[lunch]!).toBe(3);
});

test('days of 23 and 25 hours have as many hours, half-hours and one day', () => {
  const newYork = zone('America/New_York');
  const local = (date: string): Session => {
    const [open, close] = [0, 1].map((days) => newYork.fromWall((dayNumber(date) + days) * 24 * 60 * minute));
    return { ...sessionOfMinutes(1), date, open: open!, close: close! };
  };
  const counts = (date: string): number[] => [60, 30, 24 * 60].map((of) => bucketsOf(local(date), 1, of).grid.count);
  expect(counts('2024-03-10')).toEqual([23, 46, 1]);
  expect(counts('2024-11-03')).toEqual([25, 50, 1]);
});

test('a bucket of a day is the whole session, breaks and all, whatever the base', () => {
  const buckets = bucketsOf(sessionOfMinutes(20, [7, 11]), 7, 24 * 60);
  expect(ranges(buckets)).toEqual(['0-3']);
  expect([buckets.grid.starts[0], buckets.grid.ends[0]]).toEqual([0, 20 * minute]);
  expect(buckets.grid.elapsed[0]).toBe(16 * minute);
  expect(sessionGrid(sessionOfMinutes(20, [7, 11]), 24 * 60 * minute)).toMatchObject({ count: 1 });
  expect(slotCount(sessionOfMinutes(25 * 60), 24 * 60 * minute)).toBe(1);
  expect(() => bucketsOf(sessionOfMinutes(20), 7, 48 * 60)).toThrow('must be a multiple');
});

test('the base interval itself has one slot a bucket', () => {
  expect(ranges(bucketsOf(sessionOfMinutes(3), 1, 1))).toEqual(['0-1', '1-2', '2-3']);
});

test('a derived interval is a multiple of the base', () => {
  const base = sessionGrid(sessionOfMinutes(20), 2 * minute);
  expect(() => bucketTable(base, 5 * minute)).toThrow(
    'The derived interval was 5m; it must be a multiple of the base interval 2m',
  );
  expect(() => bucketTable(base, minute)).toThrow('The derived interval was 1m');
  expect(() => bucketTable(base, 0)).toThrow(RangeError);
});

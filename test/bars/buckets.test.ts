import { expect, test } from 'vitest';
import type { Buckets } from '../../src/bars/buckets.ts';
import { bucketTable } from '../../src/bars/buckets.ts';
import { sessionGrid, slotCount } from '../../src/time/grid.ts';
import { minute } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
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

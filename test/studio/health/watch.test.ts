import { expect, it } from 'vitest';
import { Watch } from '../../../src/studio/health/watch.ts';

const looks = (
  watch: Watch,
  count: number,
  spanMs = 250,
  state: 'at work' | 'starting' | 'busy' | 'done' = 'at work',
) => Array.from({ length: count }, () => watch.look({ beat: 7, state }, spanMs)).indexOf(true);

it('a worker that gives no sign for two and a half seconds is lost, within three seconds of its death', () => {
  const watch = new Watch();
  watch.look({ beat: 6, state: 'at work' }, 250);
  // The first look sees the last beat.
  expect((looks(watch, 40) + 1) * 250).toBeLessThanOrEqual(3_000);
});

it('one that counts on is not lost, however slowly the page looks', () => {
  const watch = new Watch();
  for (let beat = 0; beat < 100; beat++) expect(watch.look({ beat, state: 'at work' }, 10_000)).toBe(false);
});

it('a minute in which the page was frozen, and its workers with it, is no silence', () => {
  const watch = new Watch();
  watch.look({ beat: 7, state: 'at work' }, 250);
  expect(watch.look({ beat: 7, state: 'at work' }, 60_000)).toBe(false);
  expect(watch.look({ beat: 8, state: 'at work' }, 250)).toBe(false);
  expect(watch.silentMs).toBe(0);
});

it('a worker that starts, or makes a report, has longer; one that is done is not watched', () => {
  expect(looks(new Watch(), 39, 250, 'starting')).toBe(-1);
  expect(looks(new Watch(), 119, 250, 'busy')).toBe(-1);
  expect(looks(new Watch(), 1_000, 250, 'done')).toBe(-1);
  expect(looks(new Watch(), 200, 250, 'busy')).toBeGreaterThan(0);
});

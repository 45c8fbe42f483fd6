import { describe, expect, test } from 'vitest';
import { Pace } from '../../src/coordinator/pace.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { maxSpeed, putCommand, Verb } from '../../src/memory/commands.ts';
import { Cell } from '../../src/memory/layout.ts';
import { minute } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

async function pacedRun(speed: number, from = '2024-11-29', to = from): Promise<DrivenRun> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: randomWalk(from, to, 1) });
  return DrivenRun.open(await planOf(store, { history: { enabled: false }, replay: { speed } }), store);
}

describe('a paced run', () => {
  test.each([
    [1, 60_000],
    [10, 6_000],
    [60, 1_000],
    [600, 100],
    [0.5, 120_000],
    [36_000, 60_000 / 36_000],
  ])('at %i × plays a bar of a minute each %d ms', async (speed, each) => {
    const run = await pacedRun(speed);
    const begun = run.nowMs;
    putCommand(run.block, Verb.play);
    for (let n = 0; n < 5; n++) {
      while ((await run.once()) !== 'time');
      expect(run.slots).toBe(n);
      expect(run.coordinator.dueMs).toBeCloseTo(begun + (n + 1) * each, 6);
      run.nowMs = run.coordinator.dueMs - 0.001;
      expect(await run.once()).toBe('time');
      run.nowMs = run.coordinator.dueMs;
    }
    await run.drive();
    expect(run.nowMs - begun).toBeCloseTo(210 * each, 3);
  });

  test('takes no wall time for nights', async () => {
    const run = await pacedRun(600, '2024-11-26', '2024-11-27');
    const begun = run.nowMs;
    await run.command(Verb.play);
    expect(run.nowMs - begun).toBeCloseTo(780 * 100, 3);
  });

  test('makes up for small lateness, and goes on from where it is after a long freeze', async () => {
    const run = await pacedRun(600);
    putCommand(run.block, Verb.play);
    while ((await run.once()) !== 'time');
    const anchor = run.nowMs;
    run.nowMs = anchor + 350;
    expect([await run.once(), run.slots, run.coordinator.dueMs]).toEqual(['time', 3, anchor + 400]);
    run.nowMs += 60_000;
    expect([await run.once(), run.slots]).toEqual(['time', 4]);
    expect(run.coordinator.dueMs).toBe(run.nowMs + 100);
  });

  test('goes on at a new speed from where it is', async () => {
    const run = await pacedRun(60);
    putCommand(run.block, Verb.play);
    while ((await run.once()) !== 'time');
    run.nowMs += 500;
    putCommand(run.block, Verb.speed, 600_000);
    expect([await run.once(), run.coordinator.dueMs]).toEqual(['time', run.nowMs + 100]);
    putCommand(run.block, Verb.speed, maxSpeed);
    const at = run.nowMs;
    expect([await run.drive(), run.nowMs]).toEqual(['nothing', at]);
  });

  test('does not count the time of a pause', async () => {
    const run = await pacedRun(60);
    putCommand(run.block, Verb.play);
    while ((await run.once()) !== 'time');
    await run.command(Verb.pause);
    expect(run.block.cells[Cell.nextDueWall]).toBeNaN();
    run.nowMs += 3_600_000;
    putCommand(run.block, Verb.play);
    expect([await run.once(), run.slots, run.coordinator.dueMs]).toEqual(['time', 0, run.nowMs + 1_000]);
  });

  test('steps at once', async () => {
    const run = await pacedRun(1);
    const begun = run.nowMs;
    await run.command(Verb.stepBar);
    await run.command(Verb.stepSession);
    expect([run.slots, run.nowMs]).toEqual([210, begun]);
  });

  test('shows when the next bar is due', async () => {
    const run = await pacedRun(60);
    putCommand(run.block, Verb.play);
    while ((await run.once()) !== 'time');
    const { cells } = run.block;
    const open = Date.parse('2024-11-29T14:30:00Z');
    expect([cells[Cell.nextInstant], cells[Cell.nextDueWall]]).toEqual([open + minute, run.coordinator.dueMs]);
  });
});

test('lateness does not add up over bars', () => {
  const pace = new Pace(600);
  pace.anchor(0);
  for (let n = 0; n < 1_000; n++) pace.advance(minute, pace.dueMs(minute) + 7);
  expect(pace.dueMs(minute)).toBe(100_100);
});

test('at full speed everything is due at once', () => {
  const pace = new Pace(Infinity);
  pace.anchor(5);
  pace.advance(minute, 10_000);
  expect(pace.dueMs(minute)).toBe(5);
});

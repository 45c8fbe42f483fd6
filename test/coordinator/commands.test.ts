import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { hasCommand, maxSpeed, putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

type Changes = Parameters<typeof planOf>[1];

/** A run of one symbol over two full days and an early close, at full speed, without history. */
async function threeDays(
  changes: Changes = {},
  columns: BarColumns = randomWalk('2024-11-26', '2024-11-29', 1),
): Promise<DrivenRun> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: columns });
  const plan = await planOf(store, {
    history: { enabled: false },
    ...changes,
    replay: { speed: 'max', ...changes.replay },
  });
  return DrivenRun.open(plan, store);
}

describe('commands', () => {
  test('nothing is played before the first one', async () => {
    const run = await threeDays();
    expect(await run.drive()).toBe('command');
    expect([run.state, run.sessionState, run.slots, run.stands]).toEqual(['ready', 'not-started', 0, []]);
  });

  test('play goes to the end and says so, with the fingerprint', async () => {
    const run = await threeDays();
    expect(await run.command(Verb.play)).toBe('nothing');
    expect([run.state, run.sessionState]).toEqual(['finished', 'ended']);
    expect(run.stands).toEqual([{ state: 'finished', fingerprint: run.coordinator.report().fingerprint }]);
    expect(run.coordinator.report().sessions.map(({ date }) => date)).toEqual([
      '2024-11-26',
      '2024-11-27',
      '2024-11-29',
    ]);
  });

  test('a step of a bar plays one instant, also over the end of a session', async () => {
    const run = await threeDays();
    for (let n = 1; n <= 390; n++) {
      await run.command(Verb.stepBar);
      expect([run.slots, run.state]).toEqual([n, 'paused']);
    }
    expect(run.sessionState).toBe('post-market');
    await run.command(Verb.stepBar);
    expect([run.session, run.slots, run.sessionState]).toEqual([1, 1, 'active']);
    expect(run.stands).toHaveLength(391);
    expect(run.stands.map(({ fingerprint }) => fingerprint !== null)).toEqual([
      ...new Array<boolean>(390).fill(false),
      true,
    ]);
  });

  test('steps that are given at once are as many bars', async () => {
    const run = await threeDays();
    for (let n = 1; n < 5; n++) putCommand(run.block, Verb.stepBar, 0);
    await run.command(Verb.stepBar);
    expect([run.slots, run.state]).toEqual([5, 'paused']);
  });

  test('steps that are given at once, before the history is there, are as many bars', async () => {
    const run = await threeDays({ data: { from: '2024-11-27' }, history: { trailingDays: 1 } });
    for (let n = 1; n < 3; n++) putCommand(run.block, Verb.stepBar, 0);
    await run.command(Verb.stepBar);
    expect([run.session, run.slots, run.state]).toEqual([1, 3, 'paused']);
  });

  test('a step of a bar after the last one ends the run', async () => {
    const run = await threeDays({ data: { from: '2024-11-29' } });
    for (let n = 0; n < 210; n++) await run.command(Verb.stepBar);
    expect(run.state).toBe('paused');
    expect(await run.command(Verb.stepBar)).toBe('nothing');
    expect(run.state).toBe('finished');
  });

  test('a step of a session plays to its end, from wherever it is', async () => {
    const run = await threeDays();
    await run.command(Verb.stepBar);
    await run.command(Verb.stepSession);
    expect([run.session, run.slots, run.sessionState, run.state]).toEqual([0, 390, 'ended', 'paused']);
    await run.command(Verb.stepSession);
    expect([run.session, run.slots, run.sessionState]).toEqual([1, 390, 'ended']);
    expect(await run.command(Verb.stepSession)).toBe('nothing');
    expect([run.session, run.slots, run.state]).toEqual([2, 210, 'finished']);
  });

  test('pause stands still where it is, play goes on', async () => {
    const run = await threeDays();
    run.stepMs = 1;
    putCommand(run.block, Verb.play);
    for (let n = 0; n < 4; n++) await run.once(0);
    const { slots } = run;
    expect([run.state, slots > 0, slots < 390]).toEqual(['playing', true, true]);
    expect(await run.command(Verb.pause)).toBe('command');
    expect([run.state, run.slots]).toEqual(['paused', slots]);
    await run.drive();
    expect(run.slots).toBe(slots);
    expect(await run.command(Verb.play)).toBe('nothing');
  });

  test('pause when nothing plays, and anything after the end, changes nothing', async () => {
    const run = await threeDays();
    await run.command(Verb.pause);
    expect([run.state, run.stands]).toEqual(['ready', []]);
    await run.command(Verb.play);
    const { fingerprint } = run.coordinator.report();
    for (const verb of [Verb.play, Verb.stepBar, Verb.stepSession, Verb.pause, Verb.stop]) await run.command(verb);
    expect([run.state, run.stands.length, run.coordinator.report().fingerprint]).toEqual(['finished', 1, fingerprint]);
  });

  test('stop ends the run for good; what had ended is still reported', async () => {
    const run = await threeDays();
    await run.command(Verb.stepSession);
    await run.command(Verb.stepBar);
    expect(await run.command(Verb.stop)).toBe('nothing');
    expect(run.state).toBe('finished');
    await run.command(Verb.play);
    expect([run.session, run.slots]).toEqual([1, 1]);
    await run.command(Verb.report);
    expect(run.reports[0]!.sessions.map(({ date }) => date)).toEqual(['2024-11-26']);
  });

  test('report gives the report of what has ended, at any time, and plays nothing', async () => {
    const run = await threeDays();
    await run.command(Verb.report);
    await run.command(Verb.stepSession);
    await run.command(Verb.report);
    await run.command(Verb.play);
    await run.command(Verb.report);
    expect(run.reports.map(({ sessions }) => sessions.length)).toEqual([0, 1, 3]);
    expect(run.reports[0]!.fingerprint).toBeNull();
    expect(run.reports[2]).toEqual(run.coordinator.report());
  });

  test('speed is shown in the block, in thousandths, 0 for "max"', async () => {
    const run = await threeDays({ replay: { speed: 60 } });
    const shown = (): number => run.block.words[Word.speedThousandths]!;
    expect(shown()).toBe(60_000);
    await run.command(Verb.speed, 1_500);
    expect(shown()).toBe(1_500);
    await run.command(Verb.speed, maxSpeed);
    expect([shown(), run.state]).toEqual([0, 'ready']);
    expect(await run.command(Verb.play)).toBe('nothing');
    expect(run.needs).not.toContain('time');
  });

  // Once, the second of two commands that came together waited for a third one.
  test('that come together are all obeyed, in their order', async () => {
    const run = await threeDays();
    await run.command(Verb.stepBar);
    for (const verb of [Verb.report, Verb.pause, Verb.stepBar, Verb.report]) putCommand(run.block, verb);
    await run.drive();
    expect(hasCommand(run.block)).toBe(false);
    expect([run.slots, run.reports.length]).toEqual([2, 2]);
    for (const verb of [Verb.stop, Verb.report, Verb.report]) putCommand(run.block, verb);
    expect(await run.drive()).toBe('nothing');
    expect(run.reports).toHaveLength(4);
  });
});

describe('settings that make a run wait', () => {
  test('without session.autoRoll it stands at the end of each session but the last', async () => {
    const run = await threeDays({ session: { autoRoll: false } });
    const places: unknown[] = [];
    while ((await run.command(Verb.play)) === 'command') places.push([run.session, run.sessionState, run.state]);
    expect(places).toEqual([
      [0, 'ended', 'paused'],
      [1, 'ended', 'paused'],
    ]);
    expect(run.log('waits').map(({ a }) => a)).toEqual([0, 0]);
  });

  test('without prefetch.autoActivate it stands before each session but the first', async () => {
    const run = await threeDays({ prefetch: { autoActivate: false } });
    const places: unknown[] = [];
    while ((await run.command(Verb.play)) === 'command') places.push([run.session, run.sessionState, run.slots]);
    expect(places).toEqual([
      [1, 'not-started', 0],
      [2, 'not-started', 0],
    ]);
    expect(run.log('waits').map(({ a }) => a)).toEqual([1, 1]);
  });

  test('without both it stands twice between sessions', async () => {
    const run = await threeDays({ session: { autoRoll: false }, prefetch: { autoActivate: false } });
    let stood = 0;
    while ((await run.command(Verb.play)) === 'command') stood++;
    expect(stood).toBe(4);
  });

  test('a step is a user who starts the session by hand', async () => {
    const run = await threeDays({ prefetch: { autoActivate: false } });
    await run.command(Verb.stepSession);
    await run.command(Verb.stepSession);
    expect([run.session, run.sessionState]).toEqual([1, 'ended']);
  });
});

describe('prefetch', () => {
  test('has each session but the first ready at its open', async () => {
    const run = await threeDays();
    run.stepMs = 1;
    const report = await run.toEnd();
    expect(report.sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'hit', 'hit']);
    expect(report.sessions.slice(1).map(({ waitedMs }) => waitedMs)).toEqual([0, 0]);
    expect(report.totals.prefetchHitRate).toBe(1);
    expect(run.log('prefetchHit')).toHaveLength(2);
    expect(run.block.words[Word.prefetchHits]).toBe(2);
  });

  test('switched off, the run waits for each session, and the report says off', async () => {
    const run = await threeDays({ prefetch: { enabled: false } });
    run.stepMs = 1;
    const report = await run.toEnd();
    expect(report.sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'off', 'off']);
    expect(report.sessions.every(({ waitedMs }) => waitedMs > 0)).toBe(true);
    expect(report.totals.prefetchHitRate).toBe(1);
    expect(run.needs.filter((need) => need === 'session')).toHaveLength(3);
  });

  test('that comes too late is a miss, with the time that the run waited', async () => {
    const run = await threeDays();
    putCommand(run.block, Verb.play);
    run.coordinator.run();
    await run.stager.stageNext();
    run.upkeep.run();
    expect(run.coordinator.run()).toBe('session');
    run.nowMs += 250;
    const report = await run.toEnd();
    expect(report.sessions[1]).toMatchObject({ prefetch: 'miss', waitedMs: 250 });
    expect(report.totals.prefetchHitRate).toBe(0.5);
    expect(run.log('prefetchMiss').map(({ a }) => a)).toEqual([250_000]);
  });

  // Once, the time that a run stood before a session it had waited for counted as waiting.
  test('the time that the user takes to start a session is no waiting', async () => {
    const run = await threeDays({ prefetch: { enabled: false, autoActivate: false } });
    while ((await run.command(Verb.play)) === 'command') run.nowMs += 60_000;
    expect(run.coordinator.report().totals.waitedMs).toBe(0);
  });

  test('hits at full speed with upkeep switched off too', async () => {
    const run = await threeDays({ upkeep: { enabled: false } });
    run.stepMs = 1;
    const report = await run.toEnd(Verb.play);
    expect(report.sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'hit', 'hit']);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { chunksOf } from '../../src/library/encode.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { compareRuns } from '../../src/session/compare.ts';
import type { RunReport } from '../../src/session/report.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, seeded, storeDataset, type Encode } from '../support/synthetic.ts';
import { columnsOf, rowsOf } from '../support/walk.ts';

const [from, to] = ['2024-11-26', '2024-11-29'];
const datasets = {
  feed: { A: randomWalk(from, to, 1, (_, slot) => slot % 11 !== 3), B: randomWalk(from, to, 2) },
  source: { A: randomWalk(from, to, 1, (_, slot) => slot % 2 === 0), B: randomWalk(from, to, 2) },
};

async function openRun(speed: number | 'max' = 'max', encode?: Encode): Promise<DrivenRun> {
  const store = new MemoryStore();
  for (const [name, symbols] of Object.entries(datasets))
    await storeDataset(store, name, symbols, undefined, undefined, encode);
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'], from: '2024-11-27' },
    feed: { dropRate: 0.05, seed: 7 },
    upkeep: { checkIntervalSeconds: 300 },
    history: { trailingDays: 1 },
    replay: { speed },
  });
  return DrivenRun.open(plan, store);
}

/** Every link of every session. */
function linksOf({ sessions }: RunReport): string[] {
  return sessions.map(({ date, digest, steps }) => `${date} ${digest} ${steps}`);
}

let straight: RunReport;
let links: readonly string[];
beforeAll(async () => {
  straight = await (await openRun()).toEnd();
  links = linksOf(straight);
});

test('every slot of every session has a link of its own, which follows from all before it', () => {
  const words = straight.sessions.flatMap(({ steps }) => {
    const bytes = Buffer.from(steps, 'base64');
    return Array.from({ length: bytes.length / 4 }, (_, slot) => bytes.readInt32LE(slot * 4));
  });
  expect(words).toHaveLength(390 + 210);
  expect(new Set(words).size).toBe(390 + 210);
});

describe('the same links, step by step', () => {
  test('100 times', async () => {
    for (let n = 0; n < 100; n++) {
      const report = await (await openRun()).toEnd();
      expect(linksOf(report), `repeat ${n}`).toEqual(links);
      expect(report.fingerprint).toBe(straight.fingerprint);
    }
  }, 60_000);

  test.each([0.5, 1, 2, 10, 60, 600, 5_000, 1_000_000] as const)('at %d ×', async (speed) => {
    expect(linksOf(await (await openRun(speed)).toEnd())).toEqual(links);
  });

  test.each([
    ['bar', Verb.stepBar],
    ['session', Verb.stepSession],
  ])('stepped by %s', async (_, verb) => {
    expect(linksOf(await (await openRun()).toEnd(verb))).toEqual(links);
  });

  test.each(Array.from({ length: 25 }, (_, i) => i + 1))(
    'paused, stepped, asked for reports and changed in speed at random moments: seed %i',
    async (seed) => {
      const random = seeded(seed);
      const run = await openRun([1, 60, 600, 'max'][seed % 4] as number | 'max');
      run.stepMs = random() < 0.5 ? 0 : 1;
      const verbs = [Verb.play, Verb.pause, Verb.stepBar, Verb.report, Verb.play, Verb.stepSession, Verb.play];
      const speeds = [0, 1_000, 60_000, 600_000, 1_000_000_000];
      while (run.state !== 'finished') {
        if (random() < 0.2) putCommand(run.block, verbs[Math.floor(random() * verbs.length)]!);
        if (random() < 0.1) putCommand(run.block, Verb.speed, speeds[Math.floor(random() * speeds.length)]!);
        if ((await run.once(Math.floor(random() * 20))) === 'time') run.nowMs += random() * 200_000;
      }
      for (const report of run.reports) expect(linksOf(report)).toEqual(links.slice(0, report.sessions.length));
      expect(linksOf(run.coordinator.report()), `seed ${seed}`).toEqual(links);
    },
  );

  test.each([0, 1, 5, 50])('in turns of %i ms', async (budgetMs) => {
    const run = await openRun();
    run.stepMs = 1;
    expect(linksOf(await run.toEnd(Verb.play, budgetMs))).toEqual(links);
  });

  test.each([1, 7, 100, 389, 391, 5_000])('from chunks of %i bars', async (size) => {
    const inPieces: Encode = (bars, intervalMs) => {
      const rows = rowsOf(bars);
      const pieces = Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
        columnsOf(rows.slice(i * size, (i + 1) * size)),
      );
      return pieces.flatMap((piece) => [...chunksOf(piece, intervalMs)]);
    };
    expect(linksOf(await (await openRun('max', inPieces)).toEnd())).toEqual(links);
  });
});

test('two equal runs compare as the same, whatever their speed', async () => {
  const comparison = compareRuns(straight, await (await openRun(60)).toEnd());
  expect(comparison).toMatchObject({ same: true, app: null, data: [], parting: null });
  expect(comparison.settings).toEqual([{ what: 'replay.speed', one: 'max', other: 60, matters: false }]);
  expect(comparison.sessions.map(({ verdict }) => verdict)).toEqual(['same', 'same']);
});

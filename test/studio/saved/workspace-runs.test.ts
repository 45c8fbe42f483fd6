import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import type { RunReport } from '../../../src/session/report.ts';
import { keptReport, type SavedRun } from '../../../src/studio/saved/saved-run.ts';
import { SavedRunsStore } from '../../../src/studio/saved/saved-runs-store.ts';
import { runsForWorkspace, takeRuns } from '../../../src/studio/saved/workspace-runs.ts';

let report: string;
let fingerprint: string;
beforeAll(async () => {
  const played = await run('#config={"data":{"dataset":"sample","from":"2024-11-29"}}', [], () => undefined);
  const whole = JSON.parse(played.report) as RunReport;
  report = keptReport(whole);
  fingerprint = whole.fingerprint!;
});

const saved = (name: string, savedAt: number): SavedRun => ({
  ...{ version: 1, name, savedAt, finished: true, engine: '0.1.0', fingerprint, dataset: 'sample' },
  ...{ symbols: 3, sessions: 1, link: '#c=abc', unproven: null, figures: [] },
});

/** The storage of another browser. */
const elsewhere = (): void => {
  globalThis.indexedDB = new IDBFactory();
};
beforeEach(elsewhere);

async function names(): Promise<string[]> {
  return (await new SavedRunsStore().list()).map((each) => (each.ok ? each.run.name : 'unread'));
}

test('runs come back with their reports; what is here stays, and is not kept twice', async () => {
  const store = new SavedRunsStore();
  await store.add(saved('one', 1), report);
  await store.add(saved('two', 2), report);
  const runs = await runsForWorkspace();
  expect((await takeRuns(runs)).map(({ done }) => done)).toEqual(['existing', 'existing']);

  elsewhere();
  const other = new SavedRunsStore();
  await other.add(saved('two', 9), report);
  expect(await takeRuns(runs)).toEqual([
    { name: 'one', done: 'kept', as: 'one' },
    { name: 'two', done: 'kept', as: 'two 2' },
  ]);
  expect(await names()).toEqual(['two', 'one', 'two 2']);
  const [, , last] = await other.list();
  expect(await other.report(last!.key)).toBe(report);
  expect((await takeRuns(runs)).map(({ done }) => done)).toEqual(['existing', 'existing']);
});

test('a name that is as long as names may be is cut for its number', async () => {
  const long = 'x'.repeat(80);
  await new SavedRunsStore().add(saved(long, 1), report);
  const runs = await runsForWorkspace();
  elsewhere();
  await new SavedRunsStore().add(saved(long, 2), report);
  expect(await takeRuns(runs)).toMatchObject([{ done: 'kept', as: `${'x'.repeat(78)} 2` }]);
});

test('what cannot be read goes along, and is told where it is opened, beside the others', async () => {
  const store = new SavedRunsStore();
  await store.add(saved('good', 1), report);
  await store.add({ ...saved('other', 2), fingerprint: `sha256:${'0'.repeat(64)}` }, report);
  await store.add(saved('torn', 3), '{');
  const database = await openDB('tapedeck-saved-runs', 1);
  await database.put('runs', { odd: true }, 77);
  database.close();
  const runs = await runsForWorkspace();
  expect(runs).toHaveLength(4);
  elsewhere();
  const taken = await takeRuns([...runs, new Blob(['no JSON'])]);
  expect(taken.map(({ name, done }) => [name, done])).toEqual([
    ['good', 'kept'],
    ['other', 'refused'],
    ['torn', 'refused'],
    ['run 4', 'refused'],
    ['run 5', 'refused'],
  ]);
  expect(taken[1]).toMatchObject({ why: 'its report is of another run' });
  expect(taken[2]).toMatchObject({ why: 'it is not JSON' });
  expect(await names()).toEqual(['good']);
});

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/session/report.ts';
import { keptReport, mostCharacters, readSavedRun, type SavedRun } from '../../../src/studio/saved/saved-run.ts';
import { SavedRunsStore } from '../../../src/studio/saved/saved-runs-store.ts';

const run = (name: string): SavedRun => ({
  version: 1,
  name,
  savedAt: Date.UTC(2026, 0, 2),
  finished: true,
  engine: '0.1.0',
  fingerprint: `sha256:${'0a'.repeat(32)}`,
  dataset: 'SPY',
  symbols: 1,
  sessions: 3,
  link: '#c=abc_-1&proof=def',
  unproven: null,
  figures: [{ name: 'Quality', unit: 'percent', value: 98.5 }],
});

/** Fresh storage, with the records that another hand left. */
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function names(store: SavedRunsStore): Promise<string[]> {
  return (await store.list()).map((each) => (each.ok ? each.run.name : each.message));
}

test('runs are kept with their reports, renamed and deleted, and another page finds them', async () => {
  const store = new SavedRunsStore();
  await store.add(run('one'), 'report of one');
  await store.add(run('two'), 'report of two');
  const [one, two] = await store.list();
  await store.rename(one!.key, 'uno');
  const elsewhere = new SavedRunsStore();
  expect(await names(elsewhere)).toEqual(['uno', 'two']);
  expect(await elsewhere.report(two!.key)).toBe('report of two');
  await store.remove(two!.key);
  expect(await names(elsewhere)).toEqual(['uno']);
  await expect(elsewhere.report(two!.key)).rejects.toThrow('its report is missing');
  await expect(elsewhere.rename(two!.key, 'dos')).rejects.toThrow('not there any more');
});

test('a name is taken once, and the run that has it is kept', async () => {
  const store = new SavedRunsStore();
  await store.add(run('one'), 'first');
  await store.add(run('two'), 'second');
  await expect(store.add(run('one'), 'third')).rejects.toThrow('A run is kept as “one” already');
  const [one, two] = await store.list();
  await expect(store.rename(two!.key, 'one')).rejects.toThrow('A run is kept as “one” already');
  await store.rename(one!.key, 'one');
  expect(await names(store)).toEqual(['one', 'two']);
  expect(await store.report(one!.key)).toBe('first');
});

test('a record that is broken is told, hides no other, and can be deleted', async () => {
  const store = new SavedRunsStore();
  await store.add(run('one'), 'report');
  const database = await openDB('tapedeck-saved-runs', 1);
  await database.put('runs', { ...run('two'), fingerprint: 'sha256:1' }, 7);
  database.close();
  expect(await names(store)).toEqual(['one', 'fingerprint: a hash as sha256: and 64 hex digits']);
  await store.remove(7);
  expect(await names(store)).toEqual(['one']);
});

describe('what is read is what a page wrote', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'the record'],
    ['a text', 'run', 'the record'],
    ['another version', { ...run('x'), version: 2 }, 'version'],
    ['a script for a link', { ...run('x'), link: 'javascript:alert(1)' }, 'link'],
    ['a name without letters', { ...run('x'), name: '' }, 'name'],
    ['a figure that is no number', { ...run('x'), figures: [{ name: 'Q', unit: 'percent', value: NaN }] }, 'figures'],
    ['a unit that is none', { ...run('x'), figures: [{ name: 'Q', unit: 'apples', value: 1 }] }, 'figures'],
    ['a time that no calendar has', { ...run('x'), savedAt: 1e300 }, 'savedAt'],
  ])('%s is refused', (_, record, place) => {
    const read = readSavedRun(record);
    expect(read.ok ? '' : read.message).toContain(place);
  });

  test('a run is', () => expect(readSavedRun(run('x'))).toEqual({ ok: true, run: run('x') }));
});

describe('what is kept of a report', () => {
  const report = {
    fingerprint: run('x').fingerprint,
    sessions: [],
    trades: [{ pnl: 1 }],
    equity: [[1, 2]],
    statistics: {},
  } as unknown as RunReport;

  test('it has no trades and no equity', () => {
    expect(Object.keys(JSON.parse(keptReport(report)) as object)).toEqual(['fingerprint', 'sessions']);
  });

  test('a run of which no session ended, and one that is too large, are refused', () => {
    expect(() => keptReport({ ...report, fingerprint: null })).toThrow('No session of this run has ended');
    const large = { ...report, config: 'x'.repeat(mostCharacters) } as unknown as RunReport;
    expect(() => keptReport(large)).toThrow('take 20.0 MB; at most 20 MB');
  });
});

test('a database that made room for another hand is opened again by the next call', async () => {
  const store = new SavedRunsStore();
  await store.add(run('one'), 'report of one');
  const cleared = indexedDB.deleteDatabase('tapedeck-saved-runs');
  await new Promise((resolve) => (cleared.onsuccess = resolve));
  expect(await names(store)).toEqual([]);
  await store.add(run('two'), 'report of two');
  expect(await names(store)).toEqual(['two']);

  (await openDB('tapedeck-saved-runs', 2)).close();
  await expect(store.list()).rejects.toThrow('Tapedeck was updated in another tab; reload this one');
});

import { beforeAll, describe, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { compareRuns } from '../../src/session/compare.ts';
import { readReport } from '../../src/session/report-file.ts';
import type { RunReport } from '../../src/session/report.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

const sha256 = `sha256:${'0'.repeat(64)}`;
let report: RunReport;
beforeAll(async () => {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: randomWalk('2024-11-27', '2024-11-29', 1) });
  const played = await playToEnd(await planOf(store, { feed: { dropRate: 0.1 } }), store);
  report = { ...played, data: played.data.map((each) => ({ ...each, sha256 })) };
});

test('a report that was saved is the report', () => {
  const read = readReport(JSON.stringify(report, null, 2));
  if (!read.ok) expect.fail(read.message);
  const { same, parting, settings, data } = compareRuns(report, read.report);
  expect({ same, parting, settings, data }).toEqual({ same: true, parting: null, settings: [], data: [] });
});

test('operations of the page change no comparison and are no part of the result', () => {
  const measured = { name: 'bars', count: 3, aMinute: 1, p50Ms: 1, p95Ms: 2, maxMs: 3 };
  const read = readReport(JSON.stringify({ ...report, operations: [measured] }));
  if (!read.ok) expect.fail(read.message);
  expect(compareRuns(report, read.report)).toEqual(compareRuns(report, report));
});

describe('what is no report is refused with the place and the reason', () => {
  const changed = (path: string, value: unknown): string => {
    const copy = structuredClone(report) as unknown as Record<string, never>;
    const keys = path.split('.');
    const last = keys.pop()!;
    const holder = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
    holder[last] = value;
    return JSON.stringify(copy);
  };

  test.each<[string, () => string, string | RegExp]>([
    ['no JSON', () => 'date,open,close', 'it is not JSON'],
    ['JSON of another kind', () => 'null', /^the report: /],
    ['a configuration', () => JSON.stringify(report.config), /^app: /],
    ['a report of another program', () => changed('app.name', 'other'), /^app\.name: .*tapedeck/],
    ['no fingerprint of this kind', () => changed('fingerprint', 'sha256:12'), /^fingerprint: a hash/],
    ['a session without steps', () => changed('sessions.1.steps', undefined), /^sessions\.1\.steps: /],
    ['steps that are cut off', () => changed('sessions.0.steps', 'AAAAA'), 'sessions.0.steps: 32-bit words in base64'],
    ['a time that is none', () => changed('sessions.0.open', 'at noon'), 'sessions.0.open: a time in ISO 8601'],
    ['symbols that are no object', () => changed('sessions.0.symbols', 'A'), /^sessions\.0\.symbols: /],
    ['a calendar that does not exist', () => changed('config.session.calendar', 'XXXX'), /^session\.calendar /],
    ['an unknown setting', () => changed('config.feed.whims', 1), /feed\.whims/],
  ])('%s', (_, text, message) => {
    const read = readReport(text());
    if (read.ok) expect.fail('it was taken');
    expect(read.message).toMatch(message);
  });
});

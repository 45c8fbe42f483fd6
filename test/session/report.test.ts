import { expect, test } from 'vitest';
import type { RunPlan } from '../../src/session/plan.ts';
import { appVersion, runReport, type SessionReport, type SymbolReport } from '../../src/session/report.ts';
import { configWith } from '../support/synthetic.ts';
import { readFileSync } from 'node:fs';

const plan = {
  config: configWith({}),
  data: [{ dataset: 'd', symbol: 'A', interval: '1m', bars: 3, sha256: 'sha256:0' }],
} as unknown as RunPlan;

function symbolReport(expected: number, streamed: number, filled: number, recoverable: number): SymbolReport {
  const missing = expected - streamed - filled;
  const prices = { open: 1, high: 2, low: 1, close: 2, volume: 3, outside: 0 };
  return { expected, streamed, filled, missing, recoverable, fillAttempts: 9, quality: 0, ...prices };
}

function sessionReport(
  prefetch: SessionReport['prefetch'],
  waitedMs: number,
  symbols: Record<string, SymbolReport>,
): SessionReport {
  const times = { open: '2024-11-29T14:30:00Z', close: '2024-11-29T18:00:00Z', early: true };
  return {
    date: '2024-11-29',
    ...times,
    digest: 'sha256:1',
    steps: '',
    states: [],
    symbols,
    derived: {},
    prefetch,
    waitedMs,
  };
}

test('totals are the sums over sessions and symbols, rates are of the sums', () => {
  const sessions = [
    sessionReport('off', 1.5, { A: symbolReport(210, 200, 5, 8), B: symbolReport(210, 210, 0, 0) }),
    sessionReport('hit', 0, { A: symbolReport(390, 300, 45, 42) }),
    sessionReport('miss', 2.5, { A: symbolReport(390, 390, 0, 0) }),
    sessionReport('hit', 0, {}),
  ];
  expect(runReport(plan, sessions, 'sha256:f').totals).toEqual({
    sessions: 4,
    expected: 1_200,
    streamed: 1_100,
    filled: 50,
    missing: 50,
    recoverable: 50,
    fillRate: 1,
    quality: (100 * 1_150) / 1_200,
    prefetchHitRate: 2 / 3,
    waitedMs: 4,
  });
});

test('a run in which nothing has ended: no fingerprint, and no rate is worse than whole', () => {
  const { totals, fingerprint, sessions } = runReport(plan, [], null);
  expect([fingerprint, sessions]).toEqual([null, []]);
  expect(totals).toMatchObject({
    sessions: 0,
    expected: 0,
    fillRate: 1,
    quality: 100,
    prefetchHitRate: 1,
    waitedMs: 0,
  });
});

test('a report has the keys of the contract in its order, and the version of the package', () => {
  const report = runReport(plan, [], null);
  const keys = 'app config data fingerprint sessions totals trades equity statistics honesty';
  expect(Object.keys(report).join(' ')).toBe(keys);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(report.app).toEqual({ name: 'tapedeck', version });
  expect(appVersion).toBe(version);
  expect(report.config).toBe(plan.config);
});

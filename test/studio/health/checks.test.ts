import { describe, expect, it } from 'vitest';
import { checks, judge, thresholdWords, worst, type Facts } from '../../../src/studio/health/checks.ts';

const well: Facts = {
  silentSeconds: { coordinator: 0.2, upkeep: 0, library: 0.3 },
  lossesLately: 0,
  pageBusyMs: 12,
  lagMs: 3,
  journal: { waiting: 40, room: 16_384 },
  memory: { planned: 20e6, heap: 30e6, machine: 8e9 },
  storage: { used: 1e6, quota: 1e9 },
  bars: { expected: 1_000, present: 990, open: 10, givenUp: 0 },
  prefetch: { hits: 20, misses: 0 },
  lastBar: { seconds: 60, timeout: 300 },
};
const levelOf = (name: string, facts: Partial<Facts>) =>
  judge(
    checks.find((check) => check.name === name)!,
    { ...well, ...facts },
  ).level;

it('all checks hold of a run that is well', () => {
  for (const check of checks) expect([check.name, judge(check, well).level]).toEqual([check.name, 'ok']);
});

describe('each check warns and fails', () => {
  const silent = (seconds: number) => ({ silentSeconds: { coordinator: seconds, upkeep: seconds, library: seconds } });
  const bars = (facts: Partial<NonNullable<Facts['bars']>>) => ({ bars: { ...well.bars!, ...facts } });
  const cases: [string, Partial<Facts>, Partial<Facts> | null][] = [
    ['Coordinator', silent(1.5), silent(2.5)],
    ['Upkeep', silent(1.5), silent(2.5)],
    ['Library', silent(1.5), silent(2.5)],
    ['Restarts', { lossesLately: 1 }, { lossesLately: 3 }],
    ['Page', { pageBusyMs: 300 }, { pageBusyMs: 2_000 }],
    ['Lag', { lagMs: 500 }, { lagMs: 3_000 }],
    ['Journal', { journal: { waiting: 16_384, room: 16_384 } }, null],
    [
      'Memory',
      { memory: { planned: 5e9, heap: null, machine: 8e9 } },
      { memory: { planned: 5e9, heap: 2e9, machine: 8e9 } },
    ],
    ['Storage', { storage: { used: 85, quota: 100 } }, { storage: { used: 95, quota: 100 } }],
    ['Quality', bars({ present: 949 }), bars({ present: 500 })],
    ['Gaps outstanding', bars({ open: 51 }), bars({ open: 300 })],
    ['Retries used up', bars({ givenUp: 51 }), bars({ givenUp: 300 })],
    ['Prefetch', { prefetch: { hits: 9, misses: 1 } }, { prefetch: { hits: 1, misses: 9 } }],
    ['Last bar', { lastBar: { seconds: 300, timeout: 300 } }, { lastBar: { seconds: 1_200, timeout: 300 } }],
  ];
  it.each(cases)('%s', (name, warning, failing) => {
    expect(levelOf(name, warning)).toBe('warning');
    if (failing) expect(levelOf(name, failing)).toBe('failing');
  });
  it('and none is left out here', () => {
    expect(cases.map(([name]) => name)).toEqual(checks.map(({ name }) => name));
  });
});

it('what cannot be measured is at rest, and the light shows the worst', () => {
  expect(levelOf('Lag', { lagMs: null })).toBe('rest');
  expect(levelOf('Storage', { storage: null })).toBe('rest');
  expect(worst(['rest', 'ok', 'failing', 'warning'])).toBe('failing');
  expect(worst([])).toBe('rest');
});

it('thresholds are told with their unit', () => {
  const told = Object.fromEntries(checks.map((check) => [check.name, thresholdWords(check)]));
  expect(told).toMatchObject({
    Coordinator: 'warns from 1.5 s, fails from 2.5 s',
    Lag: 'warns from 500 ms, fails from 3,000 ms',
    Quality: 'warns below 95 %, fails below 80 %',
    Restarts: 'warns from 1, fails from 3',
    Journal: 'warns from 100 %',
  });
});

import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { settings } from '../../src/config/schema.ts';
import type { DatasetFacts } from '../../src/session/dataset-facts.ts';
import { checkTogether } from '../../src/session/check-together.ts';
import { planRun } from '../../src/session/plan-run.ts';
import { instant } from '../../src/time/instant.ts';

const at = (text: string): ReturnType<typeof instant> => instant(Date.parse(text));

const spy: DatasetFacts = {
  id: 'id of SPY',
  name: 'SPY',
  sha256: 'sha256:spy',
  interval: '1m',
  symbols: [{ name: 'SPY', bars: 2_340, from: at('2013-10-04T08:00:00Z'), to: at('2013-10-11T23:59:00Z') }],
};

type Raw = Record<string, Record<string, unknown>>;

function findings(raw: Raw, machineBytes = Infinity) {
  const read = readConfig(raw);
  if (!read.ok) throw new Error(read.findings.map(({ message }) => message).join('\n'));
  const planned = planRun(read.config, read.given, [spy]);
  if (!planned.ok) return planned.findings;
  return [...planned.warnings, ...checkTogether(planned.plan, (name) => read.given.has(name), machineBytes)];
}

const noHistory = { history: { enabled: false } };

describe('settings that come to nothing together, or do not fit the data', () => {
  const cases: [string, Raw, string, unknown][] = [
    [
      'a roll delay past the next open',
      { ...noHistory, session: { rollDelayMinutes: 1_200 } },
      'session.rollDelayMinutes was 1200; the next session opens 1050 minutes after the close of 2013-10-07, and the delay ends there; 1050 is the most that holds everywhere',
      1_050,
    ],
    [
      'fills without upkeep',
      { ...noHistory, data: { fillFrom: ['SPY'] }, feed: { dropRate: 0.1 }, upkeep: { enabled: false } },
      'upkeep.enabled was false and data.fillFrom names SPY; nothing is filled from there unless upkeep is on',
      true,
    ],
    [
      'checks that are rarer than sessions are long',
      { ...noHistory, upkeep: { checkIntervalSeconds: 30_000 } },
      'upkeep.checkIntervalSeconds was 30000; no session is longer than 23400 seconds, so gaps are looked for at its end alone',
      23_400,
    ],
    [
      'a window of prefetch that is longer than the session',
      { ...noHistory, prefetch: { windowMinutes: 500 } },
      'prefetch.windowMinutes was 500; no session is longer than 390 minutes, so the next one is asked for at the open',
      390,
    ],
    [
      'a derived interval that is no multiple',
      { ...noHistory, upkeep: { derivedIntervals: ['5m', '90s'] } },
      'upkeep.derivedIntervals has 90s; it must be a multiple of the base interval 1m and longer than it, up to 1d, which is the whole session',
      ['5m'],
    ],
    [
      'history that is longer than the data',
      { data: { from: '2013-10-08' }, history: { trailingDays: 4 } },
      'history.trailingDays was 4; "SPY" has 2 sessions before 2013-10-08, the history fills up as the run goes on',
      2,
    ],
    [
      'the feed as its own source, without a fault',
      { ...noHistory, data: { fillFrom: ['SPY'] } },
      'data.fillFrom has "SPY", which is the feed itself: without a feed fault it has nothing to fill',
      [],
    ],
    [
      'a first day before the data',
      { ...noHistory, data: { from: '2013-01-02' } },
      'data.from was 2013-01-02; "SPY" begins 2013-10-04, and so does the run',
      '2013-10-04',
    ],
  ];
  test.each(cases)('%s', (_, raw, message, right) => {
    const found = findings(raw).find((each) => each.message === message);
    expect(found, JSON.stringify(findings(raw))).toMatchObject({ right });
    // With the value that would be right it is not found any more, and nothing else is.
    const row = settings.find(({ name }) => name === found!.setting)!;
    const mended = { ...raw, [row.group!]: { ...raw[row.group!], [row.key]: found!.right } };
    expect(findings(mended)).toEqual([]);
  });
});

test('what nobody wrote is not warned of', () => {
  const withoutNights = findings({ ...noHistory, session: { calendar: '24/7' } });
  expect(withoutNights).toEqual([]);
  expect(findings({ ...noHistory, session: { calendar: '24/7', rollDelayMinutes: 30 } })).toHaveLength(1);
});

test('a run that takes much of the memory of the machine is a warning before anything is allocated', () => {
  expect(findings(noHistory, 8e9)).toEqual([]);
  const [found] = findings(noHistory, 2e6);
  expect(found).toMatchObject({ severity: 'warning', setting: 'data.symbols' });
  expect(found!.message).toMatch(/^The run needs \d+ MB of memory, and this machine has 2 MB/);
});

import { expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { defaultConfig } from '../../../src/config/schema.ts';
import type { RunReport } from '../../../src/session/report.ts';
import { shelf } from '../../../src/strategy/shelf.ts';
import { reportPage } from '../../../src/studio/report-page/report-page.ts';
import type { StatisticsReport } from '../../../src/session/results-report.ts';

const hostile = `<script>alert(1)</script>"'&`;
const base: RunReport = {
  app: { name: 'tapedeck', version: '0.1.0' },
  config: { ...defaultConfig(), replay: { speed: 'max' } },
  data: [{ dataset: hostile, symbol: hostile, interval: '1m', bars: 12_345, sha256: 'sha256:abc' }],
  fingerprint: 'sha256:f00',
  sessions: [],
  totals: {
    ...{ sessions: 2, expected: 780, streamed: 700, filled: 60, missing: 20, recoverable: 60 },
    ...{ fillRate: 1, quality: 97.43589, prefetchHitRate: 1, waitedMs: 0 },
  },
  trades: [],
  equity: [],
  statistics: {},
  honesty: {},
} as unknown as RunReport;
const alone = { link: { whyNot: 'it goes on' }, sources: [], zone: 'UTC', definition: undefined };
const curve = Array.from({ length: 10_000 }, (_, i) => [
  `2024-01-01T00:00:${String(i % 60).padStart(2, '0')}Z`,
  i === 5_000 ? 5_000 : 10_000 + i,
]);

test('says settings that differ, data, quality and fingerprint', () => {
  const page = reportPage(base, alone);
  expect(page).toContain('<td>replay.speed</td><td>max</td><td>60 times real time</td>');
  expect(page).not.toContain('<td>data.from</td>');
  expect(page).toContain('<td>12,345</td><td>sha256:abc</td>');
  expect(page).toContain('<code>sha256:f00</code>');
  expect(page).toContain('Quality 97.44 %');
  expect(page).toContain('There is no link with this result: it goes on.');
  expect(page).toContain('The run had no strategy');
});

test('what gaps are filled from is named with its hash, and prices are drawn where nothing traded', () => {
  const facts = { interval: '1m', bars: 4_321, sha256: 'sha256:bac' };
  const bars = { open: 10, high: 14, low: 9.5, close: 11 };
  const sessions = [
    { date: '2024-03-07', symbols: { [hostile]: bars, CHAR: { open: null, high: null, low: null, close: null } } },
    { date: '2024-03-08', symbols: { [hostile]: { ...bars, close: 12.5 } } },
  ] as unknown as RunReport['sessions'];
  const page = reportPage(
    { ...base, sessions: sessions.map((session) => ({ ...session, symbols: session.symbols })) },
    { ...alone, sources: [{ dataset: 'backup', facts }] },
  );
  expect(page).toContain(
    '<td>gaps filled from</td><td>backup</td><td></td><td>1m</td><td>4,321</td><td>sha256:bac</td>',
  );
  expect(page).toContain(': 10 to 12.5, lowest 9.5, highest 14, from 2024-03-07 to 2024-03-08');
  expect(page.match(/<path class="prices" d="(?:M[\d. VHM]+){2}"/g)).toHaveLength(1);
  expect(page).toContain('CHAR had no bar in any session.');
  expect(page).not.toMatch(/<script|NaN/);
});

test('bars that were adjusted say by what', () => {
  const adjusted = { ...base, data: [{ ...base.data[0]!, adjustments: 'sha256:5p1' }] };
  expect(reportPage(adjusted, alone)).toContain('<td>sha256:abc with the adjustments sha256:5p1</td>');
});

test('operations of the page are told where there are any, with their units', () => {
  expect(reportPage(base, alone)).not.toContain('Operations of the page');
  const measured = { name: hostile, count: 1_234, aMinute: 5.25, p50Ms: 0.5, p95Ms: 12, maxMs: 99.999 };
  const page = reportPage({ ...base, operations: [measured] }, alone);
  expect(page).toContain('<th>p50, ms</th><th>p95, ms</th><th>max, ms</th>');
  expect(page).toContain('<td>1,234</td><td>5.3</td><td>0.50</td><td>12.00</td><td>100.00</td>');
  expect(page).not.toContain('<script>');
});

test('no text of a stranger is more than text, and nothing is fetched', () => {
  const strategy = { name: hostile, params: { [hostile]: hostile }, code: hostile };
  const kind = { name: 'text', must: hostile };
  const definition = {
    ...{ name: hostile, title: hostile, paragraph: hostile, source: hostile },
    params: { other: { kind, default: hostile, help: hostile, unit: hostile } },
  } as never;
  const strange = {
    ...base,
    config: { ...base.config, data: { ...base.config.data, dataset: hostile }, strategy },
    honesty: {
      odd: { title: hostile, sentence: hostile, of: hostile, unit: 'share', value: 1, threshold: 0, trades: [] },
    },
    fingerprint: hostile,
  } as unknown as RunReport;
  const page = reportPage(strange, {
    link: hostile,
    sources: [{ dataset: hostile, facts: null }],
    zone: 'UTC',
    definition,
  });
  expect(page).not.toMatch(/<script|onerror=|src=|href=|@import|url\(/);
  const texts = page.replace(/<[^<>]*>/g, '');
  expect(texts).not.toMatch(/[<>]/);
  expect(page).toContain("default-src 'none'");
});

test('a run that traded: strategy, durations, honesty, and what so short a run does not tell', async () => {
  const config = {
    data: { dataset: 'sample', symbols: ['ALFA'], to: '2024-10-28' },
    strategy: { name: 'SMA cross', params: { fast: 5 } },
  };
  const { report } = await run(`#config=${JSON.stringify(config)}`, [], () => undefined);
  const played = JSON.parse(report) as RunReport;
  const definition = shelf.find(({ name }) => name === 'SMA cross');
  const page = reportPage(played, { ...alone, zone: 'America/New_York', definition });
  // The strategy by its parameters, those at their default too.
  expect(page).toContain('<td>Fast</td><td>5 bars</td><td>10 bars</td><td>Bars of the fast average.</td>');
  expect(page).toContain('<td>Slow</td><td>30 bars</td><td>30 bars</td>');
  expect(page).not.toMatch(/\{&quot;/);
  // From Friday's first bar to Monday's last.
  expect(page).toContain('<td>Duration</td><td>3 d 6 h</td>');
  expect(page).toContain('<td>Start</td><td>2024-10-25 09:30 EDT</td>');
  expect(page).not.toContain('seconds');
  // Two days are no year.
  expect(page).toContain('† Scaled to a year from 2 days');
  expect(page).toMatch(/<td>CAGR \[%\]<\/td><td>−?[0-9.]+ % †<\/td>/);
  expect(page).toMatch(/<td>Return \[%\]<\/td><td>−?[0-9.]+ %<\/td>/);
  const checks = Object.values(played.honesty);
  expect(checks).toHaveLength(9);
  const escaped = (text: string): string => text.replaceAll("'", '&#39;');
  for (const { title, sentence, of, doubtful } of checks) {
    expect(page).toContain(
      `<h3>${title}: <span class="${doubtful ? 'doubtful">doubtful' : 'fine">in order'}</span></h3>`,
    );
    expect(page).toContain(escaped(sentence));
    expect(page).toContain(` ${of} · doubtful `);
  }
  // A year of the same is not marked.
  const statistics = played.statistics as StatisticsReport;
  const long = { ...statistics['backtesting.py'], Duration: 358 * 86_400, '# Trades': 30 };
  const year = reportPage({ ...played, statistics: { ...statistics, 'backtesting.py': long } }, alone);
  expect(year).not.toMatch(/[†‡]/);
  const few = reportPage(
    { ...played, statistics: { ...statistics, 'backtesting.py': { ...long, '# Trades': 29 } } },
    alone,
  );
  expect(few).toContain('‡ From 29 closed trades');
  expect(few).toMatch(/<td>Win Rate \[%\]<\/td><td>[0-9.]+ % ‡<\/td>/);
});

test('the curve has the deepest drawdown, however many bars share a point', () => {
  const page = reportPage({ ...base, equity: curve } as unknown as RunReport, alone);
  expect(page).toContain('Drawdown from the peak, at most 66.66 %');
  expect(page.match(/polyline class="equity" points="([^"]*)"/)![1]!.split(' ').length).toBeLessThanOrEqual(802);
  const depths = page
    .match(/polygon class="drawdown" points="([^"]*)"/)![1]!
    .split(' ')
    .map((point) => Number(point.split(',')[1]));
  expect(Math.max(...depths)).toBe(60);
});

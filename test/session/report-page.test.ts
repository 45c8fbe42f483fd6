import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import type { RunReport } from '../../src/session/report.ts';
import { reportPage } from '../../src/session/report-page.ts';

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
const curve = Array.from({ length: 10_000 }, (_, i) => [
  `2024-01-01T00:00:${String(i % 60).padStart(2, '0')}Z`,
  i === 5_000 ? 5_000 : 10_000 + i,
]);

test('says settings that differ, data, quality and fingerprint', () => {
  const page = reportPage(base, null);
  expect(page).toContain('<td>replay.speed</td><td>max</td><td>60</td>');
  expect(page).not.toContain('<td>data.from</td>');
  expect(page).toContain('<td>12,345</td><td>sha256:abc</td>');
  expect(page).toContain('<code>sha256:f00</code>');
  expect(page).toContain('Quality 97.44 %');
  expect(page).toContain('There is no link with this result.');
  expect(page).toContain('The run had no strategy');
});

test('bars that were adjusted say by what', () => {
  const adjusted = { ...base, data: [{ ...base.data[0]!, adjustments: 'sha256:5p1' }] };
  expect(reportPage(adjusted, null)).toContain('<td>sha256:abc with the adjustments sha256:5p1</td>');
});

test('operations of the page are told where there are any, with their units', () => {
  expect(reportPage(base, null)).not.toContain('Operations of the page');
  const measured = { name: hostile, count: 1_234, aMinute: 5.25, p50Ms: 0.5, p95Ms: 12, maxMs: 99.999 };
  const page = reportPage({ ...base, operations: [measured] }, null);
  expect(page).toContain('<th>p50, ms</th><th>p95, ms</th><th>max, ms</th>');
  expect(page).toContain('<td>1,234</td><td>5.3</td><td>0.50</td><td>12.00</td><td>100.00</td>');
  expect(page).not.toContain('<script>');
});

test('no text of a stranger is more than text, and nothing is fetched', () => {
  const strange = {
    ...base,
    config: { ...base.config, data: { ...base.config.data, dataset: hostile } },
    statistics: { [hostile]: { [hostile]: 1, 'Return [%]': hostile } },
    equity: [
      [hostile, 1],
      [hostile, 2],
    ],
  } as unknown as RunReport;
  const page = reportPage(strange, hostile);
  expect(page).not.toMatch(/<script|onerror=|src=|href=|@import|url\(/);
  const texts = page.replace(/<[^<>]*>/g, '');
  expect(texts).not.toMatch(/[<>]/);
  expect(page).toContain("default-src 'none'");
});

test('the curve has the deepest drawdown, however many bars share a point', () => {
  const page = reportPage({ ...base, equity: curve } as unknown as RunReport, null);
  expect(page).toContain('Drawdown from the peak, at most 66.66 %');
  expect(page.match(/polyline points="([^"]*)"/)![1]!.split(' ').length).toBeLessThanOrEqual(802);
  const depths = page
    .match(/polygon points="([^"]*)"/)![1]!
    .split(' ')
    .map((point) => Number(point.split(',')[1]));
  expect(Math.max(...depths)).toBe(60);
});

import { settings, valueOf, defaultConfig } from '../config/schema.ts';
import { hashWords, type RunReport } from './report.ts';

/** Points of the curve that are drawn. */
const mostPoints = 800;
const width = 760;
const height = 170;

/** Everything that a text could mean to a browser becomes what it is written as. */
function escaped(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => signs[sign]!);
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `12,345`. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** As many places as tell figures of that size apart. */
function figure(value: number | string | null): string {
  if (value === null) return '–';
  if (typeof value === 'string' || Number.isInteger(value)) return String(value);
  const size = value < 0 ? -value : value;
  return value.toFixed(size >= 100 ? 2 : size >= 0.1 ? 3 : 5);
}

const percent = (value: number): string => `${value === 100 ? '100' : value.toFixed(2)} %`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

/** The account's worth as a line, and under it how far it is below its peak; empty where there is no account. */
function chart({ equity }: RunReport): string {
  if (equity.length < 2) return '<p>The run had no strategy, so there is no equity.</p>';
  const stride = equity.length > mostPoints ? equity.length / mostPoints : 1;
  const points: { worth: number; depth: number }[] = [];
  let peak = -Infinity;
  let deepest = 0;
  let worst = 0;
  let next = 0;
  equity.forEach(([, worth], i) => {
    peak = Math.max(peak, worth);
    const depth = peak > 0 ? (peak - worth) / peak : 0;
    worst = Math.max(worst, depth);
    deepest = Math.max(deepest, depth);
    if (i < next && i < equity.length - 1) return;
    // Of the bars that share a point the deepest is shown.
    points.push({ worth, depth: deepest });
    deepest = 0;
    next += stride;
  });
  const worths = points.map(({ worth }) => worth);
  const [low, high] = [Math.min(...worths), Math.max(...worths)];
  const x = (i: number): string => ((i * width) / (points.length - 1)).toFixed(1);
  const y = (worth: number): string =>
    (high === low ? height / 2 : ((high - worth) / (high - low)) * height).toFixed(1);
  const line = points.map(({ worth }, i) => `${x(i)},${y(worth)}`).join(' ');
  const under = 60;
  const hole = points
    .map(({ depth }, i) => `${x(i)},${(worst === 0 ? 0 : (depth / worst) * under).toFixed(1)}`)
    .join(' ');
  const [first, last] = [equity[0]![0], equity.at(-1)![0]];
  return `<figure><figcaption>Equity, ${figure(low)} to ${figure(high)}, from ${escaped(first)} to ${escaped(last)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Equity over the run"><polyline points="${line}" fill="none" stroke="#1c66bd" stroke-width="1.5"/></svg>
<figcaption>Drawdown from the peak, at most ${percent(worst * 100)}</figcaption>
<svg viewBox="0 0 ${width} ${under}" role="img" aria-label="Drawdown over the run"><polygon points="0,0 ${hole} ${width},0" fill="#c2323d55" stroke="#c2323d"/></svg></figure>`;
}

function differing({ config }: RunReport): string {
  const initial = defaultConfig();
  const rows = settings
    .map((row) => [row.name, written(valueOf(config, row)), written(valueOf(initial, row))] as const)
    .filter(([, value, plain]) => value !== plain);
  return rows.length === 0
    ? '<p>All settings are at their defaults.</p>'
    : table(['Setting', 'Value', 'Default'], rows);
}

function quality({ sessions, totals }: RunReport): string {
  const worst = sessions
    .map(({ date, symbols }) => {
      const all = Object.values(symbols);
      const sum = (of: 'expected' | 'missing' | 'filled'): number => all.reduce((total, each) => total + each[of], 0);
      return { date, expected: sum('expected'), missing: sum('missing'), filled: sum('filled') };
    })
    .filter(({ missing, filled }) => missing + filled > 0)
    .sort((a, b) => b.missing - a.missing || b.filled - a.filled)
    .slice(0, 10);
  const rows = worst.map(({ date, ...counts }) => [date, ...Object.values(counts).map(count)]);
  return `<p>${count(totals.sessions)} sessions: of ${count(totals.expected)} bars that the calendar expects ${count(totals.streamed)} came
with the feed, ${count(totals.filled)} were filled and ${count(totals.missing)} are missing. Quality ${percent(totals.quality)}.</p>
${rows.length === 0 ? '' : `<p>The sessions that missed the most:</p>${table(['Session', 'Expected', 'Missing', 'Filled'], rows)}`}`;
}

function statistics({ statistics: sets, trades }: RunReport): string {
  const all = Object.entries(sets as Record<string, Record<string, unknown>>);
  const isFigure = (value: unknown): value is number | string | null =>
    value === null || typeof value === 'number' || typeof value === 'string';
  const parts = all.flatMap(([name, set]) => {
    if (Array.isArray(set)) return [];
    const rows = Object.entries(set).filter((entry): entry is [string, number | string | null] => isFigure(entry[1]));
    if (rows.length === 0) return [];
    return [
      `<section><h3>${escaped(name)}</h3>${table(
        ['Figure', 'Value'],
        rows.map(([key, value]) => [key, figure(value)]),
      )}</section>`,
    ];
  });
  if (parts.length === 0) return '<p>The run had no strategy, so there are no statistics.</p>';
  return `<p>${count(trades.length)} closed trades. Durations are seconds.</p><div class="sets">${parts.join('')}</div>`;
}

function operations({ operations: all = [] }: RunReport): string {
  if (all.length === 0) return '';
  const rows = all.map(({ name, aMinute, ...each }) => [
    ...[name, count(each.count), aMinute.toFixed(1)],
    ...[each.p50Ms, each.p95Ms, each.maxMs].map((ms) => ms.toFixed(2)),
  ]);
  return `<h2>Operations of the page</h2>
<p>By the wall clock, in the visit in which this report was saved; no part of the result.</p>
${table(['Operation', 'Count', 'A minute', 'p50, ms', 'p95, ms', 'max, ms'], rows)}`;
}

const style = `body{font:13px/1.45 system-ui,sans-serif;color:#16202b;background:#fff;max-width:800px;margin:24px auto;padding:0 16px}
h1{font-size:20px}h2{font-size:15px;border-bottom:1px solid #dbe0e6;margin-top:24px}h3{font-size:13px;margin:8px 0 2px}
table{border-collapse:collapse;width:100%;font-size:12px}th,td{text-align:left;padding:2px 8px 2px 0;vertical-align:top;overflow-wrap:anywhere;border-bottom:1px solid #eef0f3}
code{overflow-wrap:anywhere}figure{margin:0}svg{width:100%;height:auto;display:block}.sets{columns:2;column-gap:24px}section{break-inside:avoid}
@media print{body{margin:0;max-width:none}}@media(max-width:600px){.sets{columns:1}}`;

/**
 * The run on one page: HTML that stands by itself, without a script and without anything that is fetched. `link` opens the set-up
 * with its proof; null where there is none.
 */
export function reportPage(report: RunReport, link: string | null): string {
  const { app, data, fingerprint, sessions } = report;
  const [first, last] = [sessions[0]?.date, sessions.at(-1)?.date];
  const names = [...new Set(data.map(({ dataset }) => dataset))].join(', ');
  const title = `${names || 'A run'}${first === undefined ? '' : `, ${first} to ${last}`}`;
  const rows = data.map((entry) => [entry.dataset, entry.symbol, entry.interval, count(entry.bars), hashWords(entry)]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Tapedeck report: ${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>Tapedeck ${escaped(app.version)}. Fingerprint: <code>${escaped(fingerprint ?? 'none, no session has ended')}</code></p>
<h2>Settings that differ from the defaults</h2>
${differing(report)}
<h2>Data</h2>
${table(['Dataset', 'Symbol', 'Interval', 'Bars', 'sha256'], rows)}
<h2>Quality</h2>
${quality(report)}
<h2>Equity</h2>
${chart(report)}
<h2>Statistics</h2>
${statistics(report)}
<h2>Proof</h2>
${link === null ? '<p>There is no link with this result.</p>' : `<p>Whoever opens this link and plays it with the same bars sees whether the result is the same:</p><p><code>${escaped(link)}</code></p>`}
${operations(report)}
</body>
</html>
`;
}

import { hashWords, type RunReport } from '../../session/report.ts';
import type { Described } from '../../strategy/definition.ts';
import { countLabel } from '../labels.ts';
import { figureWords } from '../results/figure-words.ts';
import { equityPart } from './equity-part.ts';
import { honestyPart } from './honesty-part.ts';
import { escaped, table } from './html.ts';
import { pricesPart } from './prices-part.ts';
import { settingsPart, strategyPart } from './settings-part.ts';
import { statisticsPart } from './statistics-part.ts';

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
  const rows = worst.map(({ date, ...counts }) => [date, ...Object.values(counts).map(countLabel)]);
  return `<p>${countLabel(totals.sessions)} sessions: of ${countLabel(totals.expected)} bars that the calendar expects ${countLabel(totals.streamed)} came
with the feed, ${countLabel(totals.filled)} were filled and ${countLabel(totals.missing)} are missing. Quality ${figureWords(totals.quality, 'percent', 'UTC')}.</p>
${rows.length === 0 ? '' : `<p>The sessions that missed the most:</p>${table(['Session', 'Expected', 'Missing', 'Filled'], rows)}`}`;
}

function operations({ operations: all = [] }: RunReport): string {
  if (all.length === 0) return '';
  const rows = all.map(({ name, aMinute, ...each }) => [
    ...[name, countLabel(each.count), aMinute.toFixed(1)],
    ...[each.p50Ms, each.p95Ms, each.maxMs].map((ms) => ms.toFixed(2)),
  ]);
  return `<h2>Operations of the page</h2>
<p>By the wall clock, in the visit in which this report was saved; no part of the result.</p>
${table(['Operation', 'Count', 'A minute', 'p50, ms', 'p95, ms', 'max, ms'], rows)}`;
}

/** On paper, and where the reader has chosen light colours, dark on white. */
const style = `:root{color-scheme:light dark;--text:#16202b;--back:#fff;--mute:#56616d;--line:#dbe0e6;--fine:#1c7a3e;--doubt:#8f5400;--equity:#1c66bd;--fall:#c2323d}
@media screen and (prefers-color-scheme:dark){:root{--text:#dfe6ee;--back:#12171e;--mute:#9aa6b3;--line:#2c3540;--fine:#5fc98a;--doubt:#e2ab4f;--equity:#6aaef5;--fall:#f0787f}}
body{font:13px/1.45 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:800px;margin:24px auto;padding:0 16px}
h1{font-size:20px}h2{font-size:15px;border-bottom:1px solid var(--line);margin-top:24px;break-after:avoid}h3{font-size:13px;margin:8px 0 2px}p{margin:6px 0}
table{border-collapse:collapse;width:100%;font-size:12px}th,td{text-align:left;padding:2px 8px 2px 0;vertical-align:top;border-bottom:1px solid var(--line)}tr{break-inside:avoid}
.wide{overflow-x:auto}code,td{overflow-wrap:anywhere}td{min-width:7ch}.name{font-weight:600}.mute{color:var(--mute)}.fine{color:var(--fine)}.doubtful{color:var(--doubt)}
figure{margin:0}svg{width:100%;height:auto;display:block}.equity{fill:none;stroke:var(--equity);stroke-width:1.5}.prices{fill:none;stroke:var(--text);stroke-width:1.3}.drawdown{fill:var(--fall);fill-opacity:.33;stroke:var(--fall)}
.sets{columns:2;column-gap:24px}section{break-inside:avoid}
@media print{:root{color-scheme:light}body{margin:0;max-width:none;padding:0}}@media(max-width:600px){.sets{columns:1}}`;

/** Data that gaps of the run could be filled from. */
export interface FillSource {
  readonly dataset: string;
  /** Null where the dataset is not here any more. */
  readonly facts: { readonly interval: string; readonly bars: number; readonly sha256: string } | null;
}

/** What is to be told of a run beside its report. */
export interface Beside {
  /** Opens the set-up with its proof; else why there is none. */
  readonly link: string | { readonly whyNot: string };
  /** In the order in which they are asked. */
  readonly sources: readonly FillSource[];
  /** Whose clock times are told on. */
  readonly zone: string;
  /** Of the strategy that traded; undefined where there is none, or it is not known any more. */
  readonly definition: Described | undefined;
}

/** The run on one page: HTML that stands by itself, without a script and without anything that is fetched. */
export function reportPage(report: RunReport, { link, sources, zone, definition }: Beside): string {
  const { app, data, fingerprint, sessions } = report;
  const [first, last] = [sessions[0]?.date, sessions.at(-1)?.date];
  const names = [...new Set(data.map(({ dataset }) => dataset))].join(', ');
  const title = `${names || 'A run'}${first === undefined ? '' : `, ${first} to ${last}`}`;
  const rows = [
    ...data.map((entry) => [
      ...['played', entry.dataset, entry.symbol, entry.interval],
      ...[countLabel(entry.bars), hashWords(entry)],
    ]),
    ...sources.map(({ dataset, facts }) => [
      ...['gaps filled from', dataset, '', facts?.interval ?? ''],
      ...[facts ? countLabel(facts.bars) : '', facts?.sha256 ?? 'not here any more'],
    ]),
  ];
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
<h2>Strategy</h2>
${strategyPart(report, definition)}
<h2>Settings that differ from the defaults</h2>
${settingsPart(report)}
<h2>Data</h2>
${table(['Use', 'Dataset', 'Symbol', 'Interval', 'Bars', 'sha256'], rows)}
<h2>Quality</h2>
${quality(report)}
<h2>Prices</h2>
${pricesPart(report)}
<h2>Equity</h2>
${equityPart(report, zone)}
<h2>Statistics</h2>
${statisticsPart(report, zone)}
<h2>Honesty</h2>
${honestyPart(report, zone)}
<h2>Proof</h2>
${typeof link === 'object' ? `<p>There is no link with this result: ${escaped(link.whyNot)}.</p>` : `<p>Whoever opens this link and plays it with the same bars sees whether the result is the same:</p><p><code>${escaped(link)}</code></p>`}
${operations(report)}
</body>
</html>
`;
}

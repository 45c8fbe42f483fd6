import type { RunReport } from '../../session/report.ts';
import { figureWords, momentWords } from '../results/figure-words.ts';
import { escaped, paragraph } from './html.ts';

/** Points of the curve that are drawn. */
const mostPoints = 800;
const width = 760;
const height = 170;
/** Of the drawdown under it. */
const under = 60;

/** The account's worth as a line, and under it how far it is below its peak. */
export function equityPart({ equity, equityPer }: RunReport, zone: string): string {
  if (equity.length < 2) return paragraph('The run had no strategy, so there is no equity.');
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
  const hole = points
    .map(({ depth }, i) => `${x(i)},${(worst === 0 ? 0 : (depth / worst) * under).toFixed(1)}`)
    .join(' ');
  const money = (worth: number): string => figureWords(worth, 'money', zone);
  const [first, last] = [equity[0]!, equity.at(-1)!].map(([time]) => escaped(momentWords(time, zone)));
  const per = equityPer === 'session' ? 'at the ends of sessions' : 'at the ends of bars';
  return `<figure><figcaption>Equity with open positions ${per}, ${money(low)} to ${money(high)}, from ${first} to ${last}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Equity over the run"><polyline class="equity" points="${line}"/></svg>
<figcaption>Drawdown from the peak, at most ${figureWords(worst, 'share', zone)}</figcaption>
<svg viewBox="0 0 ${width} ${under}" role="img" aria-label="Drawdown over the run"><polygon class="drawdown" points="0,0 ${hole} ${width},0"/></svg></figure>`;
}

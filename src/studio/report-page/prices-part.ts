import type { RunReport } from '../../session/report.ts';
import { countLabel } from '../labels.ts';
import { escaped, paragraph } from './html.ts';

/** Of many symbols the first are drawn. */
const mostSymbols = 8;
/** Bars that are drawn of a symbol; sessions share one where there are more. */
const mostBars = 190;
const width = 760;
const height = 110;

/** What a symbol did in a session, or in some that follow each other. */
interface Range {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The prices of each symbol by session, as bars with open and close; sessions in which it had none leave their place empty. */
export function pricesPart({ sessions }: RunReport): string {
  const names = [...new Set(sessions.flatMap(({ symbols }) => Object.keys(symbols)))];
  if (names.length === 0) return paragraph('No session has ended.');
  const each = Math.ceil(sessions.length / mostBars);
  const drawn = names.slice(0, mostSymbols).map((name) => {
    const ranges = sessions.map(({ symbols }) => rangeOf(symbols[name]));
    const bars = Array.from({ length: Math.ceil(ranges.length / each) }, (_, i) =>
      together(ranges.slice(i * each, (i + 1) * each)),
    );
    return drawing(name, bars, sessions[0]!.date, sessions.at(-1)!.date);
  });
  const rest = names.length - mostSymbols;
  const per = each === 1 ? 'A bar is a session' : `A bar is ${each} sessions`;
  return [
    paragraph(`${per}: from its lowest to its highest price, its open at the left, its close at the right.`),
    ...drawn,
    ...(rest > 0 ? [paragraph(`${countLabel(rest)} more symbols are in the report as JSON.`)] : []),
  ].join('\n');
}

function rangeOf(symbol: RunReport['sessions'][number]['symbols'][string] | undefined): Range | null {
  const { open, high, low, close } = symbol ?? {};
  if (typeof open !== 'number' || typeof high !== 'number' || typeof low !== 'number' || typeof close !== 'number')
    return null;
  return { open, high, low, close };
}

function together(ranges: readonly (Range | null)[]): Range | null {
  const known = ranges.filter((range) => range !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return null;
  const [high, low] = [Math.max(...known.map((range) => range.high)), Math.min(...known.map((range) => range.low))];
  return { open: first.open, high, low, close: last.close };
}

function drawing(name: string, bars: readonly (Range | null)[], first: string, last: string): string {
  const known = bars.filter((bar) => bar !== null);
  if (known.length === 0) return paragraph(`${name} had no bar in any session.`);
  const [high, low] = [Math.max(...known.map((bar) => bar.high)), Math.min(...known.map((bar) => bar.low))];
  const room = Math.min(60, width / bars.length);
  const y = (price: number): string =>
    (high === low ? height / 2 : 3 + ((high - price) / (high - low)) * (height - 6)).toFixed(1);
  const path = bars
    .flatMap((bar, i) => {
      if (!bar) return [];
      const x = (i + 0.5) * room;
      const [left, middle, right] = [x - room * 0.35, x, x + room * 0.35].map((at) => at.toFixed(1));
      return [
        `M${middle} ${y(bar.high)}V${y(bar.low)}M${left} ${y(bar.open)}H${middle}M${middle} ${y(bar.close)}H${right}`,
      ];
    })
    .join('');
  const words = `${name}: ${known[0]!.open} to ${known.at(-1)!.close}, lowest ${low}, highest ${high}, from ${first} to ${last}`;
  return `<figure><figcaption>${escaped(words)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Prices of ${escaped(name)} by session"><path class="prices" d="${path}"/></svg></figure>`;
}

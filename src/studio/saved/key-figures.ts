import type { RunReport } from '../../session/report.ts';
import { backtestingPy } from '../../statistics/backtesting-py.ts';
import type { Unit } from '../../statistics/definition.ts';
import { spanWords, figureWords } from '../results/figure-words.ts';
import { littleSign } from '../results/little-words.ts';
import type { KeyFigure } from './saved-run.ts';

/** The figures of a run by which it is told from others: what came of the data, and of its strategy by the definitions of backtesting.py. */
export function keyFigures({ totals, statistics }: RunReport): KeyFigure[] {
  const own: KeyFigure[] = [
    { name: 'Sessions', unit: 'count', value: totals.sessions },
    { name: 'Bars expected', unit: 'count', value: totals.expected },
    { name: 'Bars streamed', unit: 'count', value: totals.streamed },
    { name: 'Bars filled', unit: 'count', value: totals.filled },
    { name: 'Bars missing', unit: 'count', value: totals.missing },
    { name: 'Fill rate', unit: 'share', value: totals.fillRate },
    { name: 'Quality', unit: 'percent', value: totals.quality },
  ];
  const figures = statistics[backtestingPy.name];
  if (!figures) return own;
  const traded = backtestingPy.statistics.map(({ name, unit }) => ({ name, unit, value: figures[name] ?? null }));
  return [...own, ...traded.filter(({ unit }) => unit !== 'time')];
}

/** The sign of a figure of a run that has too little of what it is made of; empty where it has enough, or no value. */
export function littleSignOf({ name, value }: KeyFigure, run: readonly KeyFigure[]): string {
  const amount = (of: string): number => {
    const told = run.find((figure) => figure.name === of)?.value;
    return typeof told === 'number' ? told : 0;
  };
  const basis = backtestingPy.statistics.find((definition) => definition.name === name)?.basis;
  const extent = { seconds: amount('Duration'), days: amount('Sessions'), trades: amount('# Trades') };
  return value === null ? '' : littleSign(basis, extent);
}

/** How far a figure is from that of the first run: `+1.20 points`, `−3`, `same`; empty where one of them has no value. */
export function distanceWords(figure: KeyFigure, first: KeyFigure | undefined): string {
  const [one, other] = [first?.value, figure.value];
  if (typeof one !== 'number' || typeof other !== 'number' || first?.unit !== figure.unit) return '';
  if (one === other) return 'same';
  const distance = other - one;
  return `${distance < 0 ? '−' : '+'}${sizeWords(Math.abs(distance), figure.unit)}`;
}

function sizeWords(size: number, unit: Unit): string {
  if (unit === 'percent' || unit === 'share') {
    const points = unit === 'share' ? 100 * size : size;
    return `${points < 0.005 ? points.toPrecision(2) : points.toFixed(2)} points`;
  }
  if (unit === 'seconds') return spanWords(size);
  if (unit === 'ratio' && size < 0.0005) return size.toPrecision(2);
  return figureWords(size, unit, 'UTC');
}

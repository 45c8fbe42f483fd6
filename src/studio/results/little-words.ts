import type { StatisticsReport } from '../../session/results-report.ts';
import type { Basis } from '../../statistics/definition.ts';
import { isTooLittle, leastTrades, type Extent } from '../../statistics/too-little.ts';
import { several } from '../labels.ts';

const bases: readonly Basis[] = ['year', 'trades'];

/** Stands behind a figure that is made of too little. */
const littleSigns: Readonly<Record<Basis, string>> = { year: '†', trades: '‡' };

export function extentOf(statistics: StatisticsReport): Extent {
  const { Duration: seconds, '# Trades': trades } = statistics['backtesting.py'];
  return {
    seconds: typeof seconds === 'number' ? seconds : 0,
    days: statistics.tables.days.length,
    trades: typeof trades === 'number' ? trades : 0,
  };
}

/** The sign of a figure that is made of too little; empty where there is enough, or little does. */
export function littleSign(basis: Basis | undefined, extent: Extent): string {
  return basis !== undefined && isTooLittle(basis, extent) ? littleSigns[basis] : '';
}

/** `from 7 closed trades`: what a figure is made of where it is too little; empty where it is not. */
export function littleWords(basis: Basis | undefined, extent: Extent): string {
  if (basis === undefined || !isTooLittle(basis, extent)) return '';
  return basis === 'year' ? `scaled to a year from ${several(extent.days, 'day')}` : `from ${tradesWords(extent)}`;
}

/** What the signs say, each where it is used. */
export function littleNotes(extent: Extent): readonly string[] {
  return bases
    .filter((basis) => isTooLittle(basis, extent))
    .map((basis) => `${littleSigns[basis]} ${notes[basis](extent)}`);
}

/** What the signs say where they are of several runs. */
export const allSignsWords = `${littleSigns.year} Scaled to a year from less than one. ${littleSigns.trades} From fewer than ${leastTrades} closed trades.`;

const notes: Readonly<Record<Basis, (extent: Extent) => string>> = {
  year: ({ days }) => `Scaled to a year from ${several(days, 'day')}: less than a year says little of one.`,
  trades: (extent) => `From ${tradesWords(extent)}: fewer than ${leastTrades} are mostly luck.`,
};

const tradesWords = ({ trades }: Extent): string => several(trades, 'closed trade');

import type { Params } from '../../strategy/definition.ts';
import { figureDefinitions, type FigureName, type SweepRow } from '../../sweep/row.ts';
import { spanOf, type Sweep } from '../../sweep/sweep.ts';
import { day, second } from '../../time/instant.ts';
import { dayNumber } from '../../time/day.ts';
import { figureWords } from '../results/figure-words.ts';
import { littleSign } from '../results/little-words.ts';
import { settingLabel } from '../setting-words.ts';

/** `fast 5, slow 20`. */
export function paramsWords(params: Params): string {
  return Object.entries(params)
    .map(([key, value]) => `${settingLabel({ group: null, key }).toLowerCase()} ${String(value)}`)
    .join(', ');
}

/** A figure of a cell with its unit. */
export function cellFigure(name: FigureName, value: number | null): string {
  return figureWords(value, figureDefinitions.find((each) => each.name === name)!.unit, 'UTC');
}

/** What tells how much a cell has played. */
type Extent = Pick<Sweep, 'windows' | 'played'>;
type Row = Pick<SweepRow, 'figures' | 'window' | 'part'>;

/** A figure of a cell with its unit, and with a sign where it is made of too little. */
export function signedFigure(sweep: Extent, row: Row, name: FigureName): string {
  return `${cellFigure(name, row.figures[name])} ${cellSign(sweep, row, name)}`.trimEnd();
}

/** The signs of a figure over several cells, each once; empty where every one is made of enough. */
export function signsOf(sweep: Extent, rows: readonly Row[], name: FigureName): string {
  return [...new Set(rows.map((row) => cellSign(sweep, row, name)))].sort().join('');
}

/** Some figure of the cell is made of too little. */
export function hasSign(sweep: Extent, row: Row): boolean {
  return figureDefinitions.some(({ name }) => cellSign(sweep, row, name as FigureName) !== '');
}

/** Empty where there is enough, where the figure has no value, and where nobody knows. */
function cellSign(sweep: Extent, row: Row, name: FigureName): string {
  const span = spanOf(sweep, row) ?? sweep.played;
  if (!span || row.figures[name] === null) return '';
  const { basis } = figureDefinitions.find((each) => each.name === name)!;
  const days = dayNumber(span.to) - dayNumber(span.from);
  return littleSign(basis, { seconds: (days * day) / second, days, trades: row.figures['# Trades'] ?? 0 });
}

/** A cell in a sentence: its parameters and what it came to; of one that failed, its reason is to follow. */
export function cellWords(sweep: Sweep, row: SweepRow): string {
  const { cell, params, error } = row;
  const words = `Cell ${cell} of “${sweep.config.strategy?.name}”, ${paramsWords(params)}`;
  if (error !== undefined) return `${words}, failed:`;
  const told = (['Return [%]', 'Sharpe Ratio', 'Max. Drawdown [%]', '# Trades'] as const).map(
    (name) => `${figureName(name)} ${signedFigure(sweep, row, name)}`,
  );
  return `${words}: ${told.join(', ')}.`;
}

/** A figure's name without its unit. */
export function figureName(name: FigureName): string {
  return name.replace(/ \[[%$]\]$/, '').replace('# Trades', 'Trades');
}

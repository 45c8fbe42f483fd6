import type { Params } from '../../strategy/definition.ts';
import { figureDefinitions, type FigureName, type SweepRow } from '../../sweep/row.ts';
import type { Sweep } from '../../sweep/sweep.ts';
import { figureWords } from '../results/figure-words.ts';
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

/** A cell in a sentence: its parameters and what it came to; of one that failed, its reason is to follow. */
export function cellWords(sweep: Sweep, { cell, params, figures, error }: SweepRow): string {
  const words = `Cell ${cell} of “${sweep.config.strategy?.name}”, ${paramsWords(params)}`;
  if (error !== undefined) return `${words}, failed:`;
  const told = (['Return [%]', 'Sharpe Ratio', 'Max. Drawdown [%]', '# Trades'] as const).map(
    (name) => `${figureName(name)} ${cellFigure(name, figures[name])}`,
  );
  return `${words}: ${told.join(', ')}.`;
}

/** A figure's name without its unit. */
export function figureName(name: FigureName): string {
  return name.replace(/ \[[%$]\]$/, '').replace('# Trades', 'Trades');
}

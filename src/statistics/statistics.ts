import { backtestingPy } from './backtesting-py.ts';
import type { DefinitionSet, SetName } from './definition.ts';
import type { Drawdown } from './drawdowns.ts';
import { empyrical, everyDay } from './empyrical.ts';
import type { Facts } from './facts.ts';
import { lean } from './lean.ts';
import { quantstats } from './quantstats.ts';
import { tablesOf, type Tables } from './tables.ts';

/** All sets, in the order in which they are shown. */
export const definitionSets: readonly DefinitionSet[] = [backtestingPy, empyrical, quantstats, lean, everyDay];

/** A figure; a text for a time, null where it has no value or none that is finite. */
export type Figure = number | string | null;

/** By the name of the statistic, in the set's order. */
export type FigureSet = Readonly<Record<string, Figure>>;

export interface Statistics {
  readonly sets: Readonly<Record<SetName, FigureSet>>;
  readonly drawdowns: readonly Drawdown[];
  readonly tables: Tables;
}

/** All statistics of a run: a function of its trades, equity and bars alone. Intervals are drawn apart, as they take longer (`bootstrap.ts`). */
export function statisticsOf(facts: Facts): Statistics {
  const sets = definitionSets.map(({ name, statistics }) => [
    name,
    Object.fromEntries(statistics.map((definition) => [definition.name, figure(definition.of(facts))])),
  ]);
  return {
    sets: Object.fromEntries(sets) as Statistics['sets'],
    drawdowns: facts.drawdowns,
    tables: tablesOf(facts),
  };
}

function figure(value: number | string): Figure {
  return typeof value === 'string' || Number.isFinite(value) ? value : null;
}

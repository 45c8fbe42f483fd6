import type { Definition, DefinitionSet, SetName } from '../../statistics/definition.ts';

/** What several sets have a statistic for, each by its own name. */
export interface Concept {
  readonly title: string;
  readonly names: Partial<Readonly<Record<SetName, string>>>;
}

/** The same name in both of empyrical's sets. */
const empyricals = (name: string): Partial<Record<SetName, string>> => ({ empyrical: name, '365-day': name });

/** Rows of the table; what no row names is listed by set under it. */
export const concepts: readonly Concept[] = [
  {
    title: 'Total return',
    names: {
      'backtesting.py': 'Return [%]',
      ...empyricals('Cumulative returns'),
      quantstats: 'Cumulative Return',
      LEAN: 'Net Profit',
    },
  },
  {
    title: 'Annual return',
    names: {
      'backtesting.py': 'CAGR [%]',
      ...empyricals('Annual return'),
      quantstats: 'CAGR',
      LEAN: 'Compounding Annual Return',
    },
  },
  {
    title: 'Volatility a year',
    names: {
      'backtesting.py': 'Volatility (Ann.) [%]',
      ...empyricals('Annual volatility'),
      quantstats: 'Volatility (ann.)',
      LEAN: 'Annual Standard Deviation',
    },
  },
  {
    title: 'Sharpe ratio',
    names: {
      'backtesting.py': 'Sharpe Ratio',
      ...empyricals('Sharpe ratio'),
      quantstats: 'Sharpe',
      LEAN: 'Sharpe Ratio',
    },
  },
  {
    title: 'Sortino ratio',
    names: {
      'backtesting.py': 'Sortino Ratio',
      ...empyricals('Sortino ratio'),
      quantstats: 'Sortino',
      LEAN: 'Sortino Ratio',
    },
  },
  {
    title: 'Calmar ratio',
    names: { 'backtesting.py': 'Calmar Ratio', ...empyricals('Calmar ratio'), quantstats: 'Calmar' },
  },
  {
    title: 'Largest drawdown',
    names: {
      'backtesting.py': 'Max. Drawdown [%]',
      ...empyricals('Max drawdown'),
      quantstats: 'Max Drawdown',
      LEAN: 'Drawdown',
    },
  },
  {
    title: 'Win rate',
    names: { 'backtesting.py': 'Win Rate [%]', quantstats: 'Win Days', LEAN: 'Win Rate' },
  },
  {
    title: 'Profit factor',
    names: {
      'backtesting.py': 'Profit Factor',
      ...empyricals('Omega ratio'),
      quantstats: 'Profit Factor',
      LEAN: 'Profit Factor',
    },
  },
  { title: 'Expectancy', names: { 'backtesting.py': 'Expectancy [%]', LEAN: 'Expectancy' } },
  { title: 'Kelly criterion', names: { 'backtesting.py': 'Kelly Criterion', quantstats: 'Kelly Criterion' } },
  { title: 'Alpha', names: { 'backtesting.py': 'Alpha [%]', ...empyricals('Alpha'), LEAN: 'Alpha' } },
  { title: 'Beta', names: { 'backtesting.py': 'Beta', ...empyricals('Beta'), LEAN: 'Beta' } },
];

/** The definition that a set has for a concept. */
export function definitionOf({ name, statistics }: DefinitionSet, { names }: Concept): Definition | undefined {
  return statistics.find((definition) => definition.name === names[name]);
}

/** The statistics of a set that are in no row. */
export function othersOf({ name, statistics }: DefinitionSet): readonly Definition[] {
  const shown = new Set(concepts.map(({ names }) => names[name]));
  return statistics.filter((definition) => !shown.has(definition.name));
}

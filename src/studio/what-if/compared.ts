import type { Basis, Unit } from '../../statistics/definition.ts';
import type { FigureSet } from '../../statistics/statistics.ts';
import { figureDefinitions, type FigureName, type SweepRow } from '../../sweep/row.ts';
import { figureWords } from '../results/figure-words.ts';
import { figureName } from '../sweeps/cell-words.ts';

/** A figure of the run beside what it would be; null where it has no value. */
export interface Compared {
  readonly name: string;
  readonly unit: Unit;
  /** What it is counted of. */
  readonly of: string;
  /** Of what it needs much. */
  readonly basis: Basis | undefined;
  readonly own: number | null;
  readonly tried: number | null;
}

const equity = 'Equity with open positions';
const closed = 'Closed trades';

const shown: readonly (readonly [name: FigureName, of: string])[] = [
  ['Return [%]', equity],
  ['Max. Drawdown [%]', equity],
  ['Sharpe Ratio', equity],
  ['# Trades', closed],
  ['Win Rate [%]', closed],
];

/** The figures that are compared, those of the run by backtesting.py's definitions; `cash` is what the account began with. */
export function comparedFigures(
  own: FigureSet,
  tried: SweepRow['figures'] | undefined,
  cash: number,
): readonly Compared[] {
  const final: FigureName = 'Equity Final [$]';
  const net = (figure: number | null | undefined): number | null => (typeof figure === 'number' ? figure - cash : null);
  return [
    {
      name: 'Net result',
      unit: 'money',
      of: equity,
      basis: undefined,
      own: net(numeric(own[final])),
      tried: net(tried?.[final]),
    },
    ...shown.map(([name, of]) => {
      const { unit, basis } = figureDefinitions.find((each) => each.name === name)!;
      return { name: figureName(name), unit, of, basis, own: numeric(own[name]), tried: tried?.[name] ?? null };
    }),
  ];
}

/** `+12.30`, `−1.20 points`, `even`; empty where one of the two has no value. */
export function changeWords({ own, tried, unit }: Compared): string {
  if (own === null || tried === null) return '';
  const change = tried - own;
  const text = figureWords(Math.abs(change), unit, 'UTC').replace(' %', ' points');
  if (change === 0) return 'even';
  return `${change > 0 ? '+' : '−'}${text}`;
}

function numeric(figure: FigureSet[string] | undefined): number | null {
  return typeof figure === 'number' ? figure : null;
}

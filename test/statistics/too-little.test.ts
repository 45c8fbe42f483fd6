import { expect, test } from 'vitest';
import { definitionSets } from '../../src/statistics/statistics.ts';
import { isTooLittle, leastTrades } from '../../src/statistics/too-little.ts';
import { dayNumber } from '../../src/time/day.ts';
import { day, second } from '../../src/time/instant.ts';

const named = (basis: 'year' | 'trades'): string[] =>
  definitionSets.flatMap(({ name: set, statistics }) =>
    statistics.filter((each) => each.basis === basis).map(({ name }) => `${set}: ${name}`),
  );

/** Periods in a year, years, and figures that are a year's themselves. */
const scaling = /252|[√^×(] ?N\b|\(N ÷ n\)|÷ years|Ann\.|Annual|CAGR|Tracking|^Sortino ÷/;

test('all that a formula scales to a year needs a year, and nothing else does', () => {
  const scaled = definitionSets.flatMap(({ name: set, statistics }) =>
    statistics
      // The year in it is that of the ratio it is compared with.
      .filter(({ name, formula }) => name !== 'Probabilistic Sharpe Ratio' && scaling.test(formula))
      .map(({ name }) => `${set}: ${name}`),
  );
  expect(named('year').toSorted()).toEqual(scaled.toSorted());
  expect(named('year')).toContain('LEAN: Treynor Ratio');
});

test('rates of trades need trades; counts, sums and extremes say what was', () => {
  expect(named('trades')).toEqual(
    expect.arrayContaining(['backtesting.py: Win Rate [%]', 'backtesting.py: SQN', 'LEAN: Profit Factor']),
  );
  for (const plain of ['# Trades', 'Best Trade [%]', 'Commissions [$]', 'Return [%]'])
    expect([...named('year'), ...named('trades')]).not.toContain(`backtesting.py: ${plain}`);
});

test.each([
  // First and last sessions of New York's year 2023, the shortest by far, and of half of it.
  ['2023-01-03', '2023-12-29', false],
  ['2023-01-03', '2023-06-30', true],
])('from %s to %s it is too little for a year: %j', (from, to, tooLittle) => {
  const seconds = ((dayNumber(to) - dayNumber(from)) * day) / second;
  expect(isTooLittle('year', { seconds, days: 125, trades: 0 })).toBe(tooLittle);
});

test('thirty trades are enough, one less is not', () => {
  const extent = { seconds: 0, days: 1, trades: leastTrades };
  expect(isTooLittle('trades', extent)).toBe(false);
  expect(isTooLittle('trades', { ...extent, trades: leastTrades - 1 })).toBe(true);
});

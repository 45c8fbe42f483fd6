import { expect, test } from 'vitest';
import { definitionSets } from '../../../src/statistics/statistics.ts';
import { figureWords, momentWords, spanWords } from '../../../src/studio/results/figure-words.ts';
import { concepts, definitionOf, othersOf } from '../../../src/studio/results/side-by-side.ts';

test('every statistic of every set is shown once: in a row, or listed', () => {
  for (const set of definitionSets) {
    const inRows = concepts
      .map((concept) => definitionOf(set, concept))
      .filter((definition) => definition !== undefined);
    expect(inRows).toHaveLength(concepts.filter(({ names }) => names[set.name] !== undefined).length);
    const shown = [...inRows, ...othersOf(set)].map(({ name }) => name);
    expect(shown.toSorted()).toEqual(set.statistics.map(({ name }) => name).toSorted());
    expect(new Set(shown).size).toBe(shown.length);
  }
});

test('every statistic says what it is made of', () => {
  for (const { statistics, about, symbols } of definitionSets) {
    expect(about).not.toBe('');
    expect(symbols).not.toBe('');
    for (const { formula } of statistics) expect(formula).not.toBe('');
  }
});

test('a total return of compounded days says that the first session is not in it, and no other does', () => {
  const [total] = concepts;
  const saying = definitionSets.filter((set) => /first session’s close/.test(definitionOf(set, total!)?.assumes ?? ''));
  expect(saying.map(({ name }) => name).toSorted()).toEqual(['365-day', 'empyrical', 'quantstats']);
});

test.each([
  [21.160245, 'percent', '21.16 %'],
  [-0.479801, 'share', '−47.98 %'],
  [0.58062, 'ratio', '0.581'],
  [51_422.99, 'money', '51,422.99'],
  [66, 'count', '66'],
  [5_097_600, 'seconds', '59 d'],
  [-0.000021, 'percent', '−0.000021 %'],
  [null, 'ratio', 'none'],
] as const)('%j in %s is told as %s', (value, unit, words) => {
  expect(figureWords(value, unit, 'UTC')).toBe(words);
});

test('times are told on the wall of the market’s zone, spans in the units that suit them', () => {
  expect(momentWords('2024-11-29T14:30:00Z', 'America/New_York')).toBe('2024-11-29 09:30 EST');
  expect([spanWords(0), spanWords(45), spanWords(5_400), spanWords(90_000)]).toEqual([
    '0.0 s',
    '45 s',
    '1 h 30 min',
    '1 d 1 h',
  ]);
});

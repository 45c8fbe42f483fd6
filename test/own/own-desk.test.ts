import { expect, it } from 'vitest';
import { deskEntries, indicatorEntries, type ApiEntry } from '../../src/own/api.ts';
import { indicators } from '../../src/own/indicators.ts';
import { OwnDesk } from '../../src/own/own-desk.ts';
import { orderTerms } from '../../src/own/own-terms.ts';

const namesOf = (entries: readonly ApiEntry[]): string[] => entries.map(({ name }) => name).sort();

it('all that own code can use is told, and nothing else is', () => {
  const members = Object.getOwnPropertyNames(OwnDesk.prototype).filter((name) => name !== 'constructor');
  expect(namesOf(deskEntries)).toEqual(members.sort());
  expect(namesOf(indicatorEntries)).toEqual(Object.keys(indicators).sort());
});

it('terms of an order are checked and copied', () => {
  const given = { size: { equity: 0.5 }, sl: 9, at: undefined };
  const terms = orderTerms(given as never);
  expect(terms).toEqual({ size: { equity: 0.5 }, sl: 9 });
  expect(terms.size).not.toBe(given.size);
  for (const [wrong, words] of [
    [{ stopLoss: 1 }, 'stopLoss is no term of an order; there are size, limit'],
    [{ sl: '9' }, 'sl of an order was 9; it must be a number'],
    [{ size: '1' }, 'The size of an order was 1; it must be a number'],
    [{ size: { units: 1, cash: 2 } }, 'The size of an order'],
    [{ good: 'day' }, 'good of an order was day; it must be session or cancelled'],
    [null, 'The terms of an order were null'],
  ] as const)
    expect(() => orderTerms(wrong as never)).toThrow(words);
});

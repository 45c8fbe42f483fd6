import { expect, test } from 'vitest';
import { isVisible, maxFillSources, Provenance } from '../../src/bars/provenance.ts';

test('readers see delivered, filled, made up, repaired and derived bars', () => {
  const seen = Object.entries(Provenance).filter(([, state]) => isVisible(state));
  expect(seen.map(([name]) => name)).toEqual(['streamed', 'filled', 'madeUp', 'repaired', 'whole', 'incomplete']);
});

test('the candidates of every fill source fit a byte and are invisible', () => {
  expect(Provenance.candidate + maxFillSources - 1).toBeLessThan(256);
  for (let source = 0; source < maxFillSources; source++) expect(isVisible(Provenance.candidate + source)).toBe(false);
});

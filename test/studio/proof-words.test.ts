import { expect, test } from 'vitest';
import type { ProofVerdict } from '../../src/session/proof.ts';
import { badgeWords, proofState, stateSentence } from '../../src/studio/proof-words.ts';

const met: ProofVerdict = {
  ...{ engine: null, data: [], settings: [], sameResult: true },
  ...{ isAligned: true, parting: null, sessions: null },
};
const others = [{ what: 'played: WALK', one: 'sha256:1', other: 'sha256:2' }];

test('only the result of the bars that a link means is called reproduced', () => {
  expect(proofState(undefined)).toBe('open');
  expect(proofState(met)).toBe('reproduced');
  expect(proofState({ ...met, sameResult: false, data: others })).toBe('differs');
  const state = proofState({ ...met, data: others });
  expect([state, badgeWords[state]]).toEqual(['other-bars', 'Same result, other bars']);
  expect(stateSentence(state)).toMatch(/bars are not those that the link means/);
});

import { expect, test } from 'vitest';
import type { DatasetFacts } from '../../src/session/dataset-facts.ts';
import type { Proof } from '../../src/config/proof.ts';
import type { ProofVerdict } from '../../src/session/proof.ts';
import { badgeWords, barsWords, proofState, stateSentence } from '../../src/studio/proof-words.ts';
import { instant } from '../../src/time/instant.ts';

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

test('bars that a link means are named with dates, interval and hash, beside those that are here', () => {
  const [wanted, found] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
  const proof: Proof = {
    engine: '0.1.0',
    fingerprint: wanted,
    data: [{ dataset: 'WALK', sha256: wanted, interval: '1m', use: 'played', symbols: ['WALK'] }],
    first: '2024-03-07',
    last: '2024-03-08',
    sessions: 2,
    sessionStride: 1,
    slotStride: 1,
    marks: new Uint16Array(),
  };
  const one = 'Wanted: 1m bars of WALK, Thu 7 Mar 2024 to Fri 8 Mar 2024, called “WALK”, sha256:aaaaaaaaaaaa…; ';
  const none = [{ what: 'played: WALK', one: wanted, other: undefined }];
  expect(barsWords(proof, none, [], 'UTC')).toEqual([`${one}they are not here: drop their file on the page.`]);
  const [from, to] = [instant(Date.UTC(2024, 2, 6, 15)), instant(Date.UTC(2024, 2, 8, 15))];
  const here: DatasetFacts = {
    id: '1',
    name: 'other',
    sha256: found,
    interval: '5m',
    symbols: [{ name: 'WALK', bars: 9, from, to }],
  };
  expect(barsWords(proof, [{ ...none[0]!, other: found }], [here], 'UTC')).toEqual([
    `${one}here are others, called “other”: 5m bars, Wed 6 Mar 2024 to Fri 8 Mar 2024, sha256:bbbbbbbbbbbb….`,
  ]);
  expect(barsWords(proof, [], [here], 'UTC')).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { FingerprintChain } from '../../src/session/fingerprint.ts';
import type { RunPlan } from '../../src/session/plan.ts';

const plan = {
  symbols: [
    { name: 'SPY', dataset: 'a', symbol: 0, intervalMs: 60_000, storedMs: 60_000 },
    { name: 'GOOG', dataset: 'a', symbol: 1, intervalMs: 60_000, storedMs: 60_000 },
  ],
  intervals: [{ text: '1m', ms: 60_000, historySessions: 5 }],
} satisfies Pick<RunPlan, 'symbols' | 'intervals'>;

type Link = readonly [date: string, steps: string];
const link: Link = ['2024-11-29', '00'];

function fingerprintOf(links: readonly Link[], of: Pick<RunPlan, 'symbols' | 'intervals'> = plan): string {
  const chain = new FingerprintChain(of);
  for (const each of links) chain.add(...each);
  return chain.fingerprint();
}

describe('the chain of session digests', () => {
  test('is SHA-256 in hex, a digest a session, the fingerprint over the last of them', () => {
    const chain = new FingerprintChain(plan);
    const digests = [chain.add(...link), chain.add(...link)];
    for (const text of [...digests, chain.fingerprint()]) expect(text).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(new Set([...digests, chain.fingerprint()]).size).toBe(3);
  });

  test('asking for the fingerprint does not change the chain', () => {
    const chain = new FingerprintChain(plan);
    chain.add(...link);
    expect(chain.fingerprint()).toBe(chain.fingerprint());
    chain.add(...link);
    expect(chain.fingerprint()).toBe(fingerprintOf([link, link]));
  });

  test('goes on after any session, by its digest alone', () => {
    const chain = new FingerprintChain(plan);
    const taken = new FingerprintChain(plan, chain.add(...link));
    expect(taken.word).toBe(chain.word);
    expect(taken.word).not.toBe(new FingerprintChain(plan).word);
    expect(taken.add('2024-12-02', '01')).toBe(chain.add('2024-12-02', '01'));
    expect(taken.fingerprint()).toBe(chain.fingerprint());
  });

  test('changes with the date and with the steps, in the first session and in the last', () => {
    const changed: Link[] = [
      ['2024-11-30', '00'],
      ['2024-11-29', '10'],
    ];
    const prints = changed.flatMap((each) => [fingerprintOf([each, link]), fingerprintOf([link, each])]);
    expect(new Set([fingerprintOf([link, link]), ...prints]).size).toBe(1 + 2 * changed.length);
  });

  test('changes with the order of sessions, of symbols and with the intervals; not with the name of the dataset', () => {
    const other: Link = ['2024-12-02', '00'];
    const usual = fingerprintOf([link, other]);
    expect(fingerprintOf([other, link])).not.toBe(usual);
    expect(fingerprintOf([link, other], { ...plan, symbols: [...plan.symbols].reverse() })).not.toBe(usual);
    const intervals = [...plan.intervals, { text: '5m', ms: 300_000, historySessions: 5 }];
    expect(fingerprintOf([link, other], { ...plan, intervals })).not.toBe(usual);
    const symbols = plan.symbols.map((symbol) => ({ ...symbol, dataset: 'another' }));
    expect(fingerprintOf([link, other], { ...plan, symbols })).toBe(usual);
  });
});

import { describe, expect, test } from 'vitest';
import { FingerprintChain, type SessionRecord } from '../../src/session/fingerprint.ts';
import type { RunPlan } from '../../src/session/plan.ts';

const plan = {
  symbols: [
    { name: 'SPY', dataset: 'a', symbol: 0 },
    { name: 'GOOG', dataset: 'a', symbol: 1 },
  ],
  intervals: [{ text: '1m', ms: 60_000, historySessions: 5 }],
} satisfies Pick<RunPlan, 'symbols' | 'intervals'>;

const record: SessionRecord = {
  date: '2024-11-29',
  steps: '00',
  changes: [['active', '2024-11-29T14:30:00Z', 'open']],
  orders: [],
  trades: [],
  equity: [],
};

function fingerprintOf(records: readonly SessionRecord[], of: Pick<RunPlan, 'symbols' | 'intervals'> = plan): string {
  const chain = new FingerprintChain(of);
  for (const each of records) chain.add(each);
  return chain.fingerprint();
}

describe('the chain of session digests', () => {
  test('is SHA-256 in hex, a digest a session, the fingerprint over the last of them', () => {
    const chain = new FingerprintChain(plan);
    const digests = [chain.add(record), chain.add(record)];
    for (const text of [...digests, chain.fingerprint()]) expect(text).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(new Set([...digests, chain.fingerprint()]).size).toBe(3);
  });

  test('asking for the fingerprint does not change the chain', () => {
    const chain = new FingerprintChain(plan);
    chain.add(record);
    expect(chain.fingerprint()).toBe(chain.fingerprint());
    chain.add(record);
    expect(chain.fingerprint()).toBe(fingerprintOf([record, record]));
  });

  test('changes with everything that a session record has', () => {
    const changed: SessionRecord[] = [
      { ...record, date: '2024-11-30' },
      { ...record, steps: '10' },
      { ...record, changes: [['active', '2024-11-29T14:30:01Z', 'open']] },
      { ...record, changes: [['active', '2024-11-29T14:30:00Z', 'close']] },
      { ...record, changes: [] },
      { ...record, orders: [1] },
      { ...record, trades: [1] },
      { ...record, equity: [1] },
    ];
    const first = changed.map((each) => fingerprintOf([each, record]));
    const second = changed.map((each) => fingerprintOf([record, each]));
    expect(new Set([fingerprintOf([record, record]), ...first, ...second]).size).toBe(1 + 2 * changed.length);
  });

  test('changes with the order of sessions, of symbols and with the intervals; not with the name of the dataset', () => {
    const other = { ...record, date: '2024-12-02' };
    const usual = fingerprintOf([record, other]);
    expect(fingerprintOf([other, record])).not.toBe(usual);
    expect(fingerprintOf([record, other], { ...plan, symbols: [...plan.symbols].reverse() })).not.toBe(usual);
    const intervals = [...plan.intervals, { text: '5m', ms: 300_000, historySessions: 5 }];
    expect(fingerprintOf([record, other], { ...plan, intervals })).not.toBe(usual);
    const symbols = plan.symbols.map((symbol) => ({ ...symbol, dataset: 'another' }));
    expect(fingerprintOf([record, other], { ...plan, symbols })).toBe(usual);
  });
});

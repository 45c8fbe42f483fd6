import { describe, expect, test } from 'vitest';
import type { Comparison, Parting } from '../../src/session/compare.ts';
import { circumstances, partingWords, valueWords, verdictWords } from '../../src/studio/comparison-words.ts';
import type { Instant } from '../../src/time/instant.ts';

const same: Comparison = {
  same: true,
  app: null,
  data: [],
  settings: [],
  sessions: [{ date: '2024-11-29', verdict: 'same' }],
  parting: null,
};
const parting: Parting = {
  kind: 'step',
  date: '2024-11-29',
  slot: 0,
  at: Date.UTC(2024, 10, 29, 14, 31) as Instant,
  zone: 'America/New_York',
  figures: [],
};

describe('what a comparison says', () => {
  test('of runs that are the same', () => {
    expect(verdictWords(same)).toBe('The runs are the same: one fingerprint, 1 session, every step alike.');
    expect(circumstances(same)).toEqual(['The same bars.', 'The same settings.', 'The same version of the app.']);
  });

  test('of runs that differ, and in what', () => {
    const differ: Comparison = {
      ...same,
      same: false,
      app: { what: 'version', one: '0.1.0', other: '0.2.0' },
      data: ['A 1m', 'B 1m', 'C 1m', 'D 1m', 'E 1m', 'F 1m'].map((what) => ({ what, one: 1, other: 2 })),
      settings: [
        { what: 'feed.seed', one: 1, other: 2, matters: true },
        { what: 'replay.speed', one: 1, other: 2, matters: false },
      ],
      parting,
    };
    expect(verdictWords(differ)).toBe('The runs differ, after 1 session that is the same.');
    expect(circumstances(differ)).toEqual([
      'Other bars: A 1m, B 1m, C 1m, D 1m, E 1m and 1 more.',
      '1 setting that can change results differs, and 1 that cannot.',
      'Versions 0.1.0 and 0.2.0 of the app.',
    ]);
    expect(verdictWords({ ...same, same: false, sessions: [] })).toContain('nothing to compare');
  });

  test.each<[Partial<Parting>, string]>([
    [{}, 'They part on Fri 29 Nov 2024, in slot 1, which ends at 09:31:00 EST (2024-11-29T14:31:00Z).'],
    [{ at: null }, 'They part on Fri 29 Nov 2024, in slot 1.'],
    [{ kind: 'close', slot: null }, 'They part on Fri 29 Nov 2024, after the last slot: in what came after the close.'],
    [{ kind: 'session' }, 'They part with the session of Fri 29 Nov 2024: only one of the runs has it.'],
    [{ kind: 'start' }, 'They part before the first bar: their symbols or intervals are not the same.'],
  ])('of where they part: %j', (change, words) => {
    expect(partingWords({ ...parting, ...change })).toBe(words);
  });

  test('of values', () => {
    expect([undefined, null, 'max', [1], 0.5].map((value) => valueWords(value))).toEqual([
      'none',
      'null',
      'max',
      '[1]',
      '0.5',
    ]);
    expect(valueWords(87.6923076923077, 'SPY quality')).toBe('87.6923 %');
  });
});

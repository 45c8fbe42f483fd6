import { expect, test } from 'vitest';
import type { ComparedRun } from '../../src/session/compare.ts';
import { KeptRuns } from '../../src/studio/kept-runs.svelte.ts';

const report = { data: [], sessions: [], fingerprint: null } as unknown as ComparedRun;
const chosen = ({ one, other }: KeptRuns): unknown[] => [one?.id, other?.id];

test('a run that is new is compared with the one before it, and one that goes on changes no choice', () => {
  const kept = new KeptRuns();
  kept.keep(1, report);
  expect(chosen(kept)).toEqual(['run 1', undefined]);
  kept.keep(3, report);
  kept.keep(4, report);
  expect(chosen(kept)).toEqual(['run 3', 'run 4']);
  kept.choose('one', 'run 1');
  kept.keep(4, report);
  expect(chosen(kept)).toEqual(['run 1', 'run 4']);
  kept.keep(5, report);
  expect(chosen(kept)).toEqual(['run 4', 'run 5']);
});

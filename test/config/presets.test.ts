import { describe, expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { readConfig } from '../../src/config/read.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { planRun } from '../../src/session/plan-run.ts';
import { randomWalk, storeDataset } from '../support/synthetic.ts';

describe('a preset', () => {
  test.each(presets)(
    '$name is read, and plays bars of minutes: nothing in it must be something else',
    async ({ settings, help }) => {
      expect(help).toMatch(/^[A-Z].*\.$/);
      const read = readConfig(settings);
      if (!read.ok) throw new Error(read.findings.map(({ message }) => message).join('; '));
      const store = new MemoryStore();
      await storeDataset(store, 'WALK', { WALK: randomWalk('2024-03-07', '2024-03-11', 7) });
      const planned = planRun(read.config, read.given, await store.list());
      expect(planned).toMatchObject({ ok: true });
      const warnings = planned.ok ? planned.warnings.map(({ message }) => message) : [];
      expect(warnings.filter((warning) => warning.includes('must be'))).toEqual([]);
    },
  );
});

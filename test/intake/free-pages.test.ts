import { expect, it } from 'vitest';
import { filedBars, FreePages } from '../../src/intake/symbol-rows.ts';

it('gives the memory of pages back at once where the platform can', () => {
  let given = 0;
  const pages = [filedBars(64), filedBars(64), filedBars(4_096)];
  for (const page of pages)
    for (const column of Object.values(page) as unknown[])
      if (column instanceof Float64Array)
        Object.assign(column.buffer, { transfer: (bytes: number) => (given += column.byteLength - bytes) });
  const free = new FreePages();
  free.give(pages);
  free.clear();
  expect(given).toBe(7 * 8 * (64 + 64 + 4_096));
  expect(free.take(4_096)).not.toBe(pages[2]);
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { barColumns } from '../../src/bars/columns.ts';
import type { IntakeResult } from '../../src/intake/result.ts';
import { wholeBars, type WholeBars } from '../../src/intake/series.ts';
import { openChunk } from '../../src/library/chunk.ts';
import type { KeepOptions } from '../../src/library/keep.ts';
import { keepDataset } from '../../src/library/keep.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { minute } from '../../src/time/instant.ts';

const start = Date.UTC(2020, 0, 1);

/** Bars of a minute from 2020 on, round the clock. */
function intake(names: readonly string[], bars: number): IntakeResult & { symbols: readonly WholeBars[] } {
  const columns = barColumns(bars);
  for (let i = 0; i < bars; i++) {
    columns.start[i] = start + i * minute;
    for (const column of ['open', 'high', 'low', 'close'] as const) columns[column][i] = 100 + (i % 17) / 100;
  }
  columns.count = bars;
  const symbols = names.map((name) => wholeBars(name, columns));
  return {
    kind: 'bars',
    symbols,
    interval: '1m',
    intervalMs: minute,
    bars: bars * names.length,
    audits: [],
    skipped: [],
  };
}

/** A store that fails at its n-th batch of chunks, counted from 0. */
class FailingStore extends MemoryStore {
  private calls = 0;
  private readonly at: number;
  private readonly error: unknown;

  constructor(at: number, error: unknown) {
    super();
    this.at = at;
    this.error = error;
  }

  override async putChunks(...batch: Parameters<MemoryStore['putChunks']>): Promise<void> {
    if (this.calls++ === this.at) throw this.error;
    await super.putChunks(...batch);
  }
}

describe('keeping what was read', () => {
  let now: number;
  let breaths: number;
  let options: KeepOptions;
  beforeEach(() => {
    now = 1_000;
    breaths = 0;
    options = { now: () => (now += 4), newId: () => 'id', breathe: async () => void breaths++ };
  });

  it('makes no room anew for each of thousands of symbols', async () => {
    const names = Array.from({ length: 300 }, (_, n) => `S${n}`);
    const read = intake(names, 390);
    const Native = Float64Array;
    let made = 0;
    vi.stubGlobal(
      'Float64Array',
      class extends Native {
        constructor(...args: [number]) {
          super(...args);
          if (typeof args[0] === 'number') made += this.byteLength;
        }
      },
    );
    try {
      await keepDataset(read, 'sha256:0', 'many', new MemoryStore(), options);
    } finally {
      vi.unstubAllGlobals();
    }
    // The room for one symbol's rows is 3 MB.
    expect(made).toBeLessThan(4_000_000);
  });

  it('stores symbols and chunks in order, and a manifest that adds up', async () => {
    const store = new MemoryStore();
    const manifest = await keepDataset(intake(['A', 'B'], 70_000), 'sha256:x', 'tape', store, options);
    expect(manifest).toMatchObject({ id: 'id', name: 'tape', sha256: 'sha256:x', interval: '1m', bars: 140_000 });
    expect([manifest.from, manifest.to]).toEqual([start, start + 69_999 * minute]);
    expect(manifest.symbols.map(({ name, bars }) => [name, bars])).toEqual([
      ['A', 70_000],
      ['B', 70_000],
    ]);
    let bytes = 0;
    for (const [symbol, { chunks }] of manifest.symbols.entries()) {
      let next = start;
      for (const [chunk, entry] of chunks.entries()) {
        const stored = await store.chunk('id', symbol, chunk);
        const opened = openChunk(stored);
        expect(opened.from[0]).toBe(next);
        expect([entry.from, entry.to]).toEqual([opened.from[0], opened.to[opened.blocks - 1]]);
        expect([entry.bytes, entry.bars]).toEqual([stored.byteLength, opened.count.reduce((a, b) => a + b)]);
        next = entry.to + minute;
        bytes += stored.byteLength;
      }
      expect(next).toBe(start + 70_000 * minute);
    }
    expect(manifest.bytes).toBe(bytes);
    expect(await store.list()).toEqual([manifest]);
  });

  it('breathes while it works and says how far it is', async () => {
    const seen: number[] = [];
    await keepDataset(intake(['A'], 500_000), 'sha256:x', 'tape', new MemoryStore(), {
      ...options,
      onBars: (bars) => seen.push(bars),
    });
    expect(breaths).toBeGreaterThan(1);
    expect(seen).toHaveLength(breaths);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  it('does not store the same bars twice', async () => {
    const store = new MemoryStore();
    const first = await keepDataset(intake(['A'], 10), 'sha256:x', 'tape', store, options);
    const again = await keepDataset(intake(['A'], 10), 'sha256:x', 'tape', store, { ...options, newId: () => 'other' });
    expect(again).toEqual(first);
    await expect(store.chunk('other', 0, 0)).rejects.toThrow('is not in the library');
  });

  it('leaves nothing behind when it is cancelled between two chunks', async () => {
    const store = new MemoryStore();
    const controller = new AbortController();
    const cancelled = keepDataset(intake(['A', 'B'], 200_000), 'sha256:x', 'tape', store, {
      ...options,
      signal: controller.signal,
      breathe: async () => controller.abort(new Error('The import was cancelled')),
    });
    await expect(cancelled).rejects.toThrow('The import was cancelled');
    expect(await store.list()).toEqual([]);
    await expect(store.chunk('id', 0, 0)).rejects.toThrow('is not in the library');
  });

  it.each([0, 1, 2])('leaves nothing behind when storage is full at batch %i, and says what is needed', async (at) => {
    const store = new FailingStore(at, new DOMException('over', 'QuotaExceededError'));
    const columns = intake(['A', 'B'], 1_500_000);
    for (const { columns: raw } of columns.symbols) raw.volume.forEach((_, i) => (raw.volume[i] = i / 7));
    const failed = keepDataset(columns, 'sha256:x', 'tape', store, { ...options, freeBytes: async () => 1_500_000 });
    await expect(failed).rejects.toThrow(
      /^storage is full: the import needs about \d+ MB; the browser reports 1.5 MB free for this site. Delete a dataset/,
    );
    expect(await store.list()).toEqual([]);
    await expect(store.chunk('id', 0, 0)).rejects.toThrow('is not in the library');
  });

  it('names other failures of the browser, with their cause', async () => {
    const cause = new DOMException('Internal error', 'UnknownError');
    const failed = keepDataset(intake(['A'], 10), 'sha256:x', 'tape', new FailingStore(0, cause), options);
    await expect(failed).rejects.toMatchObject({
      message: 'the browser could not store the import (UnknownError: Internal error)',
      cause,
    });
  });

  it('holds its id while chunks without a manifest are in the store', async () => {
    const held: string[] = [];
    await keepDataset(intake(['A'], 10), 'sha256:x', 'tape', new MemoryStore(), {
      ...options,
      holding: async (id, work) => {
        held.push(id);
        const result = await work();
        held.push('free');
        return result;
      },
    });
    expect(held).toEqual(['id', 'free']);
  });
});

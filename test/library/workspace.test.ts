import { beforeEach, describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { importFiles } from '../../src/library/import.ts';
import { leftOutCsv } from '../../src/library/lists.ts';
import { csv, file } from '../intake/files.ts';
import { blobOf } from '../../src/library/blob-of.ts';
import { fileSource } from '../../src/library/file-source.ts';
import { keepSample } from '../../src/library/keep-sample.ts';
import { deriveDataset } from '../../src/library/derive-dataset.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { adjustmentsOf } from '../../src/library/adjustments.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { openWorkspace } from '../../src/library/open-workspace.ts';
import { originsList } from '../../src/library/origins.ts';
import { workspaceOf } from '../../src/library/workspace.ts';
import { zipOf } from '../../src/library/zip-writer.ts';
import { zipFiles } from '../../src/intake/zip.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';
import { bar, keeping, store, stored } from './made-bars.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);
const settings = { 'tapedeck.theme': 'dark', 'tapedeck.visit': '{"version":1}' };

async function saved(library: MemoryStore): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = workspaceOf(
    await library.list(),
    { settings, runs: [new Blob(['{"run":1}'])] },
    library,
    () => undefined,
  );
  return new Uint8Array(await (await blobOf(pieces, 'application/zip', keeping())).arrayBuffer());
}

const sourceOf = (bytes: Uint8Array<ArrayBuffer>) =>
  fileSource({ path: 'all.tapedeck.zip', file: new File([bytes], 'all.tapedeck.zip') });

const opened = (bytes: Uint8Array<ArrayBuffer>, into: MemoryStore) => openWorkspace(sourceOf(bytes), into, keeping());

/** All that a manifest says but for what belongs to its place in a library. */
function content(manifest: Manifest): Manifest {
  return { ...manifest, id: '' };
}

describe('a workspace', { timeout: 60_000 }, () => {
  let library: MemoryStore;
  let union: Manifest;
  beforeEach(async () => {
    library = new MemoryStore();
    const [a] = await keepSample(['sample'], library, keeping());
    const b = await store(library, 'B', '1m', {
      ALFA: [bar(monday, 3)],
      '=X': [bar(monday, 4), bar(monday + minute, 5)],
    });
    await store(library, 'T', 'ticks', {
      ES: [
        [monday, 5, 1],
        [monday, 5, 1],
      ],
    });
    const order = { how: 'union', datasets: [a!.id, b.id], name: 'Both' } as const;
    ({ manifest: union } = await deriveDataset(order, library, { ...keeping(), market: calendar('24/7') }));
    await library.describe(b.id, {
      instruments: { '=X': { tickSize: 0.25, multiplier: 50, currency: 'USD' } },
      adjustments: adjustmentsOf({
        '=X': { adjustments: [{ date: '2024-11-26', kind: 'split', value: 4 }], file: 'splits.csv' },
      }),
    });
  });

  it('goes into one file and back: the same datasets, and what the page keeps', async () => {
    const other = new MemoryStore();
    const back = await opened(await saved(library), other);
    expect(back.settings).toEqual(settings);
    expect(await Promise.all(back.runs.map((run) => run.text()))).toEqual(['{"run":1}']);
    expect(back.datasets.map(({ name, existing }) => [name, existing])).toEqual([
      ['B', false],
      ['Both', false],
      ['T', false],
      ['sample', false],
    ]);
    expect((await other.list()).map(content)).toEqual((await library.list()).map(content));
    const [was, is] = await Promise.all([library.list(), other.list()]);
    for (const [i, manifest] of was.entries())
      for (const { name } of manifest.symbols)
        expect(await stored(other, is[i]!, name)).toEqual(await stored(library, manifest, name));
    const copy = is.find(({ name }) => name === 'Both')!;
    expect(await other.page(copy.id, originsList, 0)).toEqual(await library.page(union.id, originsList, 0));
  });

  it('stores nothing twice: what is here already stays, under its name', async () => {
    const file = await saved(library);
    const { id } = (await library.list()).find(({ name }) => name === 'B')!;
    await library.rename(id, 'mine');
    const before = await library.all();
    const back = await opened(file, library);
    expect(back.datasets.every(({ existing }) => existing)).toBe(true);
    expect(back.datasets[0]).toMatchObject({ name: 'B', manifest: { name: 'mine' } });
    expect(await library.all()).toEqual(before);
  });

  it('has the records that were left out', async () => {
    const mine = new MemoryStore();
    const text = csv('2024-11-25T14:30:00Z,10,11,9,10,5', '2024-11-25T14:31:00Z,10,11,9,10,5', '=x,1');
    const { manifest } = await importFiles([file('SPY.csv', text)], defaultChoices, mine, {
      ...keeping(),
      onProgress: () => undefined,
    });
    const other = new MemoryStore();
    const back = await opened(await saved(mine), other);
    const csvOf = async (at: MemoryStore, { id }: Manifest) => (await leftOutCsv(at, id)).text();
    expect(await csvOf(other, back.datasets[0]!.manifest)).toBe(await csvOf(mine, manifest));
    expect(await csvOf(mine, manifest)).toContain('too few fields');
  });

  it('has names of its own beside other bars of theirs', async () => {
    const other = new MemoryStore();
    await store(other, 'B', '1m', { SPY: [bar(monday, 9)] });
    const back = await opened(await saved(library), other);
    expect(back.datasets.map(({ manifest }) => manifest.name)).toEqual(['B 2', 'Both', 'T', 'sample']);
  });

  it('that is damaged anywhere stores nothing', async () => {
    const small = new MemoryStore();
    await store(small, 'B', '1m', {
      SPY: Array.from({ length: 500 }, (_, i) => bar(monday + i * minute, 5 + i / 100)),
    });
    const file = await saved(small);
    let refused = 0;
    // Some bytes of an archive mean nothing: those of its dates and versions.
    for (let i = 0; i < 60; i++) {
      const damaged = file.slice();
      const at = Math.floor(((i + 0.5) * file.length) / 60);
      damaged[at]! ^= 1 << (i % 8);
      const other = new MemoryStore();
      const failure = await opened(damaged, other).catch((error: unknown) => error);
      if (!(failure instanceof Error)) continue;
      refused++;
      expect(failure.message).toMatch(/workspace|tapedeck|archive/);
      expect(await other.all()).toEqual([]);
    }
    expect(refused).toBeGreaterThan(55);
    const cut = file.slice(0, file.length / 2);
    await expect(opened(cut, new MemoryStore())).rejects.toThrow('all.tapedeck.zip is a zip archive that is cut short');
  });

  it('with bars that are not those of its hash is refused, however well they are packed', async () => {
    const files = await zipFiles(sourceOf(await saved(library)));
    const pieces = async (path: string, changed: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => {
      const parts = [];
      for (const [name, each] of files) {
        const chunks: Uint8Array[] = [];
        for await (const slice of each.open()) chunks.push(slice.slice());
        const bytes = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
        parts.push({ path: name, pieces: [name === path ? changed(bytes) : bytes] });
      }
      return new Uint8Array(await (await blobOf(zipOf(parts), 'application/zip', keeping())).arrayBuffer());
    };
    const flipped = await pieces('0/0.chunks', (bytes) => bytes.with(bytes.length - 1, 77) as Uint8Array<ArrayBuffer>);
    await expect(opened(flipped, new MemoryStore())).rejects.toThrow(
      /^the dataset "B" of the workspace is damaged: chunk has the checksum/,
    );
    const swapped = await pieces('0/manifest.json', (bytes) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"B"', '"C"')),
    );
    await expect(opened(swapped, new MemoryStore())).rejects.toThrow('its manifest has another hash than was written');
    const fewer = await pieces('tapedeck-workspace.json', (bytes) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"runs":1', '"runs":2')),
    );
    await expect(opened(fewer, new MemoryStore())).rejects.toThrow(
      'the saved run 2 of the workspace is damaged: runs/1.json is missing',
    );
    const older = await pieces('tapedeck-workspace.json', (bytes) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace(',"runs":1', '')),
    );
    expect((await opened(older, new MemoryStore())).runs).toEqual([]);
    const newer = await pieces('tapedeck-workspace.json', (bytes) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"version":1', '"version":2')),
    );
    await expect(opened(newer, new MemoryStore())).rejects.toThrow('was written by a newer Tapedeck');
    const other = await pieces('tapedeck-workspace.json', () => new TextEncoder().encode('{}'));
    await expect(opened(other, new MemoryStore())).rejects.toThrow('all.tapedeck.zip is not a workspace of Tapedeck');
  });

  it('whose last dataset cannot be committed leaves none of the others', async () => {
    const other = new MemoryStore();
    const commit = other.commit.bind(other);
    let commits = 0;
    other.commit = (manifest) =>
      ++commits === 3 ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : commit(manifest);
    await expect(opened(await saved(library), other)).rejects.toThrow('storage is full');
    expect(commits).toBe(3);
    expect(await other.all()).toEqual([]);
  });
});

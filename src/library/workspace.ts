/**
 * A workspace in one file: a zip archive of everything that the library and the page keep.
 *
 *   tapedeck-workspace.json       format, version, byte order of the chunks, settings of the page, and of each dataset its folder, name
 *                                 and sha256, and the SHA-256 of its manifest; how many saved runs there are
 *   <n>/manifest.json             a dataset's manifest
 *   <n>/<symbol>.chunks           a symbol's chunks behind each other, by its place in the manifest
 *   <n>/<list>.<page>.page        what belongs to the dataset beside its bars
 *   runs/<n>.json                 a run that the page keeps under a name, as the page writes it
 *
 * Reading checks the archive's checksums, the manifests' hashes, the chunks' checksums, and that the bars have the dataset's sha256.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Manifest } from './manifest.ts';
import type { BarStore } from './store.ts';
import { zipOf, type Bytes, type ZipFile } from './zip-writer.ts';

export const workspaceIndex = 'tapedeck-workspace.json';
export const workspaceVersion = 1;

/** Texts by their names: what the page keeps of settings, view and choices, as it keeps it. */
export type PageSettings = Readonly<Record<string, string>>;

/** What the page has of a workspace. */
export interface PageKeeps {
  readonly settings: PageSettings;
  /** Runs that are kept under a name, as JSON; what is in it, the page knows. */
  readonly runs: readonly Blob[];
}

/** Where a run lies in the archive. */
export const runPath = (place: number): string => `runs/${place}.json`;

export interface WorkspaceDataset {
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  readonly manifestSha256: string;
}

export interface WorkspaceIndex {
  readonly format: 'tapedeck workspace';
  readonly version: typeof workspaceVersion;
  /** Chunks are in the byte order of the machine that wrote them. */
  readonly byteOrder: 'little' | 'big';
  readonly datasets: readonly WorkspaceDataset[];
  readonly settings: PageSettings;
  /** Of older pages there is none. */
  readonly runs: number;
}

export function byteOrder(): 'little' | 'big' {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 'little' : 'big';
}

export function textSha256(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The archive in pieces; `onBars` hears of the bars that were written. Rejects when something of a dataset cannot be read. */
export function workspaceOf(
  manifests: readonly Manifest[],
  kept: PageKeeps,
  store: BarStore,
  onBars: (bars: number) => void,
): AsyncGenerator<Bytes> {
  return zipOf(filesOf(manifests, kept, store, onBars));
}

function* filesOf(
  manifests: readonly Manifest[],
  { settings, runs }: PageKeeps,
  store: BarStore,
  onBars: (bars: number) => void,
): Generator<ZipFile> {
  const utf8 = new TextEncoder();
  const texts = manifests.map((manifest) => utf8.encode(JSON.stringify(manifest)));
  const datasets = manifests.map(({ name, sha256: hash }, i) => ({
    ...{ folder: String(i), name, sha256: hash, manifestSha256: textSha256(texts[i]!) },
  }));
  const index: WorkspaceIndex = {
    ...{ format: 'tapedeck workspace', version: workspaceVersion, byteOrder: byteOrder(), datasets, settings },
    runs: runs.length,
  };
  yield { path: workspaceIndex, pieces: [utf8.encode(JSON.stringify(index))] };
  for (const [i, run] of runs.entries()) {
    const pieces = async function* (): AsyncGenerator<Bytes> {
      yield new Uint8Array(await run.arrayBuffer());
    };
    yield { path: runPath(i), pieces: pieces() };
  }
  let bars = 0;
  for (const [i, manifest] of manifests.entries()) {
    yield { path: `${i}/manifest.json`, pieces: [texts[i]!] };
    for (const [symbol, { chunks }] of manifest.symbols.entries()) {
      const pieces = async function* (): AsyncGenerator<Bytes> {
        for (const [chunk, entry] of chunks.entries()) {
          yield (await store.chunk(manifest.id, symbol, chunk)) as Bytes;
          onBars((bars += entry.bars));
        }
      };
      yield { path: `${i}/${symbol}.chunks`, pieces: pieces() };
    }
    for (const [list, count] of Object.entries(manifest.pages ?? {}))
      for (let page = 0; page < count; page++) {
        const pieces = async function* (): AsyncGenerator<Bytes> {
          yield (await store.page(manifest.id, list, page)) as Bytes;
        };
        yield { path: `${i}/${list}.${page}.page`, pieces: pieces() };
      }
  }
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Adjustment, Adjustments } from '../bars/adjustment.ts';
import { readAdjustments, type ToldAdjustments } from '../intake/adjustments-file.ts';
import { hasAdjustments } from '../intake/contents.ts';
import type { ByteSource } from '../intake/source.ts';
import type { Manifest } from './manifest.ts';
import type { BarStore } from './store.ts';

/** What became of files of splits and dividends. */
export interface KeptAdjustments {
  /** Names of the datasets that they are kept with. */
  readonly datasets: readonly string[];
  /** Splits and dividends, and the symbols that they are of. */
  readonly count: number;
  readonly symbols: readonly string[];
  /** Symbols of the files that none of the datasets has. */
  readonly without: readonly string[];
}

/** The files, where all of them are of splits and dividends; null where one is not. */
export async function adjustmentsAlone(sources: readonly ByteSource[]): Promise<readonly ByteSource[] | null> {
  for (const source of sources) if (!(await hasAdjustments(source))) return null;
  return sources;
}

/** All that files tell; of a symbol that several tell of, the last one counts. Throws as `readAdjustments` does. */
export async function toldBy(files: readonly ByteSource[]): Promise<ToldAdjustments> {
  const told = new Map<string, readonly Adjustment[]>();
  for (const file of files) for (const [symbol, own] of await readAdjustments(file)) told.set(symbol, own);
  return told;
}

/** What a dataset that has those symbols is told, besides what it was told of others; undefined where that is nothing. */
export function adjustmentsWith(
  told: ToldAdjustments,
  symbols: readonly { readonly name: string }[],
  before: Adjustments | undefined,
): Adjustments | undefined {
  const own = symbols.flatMap(({ name }) => (told.has(name) ? [[name, told.get(name)!] as const] : []));
  return own.length === 0 ? before : adjustmentsOf({ ...before?.bySymbol, ...Object.fromEntries(own) });
}

/** Adjustments in their order, with their hash: over lines of symbol, date, kind and value, by symbol. */
export function adjustmentsOf(bySymbol: Adjustments['bySymbol']): Adjustments {
  const sorted = Object.entries(bySymbol)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, own]) => [symbol, own.toSorted(inOrder)] as const);
  const lines = sorted.flatMap(([symbol, own]) => own.map((each) => [symbol, each.date, each.kind, each.value]));
  const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify(lines))));
  return { sha256: `sha256:${hash}`, bySymbol: Object.fromEntries(sorted) };
}

function inOrder(a: Adjustment, b: Adjustment): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.value - b.value;
}

/** What files told of datasets. */
export function keptOf(told: ToldAdjustments, datasets: readonly Manifest[]): KeptAdjustments {
  const isHere = (symbol: string): boolean =>
    datasets.some(({ symbols }) => symbols.some(({ name }) => name === symbol));
  const symbols = [...told.keys()].filter(isHere);
  return {
    datasets: datasets.map(({ name }) => name),
    count: symbols.reduce((sum, symbol) => sum + told.get(symbol)!.length, 0),
    symbols,
    without: [...told.keys()].filter((symbol) => !isHere(symbol)),
  };
}

/** Keeps what files tell with each of the datasets that has one of their symbols. Throws advice when none has. */
export async function keepAdjustments(
  files: readonly ByteSource[],
  datasets: readonly Manifest[],
  store: BarStore,
): Promise<{ readonly manifest: Manifest; readonly kept: KeptAdjustments }> {
  const told = await toldBy(files);
  const meant = datasets.filter(
    ({ kind = 'bars', symbols }) => kind === 'bars' && symbols.some(({ name }) => told.has(name)),
  );
  if (meant.length === 0)
    throw new Error(
      `${files[0]!.name} has splits and dividends of ${[...told.keys()].slice(0, 5).join(', ')}, of which there are no bars here; import the bars first, or both together`,
    );
  const described: Manifest[] = [];
  for (const { id, symbols, adjustments } of meant)
    described.push(await store.describe(id, { adjustments: adjustmentsWith(told, symbols, adjustments)! }));
  return { manifest: described[0]!, kept: keptOf(told, described) };
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Adjustment, Adjustments } from '../bars/adjustment.ts';
import { readAdjustments } from '../intake/adjustments-file.ts';
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

/** What is known of a symbol, and the name of the file that told it, where that is known. */
export interface ToldOf {
  readonly adjustments: readonly Adjustment[];
  readonly file?: string | undefined;
}

/** The same by symbol. */
export type ToldBySymbol = Readonly<Record<string, ToldOf>>;

/** All that files tell; of a symbol that several tell of, the last one counts. Throws as `readAdjustments` does. */
export async function toldBy(files: readonly ByteSource[]): Promise<ToldBySymbol> {
  const told: Record<string, ToldOf> = {};
  for (const file of files)
    for (const [symbol, adjustments] of await readAdjustments(file)) told[symbol] = { adjustments, file: file.name };
  return told;
}

/** What a dataset that has those symbols is told, besides what it was told of others; undefined where that is nothing. */
export function adjustmentsWith(
  told: ToldBySymbol,
  symbols: readonly { readonly name: string }[],
  before: Adjustments | undefined,
): Adjustments | undefined {
  const own = symbols.flatMap(({ name }) => (Object.hasOwn(told, name) ? [[name, told[name]!] as const] : []));
  return own.length === 0 ? before : adjustmentsOf({ ...toldOf(before), ...Object.fromEntries(own) });
}

/** What adjustments tell, by symbol. */
export function toldOf(adjustments: Adjustments | undefined): ToldBySymbol {
  const { bySymbol = {}, files = {} } = adjustments ?? {};
  return Object.fromEntries(
    Object.entries(bySymbol).map(([symbol, own]) => [symbol, { adjustments: own, file: files[symbol] }]),
  );
}

/** Adjustments in their order, with their hash: over lines of symbol, date, kind and value, by symbol. */
export function adjustmentsOf(told: ToldBySymbol): Adjustments {
  const sorted = Object.entries(told)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, { adjustments }]) => [symbol, adjustments.toSorted(inOrder)] as const);
  const lines = sorted.flatMap(([symbol, own]) => own.map((each) => [symbol, each.date, each.kind, each.value]));
  const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify(lines))));
  const files = Object.entries(told).flatMap(([symbol, { file }]) => (file === undefined ? [] : [[symbol, file]]));
  return {
    ...{ sha256: `sha256:${hash}`, bySymbol: Object.fromEntries(sorted) },
    ...(files.length > 0 && { files: Object.fromEntries(files) as Record<string, string> }),
  };
}

function inOrder(a: Adjustment, b: Adjustment): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.value - b.value;
}

/** What files told of datasets. */
export function keptOf(told: ToldBySymbol, datasets: readonly Manifest[]): KeptAdjustments {
  const isHere = (symbol: string): boolean =>
    datasets.some(({ symbols }) => symbols.some(({ name }) => name === symbol));
  const all = Object.keys(told);
  const symbols = all.filter(isHere);
  return {
    datasets: datasets.map(({ name }) => name),
    count: symbols.reduce((sum, symbol) => sum + told[symbol]!.adjustments.length, 0),
    symbols,
    without: all.filter((symbol) => !isHere(symbol)),
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
    ({ kind = 'bars', symbols }) => kind === 'bars' && symbols.some(({ name }) => Object.hasOwn(told, name)),
  );
  if (meant.length === 0)
    throw new Error(
      `${files[0]!.name} has splits and dividends of ${Object.keys(told).slice(0, 5).join(', ')}, of which there are no bars here; import the bars first, or both together`,
    );
  const described: Manifest[] = [];
  for (const { id, symbols, adjustments } of meant)
    described.push(await store.describe(id, { adjustments: adjustmentsWith(told, symbols, adjustments)! }));
  return { manifest: described[0]!, kept: keptOf(told, described) };
}

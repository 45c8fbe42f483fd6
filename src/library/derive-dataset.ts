import { intervalMs } from '../bars/interval.ts';
import { adjustmentsOf, toldOf } from './adjustments.ts';
import type { Audit } from '../intake/audit.ts';
import type { ConflictRule } from '../intake/choices.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { day, type DayText, type Instant } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { writeDataset, type WriteOptions, type WrittenRows } from './dataset-writer.ts';
import { ExpectedSlots, slotRule } from './expected-slots.ts';
import { CommonBars, type Sharer } from './common-bars.ts';
import { LeftOutWriter } from './lists.ts';
import { leftOutCount, type Making, type Manifest, type Source } from './manifest.ts';
import { missingDataset } from './memory-store.ts';
import {
  mergedBars,
  mergedRecords,
  noCount,
  noLosses,
  type MergeCount,
  type MergedInput,
  type ReadRows,
} from './merge-rows.ts';
import { checkedName } from './names.ts';
import { originRuns, originsList } from './origins.ts';
import type { Rows } from './rows.ts';
import type { BarStore } from './store.ts';
import { storedRows } from './stored-rows.ts';

/** Dates, both included, and the time that they take: of bars of a day the dates count, of others the time. */
export interface CutDays {
  readonly first: DayText;
  readonly last: DayText;
  readonly from: Instant;
  /** Not included. */
  readonly to: Instant;
}

/** What is to be made of stored datasets, which are named by their ids. */
export type Derivation =
  /** All bars of several; of bars of one slot those of the earlier dataset. */
  | { readonly how: 'union'; readonly datasets: readonly string[]; readonly name: string }
  /** The named symbols of one (null: all) in these days (null: all). */
  | {
      readonly how: 'cut';
      readonly dataset: string;
      readonly symbols: readonly string[] | null;
      readonly days: CutDays | null;
      readonly name: string;
    }
  /** One, with the bars that it misses by the calendar, from the first of the sources that has each. */
  | { readonly how: 'repair'; readonly dataset: string; readonly sources: readonly string[]; readonly name: string };

export interface DeriveOptions extends WriteOptions {
  /** The calendar by which bars are missing or suspicious, and in whose zone those of a day have their dates. */
  readonly market: Calendar;
}

/** What became of the bars of a dataset that was used. */
export interface Given extends Readonly<MergeCount> {
  readonly name: string;
}

/** What was made. */
export interface Derived {
  readonly manifest: Manifest;
  /** The same bars were here already, under this name; nothing was stored. */
  readonly existing: boolean;
  readonly how: Making['how'];
  /** In the order in which they were given. */
  readonly given: readonly Given[];
  /** Of the files that are its own. */
  readonly audits: readonly Audit[];
  /** Of a repair: the calendar, its slots, and those that had no bar before. */
  readonly repair?: Making['repair'];
}

/** What is asked of a dataset that another is made of; it need not be stored. */
export type Ingredient = Pick<
  Manifest,
  | 'id'
  | 'name'
  | 'sha256'
  | 'kind'
  | 'interval'
  | 'audits'
  | 'leftOut'
  | 'pages'
  | 'making'
  | 'instruments'
  | 'adjustments'
> & { readonly symbols: readonly { readonly name: string }[] };

/** A dataset as a part of what is made. */
export interface Part {
  readonly manifest: Ingredient;
  /** The rows of a symbol of it that are used. */
  rows(symbol: number): AsyncIterable<ReadRows>;
}

/** What is made, as far as it does not come with its bars. */
interface Plan {
  readonly how: Making['how'];
  /** In the order of precedence. */
  readonly parts: readonly Part[];
  readonly symbols: readonly string[];
  readonly conflicts: ConflictRule;
  readonly name: string;
  readonly instead?: string;
  /** Those whose files are its own files, in the order of their audits. */
  readonly audited: readonly Ingredient[];
  /** Asked when everything was read. */
  repair?(): Making['repair'];
}

/**
 * Makes a dataset of stored ones, which stay as they are. It is read, merged, packed and stored a chunk at a time. Throws the signal's
 * reason when it was cancelled, or advice; the library is then as it was.
 */
export async function deriveDataset(order: Derivation, store: BarStore, options: DeriveOptions): Promise<Derived> {
  const listed = await store.list();
  const find = (id: string): Manifest => {
    const found = listed.find((each) => each.id === id);
    if (!found) throw missingDataset(id);
    return found;
  };
  const name = checkedName('', order.name, []);
  if (order.how === 'union') return assemble(unionOf(order.datasets.map(find), name, store), store, options);
  if (order.how === 'cut')
    return assemble(cutOf(order, find(order.dataset), name, store, options.market.zone), store, options);
  const plan = repairOf(find(order.dataset), order.sources.map(find), name, store, options.market);
  return assemble(plan, store, options);
}

/**
 * Adds what was read of files to a dataset, which then has it under its own name, with a new hash and id. Of
 * bars of one slot with different values the rule says which is taken: `last` is the one that comes to it. Throws as `deriveDataset`.
 */
export async function appendPart(
  target: Manifest,
  added: Part,
  rule: ConflictRule,
  store: BarStore,
  options: DeriveOptions,
): Promise<Derived> {
  const both = [target, added.manifest];
  const plan: Plan = {
    ...{ how: 'append', parts: [wholePart(target, store), added], symbols: namesOf(both), conflicts: rule },
    ...{ name: target.name, instead: target.id, audited: both },
  };
  return assemble(plan, store, options);
}

function unionOf(datasets: readonly Manifest[], name: string, store: BarStore): Plan {
  if (datasets.length < 2) throw new Error('one dataset was chosen; choose two or more to make one of them');
  const parts = datasets.map((manifest) => wholePart(manifest, store));
  return { how: 'union', parts, symbols: namesOf(datasets), conflicts: 'first', name, audited: [] };
}

function cutOf(
  { symbols, days }: Extract<Derivation, { how: 'cut' }>,
  manifest: Manifest,
  name: string,
  store: BarStore,
  zone: string,
): Plan {
  const daily = intervalMs(manifest.interval) === day;
  const isIn = (start: number): boolean => {
    const date = dateOfDay(start as Instant, zone);
    return date >= days!.first && date <= days!.last;
  };
  const rows = (symbol: number): AsyncIterable<Rows> => {
    if (!days) return storedRows(store, manifest, symbol);
    // A bar of a day may be stamped with another time than its date begins with.
    return daily
      ? filtered(storedRows(store, manifest, symbol, days.from - day, days.to + day), isIn)
      : storedRows(store, manifest, symbol, days.from, days.to);
  };
  const all = namesOf([manifest]);
  const kept = symbols ? all.filter((each) => symbols.includes(each)) : all;
  return { how: 'cut', parts: [{ manifest, rows }], symbols: kept, conflicts: 'first', name, audited: [] };
}

function repairOf(
  manifest: Manifest,
  sources: readonly Manifest[],
  name: string,
  store: BarStore,
  market: Calendar,
): Plan {
  if (sources.length === 0) throw new Error('no dataset was chosen to repair it from; choose one or more');
  if ((manifest.kind ?? 'bars') !== 'bars')
    throw new Error(`"${manifest.name}" has ${manifest.kind}, of which no calendar says what is missing; choose bars`);
  const ms = intervalMs(manifest.interval)!;
  const slots = manifest.symbols.map(({ from, to }) => new ExpectedSlots(market, ms, from, to));
  const expected = slots.reduce((sum, { count }) => sum + count, 0);
  let present = 0;
  const counted = (symbol: number): AsyncIterable<Rows> => {
    const isSlot = slots[symbol]!.walk();
    const dates = new Set<number>();
    const rule = slotRule(ms, market.zone);
    return observed(storedRows(store, manifest, symbol), (start) => {
      if (!isSlot(start)) return;
      const slot = rule ? rule(start) : start;
      // Two bars of one date are of one slot.
      if (rule && dates.has(slot)) return;
      if (rule) dates.add(slot);
      present++;
    });
  };
  const filling = (source: Manifest): Part => ({
    manifest: source,
    rows(symbol) {
      const place = manifest.symbols.findIndex((each) => each.name === source.symbols[symbol]!.name);
      return filtered(storedRows(store, source, symbol), slots[place]!.walk());
    },
  });
  return {
    ...{ how: 'repair', symbols: namesOf([manifest]), conflicts: 'first', name, audited: [] },
    parts: [{ manifest, rows: counted }, ...sources.map(filling)],
    repair: () => ({ calendar: market.name, expected, missing: expected - present }),
  };
}

async function assemble(plan: Plan, store: BarStore, options: DeriveOptions): Promise<Derived> {
  const { parts, symbols, conflicts, name } = plan;
  const [first, ...others] = parts.map(({ manifest }) => manifest);
  const [kind, interval] = [first!.kind ?? 'bars', first!.interval];
  for (const other of others)
    if ((other.kind ?? 'bars') !== kind || other.interval !== interval)
      throw new Error(
        `"${first!.name}" has ${contentOf(first!)} and "${other.name}" ${contentOf(other)}; choose datasets of the same`,
      );
  const sources = new SourceList(parts.map(({ manifest }) => manifest));
  const counts = parts.map(noCount);
  const slotOf = kind === 'bars' ? slotRule(intervalMs(interval)!, options.market.zone) : undefined;
  const firstFiles = parts.map(({ manifest }) => {
    const before = plan.audited.slice(0, Math.max(0, plan.audited.indexOf(manifest)));
    return before.reduce((sum, { audits }) => sum + audits.length, 0);
  });
  let common: CommonBars | undefined;
  let audits: readonly Audit[] = [];

  const stored = await writeDataset(
    ...([kind, interval, store, options] as const),
    async (writer) => {
      const leftOut = new LeftOutWriter(writer.lists);
      await leftOut.copy(plan.audited, store, options);
      common = new CommonBars(leftOut, conflicts);
      for (const symbol of symbols) {
        const inputs: MergedInput[] = [];
        const used: MergeCount[] = [];
        const sharers: Sharer[] = [];
        for (const [i, part] of parts.entries()) {
          const place = part.manifest.symbols.findIndex((each) => each.name === symbol);
          if (place === -1) continue;
          const sourceAt = await sources.reader(part.manifest, place, store);
          inputs.push({ rows: part.rows(place), sourceAt });
          used.push(counts[i]!);
          sharers.push({ name: part.manifest.name, audits: part.manifest.audits, firstFile: firstFiles[i]! });
        }
        // What a repair was not asked for is no contradiction.
        const losses = plan.how === 'repair' ? noLosses : common.of(symbol, sharers);
        const rules = { slotOf, conflicts, losses };
        const merged = kind === 'bars' ? mergedBars(inputs, rules, used) : mergedRecords(inputs, used);
        await writer.symbol(symbol, sources.counted(merged));
      }
      await leftOut.end();
    },
    (written) => {
      const repair = plan.repair?.();
      const making: Making = {
        how: plan.how,
        sources: sources.used(),
        duplicates: counts.reduce((sum, { duplicates }) => sum + duplicates, 0),
        conflicts: counts.reduce((sum, each) => sum + each.conflicts, 0),
        ...(repair && { repair }),
      };
      const kept = new Set(written.symbols.map((each) => each.name));
      // What comes with files that are added is the news.
      const told = knownOf(plan.how === 'append' ? parts.toReversed() : parts, kept);
      audits = common!.audited(plan.audited.flatMap((each) => each.audits));
      const leftOut = plan.audited.reduce((sum, each) => sum + leftOutCount(each), 0) + common!.listed;
      return {
        manifest: { ...written, name, audits, ...(leftOut > 0 && { leftOut }), making, ...told },
        ...(plan.instead !== undefined && { instead: plan.instead }),
      };
    },
  );
  const given = parts.map(({ manifest }, i): Given => ({ name: manifest.name, ...counts[i]! }));
  const repair = plan.repair?.();
  return { ...stored, how: plan.how, given, audits, ...(repair && { repair }) };
}

/** The datasets that bars come from: of one that was made of others itself, those. */
class SourceList {
  private readonly list: { readonly name: string; readonly sha256: string }[] = [];
  /** By part: the places of its sources in the list. */
  private readonly places = new Map<Ingredient, readonly number[]>();
  private readonly bars: number[] = [];

  constructor(manifests: readonly Ingredient[]) {
    for (const manifest of manifests)
      this.places.set(
        manifest,
        (manifest.making?.sources ?? [manifest]).map(({ name, sha256 }) => this.placeOf(name, sha256)),
      );
  }

  /** Says of the times of a symbol of a part, which are asked for in their order, the place of their source. */
  async reader(manifest: Ingredient, symbol: number, store: BarStore): Promise<(time: number) => number> {
    const places = this.places.get(manifest)!;
    if (manifest.pages?.[originsList] === undefined) return () => places[0]!;
    const runs = originRuns(await store.page(manifest.id, originsList, symbol));
    let run = 0;
    return (time) => {
      while (run + 1 < runs.length && runs[run + 1]!.from <= time) run++;
      return places[runs[run]!.source]!;
    };
  }

  /** Counts the rows by source on their way. */
  async *counted(rows: AsyncIterable<WrittenRows>): AsyncGenerator<WrittenRows> {
    for await (const piece of rows) {
      const { sources, count } = piece;
      for (let row = 0; row < count; row++) this.bars[sources![row]!]!++;
      yield piece;
    }
  }

  used(): Source[] {
    return this.list.map((source, i) => ({ ...source, bars: this.bars[i]! }));
  }

  private placeOf(name: string, sha256: string): number {
    const known = this.list.findIndex((each) => each.sha256 === sha256);
    if (known !== -1) return known;
    this.bars.push(0);
    return this.list.push({ name, sha256 }) - 1;
  }
}

function wholePart(manifest: Manifest, store: BarStore): Part {
  return { manifest, rows: (symbol) => storedRows(store, manifest, symbol) };
}

/** The symbols of datasets, each once, in the order of the hash. */
function namesOf(manifests: readonly Ingredient[]): string[] {
  return [...new Set(manifests.flatMap(({ symbols }) => symbols.map(({ name }) => name)))].sort();
}

function contentOf({ kind, interval }: Ingredient): string {
  return kind === undefined || kind === 'bars' ? `bars of ${interval}` : kind;
}

/** What the first part that tells of a symbol tells of it. */
function knownOf(parts: readonly Part[], symbols: ReadonlySet<string>): Pick<Manifest, 'instruments' | 'adjustments'> {
  const instruments = firstTold(parts, symbols, ({ instruments: told }) => told);
  const bySymbol = firstTold(parts, symbols, ({ adjustments }) => toldOf(adjustments));
  return { ...(instruments && { instruments }), ...(bySymbol && { adjustments: adjustmentsOf(bySymbol) }) };
}

/** By symbol what the first part tells that does; undefined where none tells of any. */
function firstTold<T>(
  parts: readonly Part[],
  symbols: ReadonlySet<string>,
  tells: (manifest: Ingredient) => Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> | undefined {
  const told = Object.assign({}, ...parts.map(({ manifest }) => tells(manifest) ?? {}).reverse()) as Record<string, T>;
  const kept = Object.entries(told).filter(([name]) => symbols.has(name));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** The rows whose times are wanted. */
async function* filtered(rows: AsyncIterable<Rows>, isWanted: (time: number) => boolean): AsyncGenerator<Rows> {
  for await (const { columns, count } of rows) {
    const kept = columns.map((column) => new Float64Array(column.length));
    let out = 0;
    for (let row = 0; row < count; row++) {
      if (!isWanted(columns[0]![row]!)) continue;
      for (const [i, column] of columns.entries()) kept[i]![out] = column[row]!;
      out++;
    }
    yield { columns: kept, count: out };
  }
}

/** The same rows; each time is told on its way. */
async function* observed(rows: AsyncIterable<Rows>, tell: (time: number) => void): AsyncGenerator<Rows> {
  for await (const piece of rows) {
    const time = piece.columns[0]!;
    for (let row = 0; row < piece.count; row++) tell(time[row]!);
    yield piece;
  }
}

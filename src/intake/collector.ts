import { sure, type Told } from './told.ts';
import { FileFault } from './file-fault.ts';
import type { DataKind, RecordKind } from '../bars/records.ts';
import type { Audit, Decision, LeftOut } from './audit.ts';
import { intervalsOf, named, type IntervalFound, type IntervalOfSymbols } from './bar-interval.ts';
import type { ConflictRule } from './choices.ts';
import { barText, contradiction } from './contradiction.ts';
import { BlockHashes, sha256Of, type HashedSymbol } from './dataset-hash.ts';
import { EntryPages } from './entry-pages.ts';
import { gridDecision, MinutePlaces } from './grid.ts';
import type { Losses } from './once.ts';
import { fileOf, lineOf } from './origin.ts';
import { RecordRows } from './record-rows.ts';
import type { Breathe, FinishedBars, Hashed, RecordResult } from './result.ts';
import { intervalText } from '../bars/interval.ts';
import type { SymbolBars, SymbolRecords } from './series.ts';
import { seriesOfBars, seriesOfRecords } from './settled-series.ts';
import type { SkippedFile } from './skipped.ts';
import type { Staging } from './staging.ts';
import { FreePages, SymbolRows } from './symbol-rows.ts';
import { StepCounter, type SymbolSteps } from './symbol-steps.ts';
import { FileTally } from './tally.ts';

/** More symbols than markets list; a file with more has something else in that column. */
const maxSymbols = 20_000;
/** Rows that an import holds in memory: 48 MB of bars. What a slice of text adds to them fits into columns that double. */
export const heldRows = 1_044_480;

/** Pages of records that were left out that are held: some megabytes at most. */
export const heldPages = 8;

/** Where rows go that are too many for memory, and the pages of the records that were left out. */
export interface Overflow {
  readonly staging: Staging;
  /** As many are held. */
  readonly rows: number;
  readonly breathe: Breathe;
  /** Keeps the next pages. */
  keepLeftOut(pages: readonly Uint8Array[]): Promise<void>;
}
/** Records that were left out and are listed; more are counted. */
export const mostLeftOut = 1_000_000;

/** Takes the bars, quotes or ticks of all files of one import together. */
export class Collector {
  /** The records that are not in the dataset. */
  readonly leftOut = new EntryPages<LeftOut>(mostLeftOut);
  private readonly files: FileTally[] = [];
  private readonly skipped: SkippedFile[] = [];
  private readonly decisions = new Map<string, Decision>();
  private readonly bySymbol = new Map<string, SymbolRows>();
  /** The same of bars of which a file says another length than that which it takes, by that length. */
  private readonly byLength = new Map<number, Map<string, SymbolRows>>();
  private readonly recordsBySymbol = new Map<string, RecordRows>();
  private readonly overflow: Overflow | null;
  private readonly rule: ConflictRule;
  private readonly free: FreePages;
  private settledKind: DataKind | null = null;
  /** Rows taken from the files before the current one, and those of all that were staged. */
  private takenBefore = 0;
  private stagedRows = 0;

  /**
   * Without an overflow all stays in memory. `rule` is for bars of one symbol and time with different values. Bars go into the free pages
   * first.
   */
  constructor(overflow: Overflow | null = null, rule: ConflictRule = 'last', free = new FreePages()) {
    this.overflow = overflow;
    this.rule = rule;
    this.free = free;
  }

  /** Begins a file; bars that come from now on are its own. `bytes` are those on disk. */
  beginFile(name: string, bytes: number): FileTally {
    this.takenBefore = this.taken;
    const file = this.files.length;
    const tally = new FileTally(name, bytes, (rejection) => this.leftOut.add({ file, kind: 'rejected', ...rejection }));
    this.files.push(tally);
    return tally;
  }

  /** Takes note of files that are not read. */
  skip(files: readonly SkippedFile[]): void {
    this.skipped.push(...files);
  }

  /** The number of the current file. */
  get file(): number {
    return this.files.length - 1;
  }

  /** What the files hold; bars before the first. */
  get kind(): DataKind {
    return this.settledKind ?? 'bars';
  }

  /** The current file holds data of that kind. Throws when a file before it held another. */
  settleKind(kind: DataKind): void {
    const settled = (this.settledKind ??= kind);
    if (settled !== kind)
      throw new FileFault(`holds ${kind}, the files before it ${settled}; import them as datasets of their own`);
  }

  /**
   * The rows of a symbol's bars, made when they are not there; of bars that have another length than their file takes, in milliseconds,
   * rows of their own. Throws when there are too many symbols.
   */
  symbol(name: string, otherMs?: number): SymbolRows {
    let bySymbol = this.bySymbol;
    if (otherMs !== undefined) {
      bySymbol = this.byLength.get(otherMs) ?? new Map<string, SymbolRows>();
      this.byLength.set(otherMs, bySymbol);
    }
    return rowsOf(bySymbol, name, () => new SymbolRows(name, this.free));
  }

  /** The same for quotes or ticks. */
  records(name: string, kind: RecordKind): RecordRows {
    return rowsOf(this.recordsBySymbol, name, () => new RecordRows(kind));
  }

  /** There is more in memory than should be: `makeRoom` is to be called. */
  get isFull(): boolean {
    return this.hasManyPages || this.hasManyRows;
  }

  /** Gives what is too much for memory to the overflow. */
  async makeRoom(): Promise<void> {
    await this.keepLeftOut();
    if (this.hasManyRows) await this.stageRows();
  }

  private get hasManyRows(): boolean {
    return this.overflow !== null && this.taken - this.stagedRows >= this.overflow.rows;
  }

  private get hasManyPages(): boolean {
    return this.overflow !== null && this.leftOut.waiting >= heldPages;
  }

  private keepLeftOut(): Promise<void> {
    return this.overflow!.keepLeftOut(this.leftOut.take(false));
  }

  private async stageRows(): Promise<void> {
    const { staging, breathe } = this.overflow!;
    const maps = [this.bySymbol, ...this.byLength.values(), this.recordsBySymbol];
    for (const rows of maps.flatMap((bySymbol) => [...bySymbol.values()])) {
      await rows.stage(staging, breathe);
      await breathe();
    }
    this.stagedRows = this.taken;
  }

  /**
   * Sorts the bars of each symbol and takes each time once: of equal bars the first, of others the one that the rule says, in the
   * order of the files and of the records in them. Symbols of other intervals than that of the first, and bars of which files say
   * another length, are results of their own, with the audits of the same files. Ends the collector. Throws when there are no bars at all.
   */
  async finish(breathe: Breathe): Promise<FinishedBars> {
    const staging = await this.allStaged();
    const inOrder = [...this.bySymbol.keys()];
    const own = await this.settled(this.bySymbol, staging, breathe);
    const groups: BarsOfInterval[] = [];
    if (own.symbols.length > 0) {
      const areDays = this.files.every((tally) => tally.areDays);
      for (const found of intervalsOf(own.steps, own.allSteps, this.toldInterval(), areDays))
        groups.push(ofInterval(found, own));
    }
    for (const [ms, rows] of [...this.byLength].sort(([a], [b]) => a - b)) {
      const other = await this.settled(rows, staging, breathe);
      const told = sure(ms, 'a column of the files says it of these bars');
      if (other.symbols.length > 0)
        groups.push(ofInterval(intervalsOf(other.steps, other.allSteps, told, false)[0]!, other));
    }
    if (groups.length === 0) throw new Error('There are no bars in these files');
    for (const tally of this.files) tally.decideFromConflicts(this.rule);
    const results = groups.map(({ ms, decision, symbols, hashes }) => {
      const grid = groups.length === 1 ? gridDecision(own.places, ms) : apartDecision(groups);
      const ofResult = grid ? [decision, grid] : [decision];
      const interval = intervalText(ms);
      return {
        ...({ kind: 'bars', symbols, interval, intervalMs: ms, bars: total(symbols) } as const),
        ...{ audits: this.files.map((tally) => this.auditOf(tally, ofResult)), skipped: this.skipped },
        sha256: sha256Of(hashes.map((each) => ({ ...each, what: interval }))),
      };
    });
    const firstName = inOrder.find((name) => own.symbols.some((each) => each.name === name));
    const place = groups.findIndex(({ symbols }) => symbols.some(({ name }) => name === firstName));
    const [first] = results.splice(Math.max(0, place), 1);
    return { ...first!, others: results };
  }

  /** Sorts and hashes the bars of symbols, which are then gone, and looks how far they are apart. */
  private async settled(
    bySymbol: Map<string, SymbolRows>,
    staging: Staging | null,
    breathe: Breathe,
  ): Promise<SettledBars> {
    const symbols: SymbolBars[] = [];
    const hashes: Omit<HashedSymbol, 'what'>[] = [];
    const steps: SymbolSteps[] = [];
    const allSteps = new Map<number, number>();
    const places = new MinutePlaces();
    for (const name of [...bySymbol.keys()].sort()) {
      const rows = bySymbol.get(name)!;
      bySymbol.delete(name);
      const blocks = new BlockHashes();
      const counter = new StepCounter();
      const series = await seriesOfBars(rows, staging, this.rule, this.lossesOf(name), breathe, async (bars) => {
        if (this.hasManyPages) await this.keepLeftOut();
        counter.add(bars);
        places.add(bars);
        await blocks.addBars(bars, breathe);
      });
      if (!series) continue;
      symbols.push(series);
      hashes.push({ name, blocks });
      steps.push(counter.sum(name, allSteps));
    }
    return { symbols, hashes, steps, allSteps, places };
  }

  /** Sorts the quotes or ticks of each symbol by time alone: equal ones are as many. Ends the collector. */
  async finishRecords(kind: RecordKind, breathe: Breathe): Promise<RecordResult & Hashed> {
    const staging = await this.allStaged();
    const symbols: SymbolRecords[] = [];
    const hashes: HashedSymbol[] = [];
    for (const name of [...this.recordsBySymbol.keys()].sort()) {
      const rows = this.recordsBySymbol.get(name)!;
      this.recordsBySymbol.delete(name);
      const blocks = new BlockHashes();
      const series = await seriesOfRecords(name, rows, staging, breathe, (records) =>
        blocks.addRecords(records, breathe),
      );
      if (!series) continue;
      symbols.push(series);
      hashes.push({ name, what: kind, blocks });
    }
    return {
      ...{ kind, symbols, records: total(symbols), audits: this.files.map((tally) => this.auditOf(tally, [])) },
      ...{ skipped: this.skipped, sha256: sha256Of(hashes) },
    };
  }

  /** The interval that was chosen for the files, or that they say; null where there is none. Throws when there are several. */
  private toldInterval(): Told<number> | null {
    const told = new Map(
      this.files.flatMap(({ toldInterval }) => (toldInterval ? [[toldInterval.value, toldInterval]] : [])),
    );
    if (told.size <= 1) return [...told.values()][0] ?? null;
    const texts = [...told.keys()].map(intervalText).join(' and ');
    throw new Error(`${texts} were chosen or said as intervals of bars; import them as datasets of their own`);
  }

  /** Records of all files that were taken so far. */
  private get taken(): number {
    return this.takenBefore + (this.files[this.files.length - 1]?.taken ?? 0);
  }

  /** The staging with all rows in it; null when they are all in memory. */
  private async allStaged(): Promise<Staging | null> {
    if (this.stagedRows === 0) return null;
    await this.stageRows();
    this.free.clear();
    return this.overflow!.staging;
  }

  private lossesOf(symbol: string): Losses {
    const tallyOf = (origin: number): FileTally => this.files[fileOf(origin)]!;
    return {
      duplicate: (origin) => tallyOf(origin).duplicates++,
      conflict: (start, lost, rival) => {
        tallyOf(lost.origin).conflicts++;
        const where = `line ${lineOf(rival.origin)} of ${tallyOf(rival.origin).file}`;
        this.leftOut.add({
          file: fileOf(lost.origin),
          line: lineOf(lost.origin),
          kind: 'conflict',
          reason: contradiction(symbol, start, where, rival, this.rule),
          text: barText(lost),
        });
      },
    };
  }

  private auditOf(tally: FileTally, ofResult: readonly Decision[]): Audit {
    const { file, bytes, records, duplicates, conflicts, rejected, headers, blanks, outOfOrder } = tally;
    const accepted = tally.taken - duplicates - conflicts;
    const told = accepted + duplicates + conflicts + rejected + headers + blanks;
    if (records !== told || accepted < 0)
      throw new Error(
        `${file} has ${records} records, of which ${told} are accounted for; this is a fault of the import`,
      );
    return {
      ...{ file, bytes, records, accepted, duplicates, conflicts, rejected, headers, blanks, outOfOrder },
      rejections: tally.rejections,
      reasons: tally.reasons,
      ignoredColumns: tally.ignoredColumns,
      decisions: [...tally.decisions, ...ofResult].map((decision) => this.shared(decision)),
    };
  }

  /** Equal decisions are one object, which copies and storage keep once: thousands of files are often decided alike. */
  private shared(decision: Decision): Decision {
    const key = JSON.stringify(decision);
    const known = this.decisions.get(key);
    if (known) return known;
    this.decisions.set(key, decision);
    return decision;
  }
}

/** Bars of symbols, sorted and hashed. */
interface SettledBars {
  /** By name. */
  readonly symbols: readonly SymbolBars[];
  readonly hashes: readonly Omit<HashedSymbol, 'what'>[];
  readonly steps: readonly SymbolSteps[];
  readonly allSteps: ReadonlyMap<number, number>;
  readonly places: MinutePlaces;
}

/** Those of them that have one interval. */
interface BarsOfInterval extends IntervalFound {
  readonly symbols: readonly SymbolBars[];
  readonly hashes: SettledBars['hashes'];
}

function ofInterval({ ms, decision, symbols: names }: IntervalOfSymbols, settled: SettledBars): BarsOfInterval {
  const isOwn = ({ name }: { readonly name: string }): boolean => own.has(name);
  const own = new Set(names);
  return { ms, decision, symbols: settled.symbols.filter(isOwn), hashes: settled.hashes.filter(isOwn) };
}

/** Says where the bars of each interval are. */
function apartDecision(groups: readonly BarsOfInterval[]): Decision {
  const parts = groups.map(({ ms, symbols }) => {
    const names = named(symbols.map(({ name }) => name));
    return `${total(symbols).toLocaleString('en-US')} of ${intervalText(ms)} (${names})`;
  });
  const reason = `there are bars of several intervals, each of which is a dataset of its own; the accepted records of the files are those of all`;
  return { name: 'intervals apart', value: `bars: ${parts.join(', ')}`, reason, guess: false };
}

function rowsOf<Rows>(bySymbol: Map<string, Rows>, name: string, make: () => Rows): Rows {
  let rows = bySymbol.get(name);
  if (!rows) {
    if (bySymbol.size === maxSymbols) {
      throw new FileFault(
        `has more than ${maxSymbols.toLocaleString('en-US')} symbols, the next being "${name}"; is the column really the symbol's?`,
      );
    }
    rows = make();
    bySymbol.set(name, rows);
  }
  return rows;
}

function total(series: readonly { readonly count: number }[]): number {
  return series.reduce((sum, { count }) => sum + count, 0);
}
